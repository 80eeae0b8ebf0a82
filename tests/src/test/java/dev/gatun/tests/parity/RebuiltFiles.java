package dev.gatun.tests.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.layers.Weight;
import dev.gatun.layers.graph.Graph.NamedLayer;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.nested.Nested;
import dev.gatun.tests.Shared;
import dev.gatun.tests.fixture.JsonArrays;
import dev.gatun.tests.rebuilt.ModelBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The models of {@code shared/oracles/keras3b}, built by calls of the Java API instead of by reading their configuration. Only
 * their weights come from the file, by name.
 */
final class RebuiltFiles {

    private RebuiltFiles() {}

    static List<Case> all(Worst worst) {
        List<Case> cases = new ArrayList<>();
        JsonArrays.shared(OracleFiles.FOLDER + "/index.json").ifPresent(
                index -> index.get("cases").properties().forEach(entry -> {
                    Path file = Shared.find(OracleFiles.FOLDER + "/" + entry.getKey() + ".keras").orElseThrow();
                    String whyNot = whyNot(entry, file);
                    cases.add(whyNot == null
                            ? Case.of(entry.getKey(), () -> check(file, entry, worst))
                            : Case.missing(entry.getKey(), whyNot));
                }));
        return cases;
    }

    private static String whyNot(Map.Entry<String, JsonNode> entry, Path file) {
        if (entry.getValue().get("expect").asText().equals("refuse")) {
            return "is refused: there is nothing to build";
        }
        Set<String> missing = new TreeSet<>();
        OracleFiles.addLayers(OracleFiles.config(file), missing);
        missing.removeIf(ModelBuilder::knows);
        return missing.isEmpty() ? null : "layers " + missing;
    }

    private static void check(Path file, Map.Entry<String, JsonNode> entry, Worst worst) throws IOException {
        try (Model read = Model.load(file); Model built = ModelBuilder.model(OracleFiles.config(file))) {
            assertSameLayers(read, built);
            assertEquals(read.weights().stream().map(Weight::name).toList(),
                    built.weights().stream().map(Weight::name).toList());
            for (Weight weight : built.weights()) {
                weight.set(read.weight(weight.name()).get());
            }
            OracleFiles.checkNumbers(built, file, entry, worst);
        }
    }

    /** So that options that no number shows are there as well. A model within may hold what makes masks. */
    private static void assertSameLayers(Model read, Model built) {
        for (NamedLayer layer : read.graph().layers()) {
            if (!(layer.layer() instanceof Nested)) {
                assertEquals(List.of(layer.layer()), built.graph().layers().stream()
                        .filter(own -> own.name().equals(layer.name())).map(NamedLayer::layer).toList());
            }
        }
    }
}
