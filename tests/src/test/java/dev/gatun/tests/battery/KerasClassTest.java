package dev.gatun.tests.battery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.tests.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What the battery takes for Keras's options, against files that Keras wrote. */
final class KerasClassTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A class without one would be taken for a user's own, and its defaults would not be compared. */
    @Test
    void everyClassOfGatunsHasOne() {
        for (LayerType<?> type : BuiltInTypes.ALL.all()) {
            String kind = type.options().kind();
            // Stands in every file of the battery; what a model holds as a layer is in NestedKerasTest.
            // A ConstantState stands in no file of Keras's: there it is an argument of a call; and operations have no layers.
            if (!Set.of("InputLayer", "Functional", "Sequential", "ConstantState", "Elementwise", "Reduction",
                    "Slicing",
                    "StepMask").contains(kind)) {
                assertEquals(BuiltInTypes.ALL.isGiven(kind), KerasClass.isKerass(kind), kind);
            }
        }
    }

    @Test
    void theOptionsAreThoseOfKerassFiles() throws IOException {
        Assumptions.assumeTrue(Shared.root().isPresent(), Shared.ABSENT);
        Set<String> seen = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Shared.root().orElseThrow())) {
            for (Path file : files.filter(each -> each.toString().endsWith(".keras")).sorted().toList()) {
                for (JsonNode layer : layers(file)) {
                    String kind = layer.get("class_name").asText();
                    KerasClass known = KerasClass.named(kind, List.of());
                    Set<String> options = names(layer.get("config"));
                    assertEquals(Set.copyOf(known.config().keySet()), options, file + ": " + kind);
                    seen.add(kind);
                }
            }
        }
        assertTrue(
                seen.containsAll(
                        List.of("LSTM", "GRU", "SimpleRNN", "Dense", "Activation", "TimeDistributed", "Permute")),
                () -> "" + seen);
    }

    /** Those of a class that is known here, wherever they stand, in a file of the version that is known. */
    private static List<JsonNode> layers(Path file) throws IOException {
        List<JsonNode> layers = new ArrayList<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            JsonNode metadata = JSON.readTree(zip.getInputStream(zip.getEntry("metadata.json")));
            if (metadata.path("keras_version").asText().equals("3.15.1")) {
                collect(JSON.readTree(zip.getInputStream(zip.getEntry("config.json"))), layers);
            }
        }
        return layers;
    }

    private static void collect(JsonNode node, List<JsonNode> layers) {
        if (KerasClass.isKerass(node.path("class_name").asText()) && node.path("config").has("trainable")) {
            layers.add(node);
        }
        node.forEach(each -> collect(each, layers));
    }

    private static Set<String> names(JsonNode config) {
        Set<String> names = new HashSet<>();
        config.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
