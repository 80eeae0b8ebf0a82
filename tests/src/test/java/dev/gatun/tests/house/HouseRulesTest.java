package dev.gatun.tests.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/// Walks the source tree and holds what a compiler cannot: short files, no notes to self, no dependency where none belongs.
final class HouseRulesTest {
    /** Lines of code; the comments that every public method has are not counted. */
    private static final int LONGEST_FILE = 300;

    // Written in two halves, so that this file passes its own rule.
    private static final Pattern NOTE_TO_SELF = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

    private static final List<String> PRODUCT = List.of("memory", "data", "engine", "layers", "formats", "cli");

    private static final Path ROOT = SourceTree.ROOT;

    @Test
    void noProductFileHasMoreThanThreeHundredLinesOfCode() {
        List<String> tooLong = javaFiles(PRODUCT)
                .map(file -> codeLines(file) + " lines: " + ROOT.relativize(file))
                .filter(line -> Integer.parseInt(line.substring(0, line.indexOf(' '))) > LONGEST_FILE)
                .toList();
        assertEquals(List.of(), tooLong, "a file past " + LONGEST_FILE + " lines is two files: split it");
    }

    private static long codeLines(Path file) {
        return lines(file).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("//") && !line.startsWith("/*")
                        && !line.startsWith("*"))
                .count();
    }

    @Test
    void noFileHoldsANoteToSelf() {
        List<String> notes = javaFiles(Stream.concat(PRODUCT.stream(), Stream.of("perf", "tests")).toList())
                .flatMap(HouseRulesTest::notes)
                .toList();
        assertEquals(List.of(), notes, "do it now or open an issue");
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "data", "engine", "layers", "formats", "cli"})
    void everyProductModuleHasADescriptorOfItsName(String module) {
        Path descriptor = ROOT.resolve(module, "src", "main", "java", "module-info.java");
        assertTrue(Files.isRegularFile(descriptor), descriptor + " is missing");
        Pattern declaration = Pattern.compile("^(open )?module dev\\.gatun\\." + module + " \\{");
        assertTrue(lines(descriptor).stream().anyMatch(line -> declaration.matcher(line).find()),
                descriptor + " does not declare dev.gatun." + module);
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "data", "engine", "layers"})
    void theCoreDependsOnNothingOutsideTheProject(String module) throws Exception {
        var pom = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(ROOT.resolve(module, "pom.xml").toFile());
        var groups = pom.getElementsByTagName("dependency");
        for (int i = 0; i < groups.getLength(); i++) {
            Element dependency = (Element) groups.item(i);
            assertEquals("dev.gatun", text(dependency, "groupId"),
                    module + " must not depend on " + text(dependency, "artifactId"));
        }
    }

    @Test
    void productModulesKeepTheirTestsInTheModuleForTests() {
        for (String module : PRODUCT) {
            assertFalse(Files.exists(ROOT.resolve(module, "src", "test")),
                    "move " + module + "/src/test to tests/src/test");
        }
    }

    private static Stream<String> notes(Path file) {
        List<String> lines = lines(file);
        return IntStream.range(0, lines.size())
                .filter(i -> NOTE_TO_SELF.matcher(lines.get(i)).find())
                .mapToObj(i -> ROOT.relativize(file) + ":" + (i + 1) + ": " + lines.get(i).strip());
    }

    private static Stream<Path> javaFiles(List<String> modules) {
        List<Path> found = new ArrayList<>();
        for (String module : modules) {
            Path sources = ROOT.resolve(module, "src");
            if (!Files.isDirectory(sources)) continue;
            try (Stream<Path> walk = Files.walk(sources)) {
                walk.filter(path -> path.toString().endsWith(".java")).sorted().forEach(found::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found.stream();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Element parent, String tag) {
        return parent.getElementsByTagName(tag).item(0).getTextContent().strip();
    }
}
