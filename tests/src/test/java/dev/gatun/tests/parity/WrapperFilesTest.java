package dev.gatun.tests.parity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.tests.Shared;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code shared/oracles/keras3b}: files of Keras whose models hold layers or models within others. */
final class WrapperFilesTest {

    @RegisterExtension
    static final Worst WORST = new Worst("parity");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> MODELS = Set.of("Functional", "Sequential");

    @TestFactory
    Stream<DynamicTest> predictWhatKerasDoes() {
        List<DynamicTest> tests = new ArrayList<>();
        Shared.find("oracles/keras3b").ifPresent(folder -> {
            for (Path file : KerasFiles.files(folder, ".keras")) {
                String name = file.getFileName().toString().replace(".keras", "");
                if (!name.matches("(bidi|td|fn)_.*")) {
                    continue;
                }
                Set<String> missing = missing(file);
                if (missing.isEmpty()) {
                    tests.add(DynamicTest.dynamicTest(name, () -> KerasFiles.check(file, name, WORST)));
                } else {
                    System.out.println("parity, not covered in keras3b: " + name + ": layers " + missing);
                }
            }
        });
        return tests.stream();
    }

    private static Set<String> missing(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Set<String> kinds = new TreeSet<>();
            collect(JSON.readTree(zip.getInputStream(zip.getEntry("config.json"))), kinds);
            kinds.removeIf(kind -> MODELS.contains(kind) || BuiltInTypes.ALL.knows(kind));
            return kinds;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void collect(JsonNode node, Set<String> kinds) {
        String module = node.path("module").asText();
        if (module.startsWith("keras.layers") || module.startsWith("keras.src.ops")) {
            kinds.add(node.path("class_name").asText());
        }
        node.forEach(child -> collect(child, kinds));
    }
}
