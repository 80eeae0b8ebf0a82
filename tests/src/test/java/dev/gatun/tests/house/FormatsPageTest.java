package dev.gatun.tests.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.onnx.operator.Operators;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/formats.md} names every operator of ONNX that runs, no other, and says how many there are. */
final class FormatsPageTest {

    private static final Pattern SECTION = Pattern.compile(
            "\\*\\*What runs\\.\\*\\* (\\d+) operators[^:]*:(.*?)\\n\\n[^-\\s]",
            Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("`([A-Z]\\w+)`");

    @Test
    void everyOperatorIsNamed() throws IOException {
        Matcher section = SECTION.matcher(Files.readString(SourceTree.ROOT.resolve("docs/formats.md")));
        assertTrue(section.find(), "docs/formats.md says what runs");
        Set<String> named = new TreeSet<>();
        Matcher names = NAME.matcher(section.group(2));
        while (names.find()) {
            assertTrue(named.add(names.group(1)), names.group(1) + " is named twice");
        }
        assertEquals(Operators.names(), named);
        assertEquals(Operators.names().size(), Integer.parseInt(section.group(1)));
    }
}
