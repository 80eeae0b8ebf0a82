package dev.gatun.tests.parity;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.layers.Node;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelNodes;
import dev.gatun.layers.Weight;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Mask;
import dev.gatun.layers.RecurrentOutput;
import dev.gatun.layers.State;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.fixture.Fixture;
import dev.gatun.tests.fixture.FixtureModels;
import dev.gatun.tests.fixture.FixtureTensor;
import dev.gatun.tests.fixture.Fixtures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.ThrowingConsumer;

/** Gatun's models of the fixtures, and which fixtures they are. */
final class Parity {

    /** Keras's names of the layers there are. */
    static final Set<String> LAYERS = Set.of("InputLayer", "LSTM", "Dense", "TimeDistributed", "Activation",
            "Dropout", "Bidirectional", "Masking", "Embedding");
    private static final String INITIAL = "init/lstm/";

    private Parity() {}

    /** Fixtures of a kind that Gatun's layers make up. */
    static List<Fixture> of(String kind) {
        return Fixtures.where(fixture -> fixture.kind().equals(kind) && whyNot(fixture) == null);
    }

    /** A test for each of them, under its name. */
    static Stream<DynamicTest> tests(String kind, ThrowingConsumer<Fixture> check) {
        return of(kind).stream().map(fixture -> dynamicTest(fixture.name(), () -> check.accept(fixture)));
    }

    /** A test for each of them and each of its optimizers. */
    static Stream<DynamicTest> testsOfOptimizers(String kind, BiConsumer<Fixture, String> check) {
        return of(kind).stream().flatMap(fixture -> fixture.optimizers().stream()
                .map(key -> dynamicTest(fixture.name() + " " + key, () -> check.accept(fixture, key))));
    }

    /** Null for a fixture these tests cover, otherwise the reason. */
    static String whyNot(Fixture fixture) {
        switch (fixture.kind()) {
            case "loss", "torch_lstm" :
                return null;
            case "file_index" :
                return "a list of files, not a case; see KerasFormatTest";
            case "layers", "model_train", "curve", "init", "summary", "invalid", "stateful" :
                break;
            default :
                return "kind " + fixture.kind();
        }
        Set<String> missing = new TreeSet<>();
        for (JsonNode layer : fixture.layers()) {
            missing.add(layer.path("class_name").asText());
        }
        if (missing.contains("Bidirectional")) {
            missing.removeAll(LAYERS);
            return missing.isEmpty() ? "in BidirectionalParityTest" : "layers " + missing;
        }
        missing.removeAll(LAYERS);
        if (!missing.isEmpty()) {
            return "layers " + missing;
        }
        boolean dropped = fixture.given().stream().anyMatch(name -> name.startsWith("dropmask/"));
        return dropped ? "in GivenMasksTest" : null;
    }

    /** For the list of what is not covered; the checks themselves are in the tests of each kind, or where the reason says. */
    static Case asCase(Fixture fixture) {
        String whyNot = whyNot(fixture);
        return whyNot == null || whyNot.startsWith("in ")
                ? Case.of(fixture.name(), () -> {})
                : Case.missing(fixture.name(), whyNot);
    }

    /** The model as the fixture configures it, with its weights; its initial state, if it gives one, as two more inputs. */
    static Model model(Fixture fixture) {
        ModelNodes nodes = FixtureModels.nodes(fixture);
        return withWeights(fixture.has(INITIAL + "h") ? fromState(fixture, nodes) : nodes.model(), fixture);
    }

    /** All fixtures that give an initial state have one LSTM, called lstm, and nothing else. */
    private static Model fromState(Fixture fixture, ModelNodes nodes) {
        Lstm lstm = (Lstm) nodes.layers().get("lstm");
        List<Input> inputs = new ArrayList<>(nodes.inputs());
        inputs.add(Input.shape(lstm.units()).named("h"));
        inputs.add(Input.shape(lstm.units()).named("c"));
        RecurrentOutput output = lstm.on(inputs.get(0), State.of(inputs.get(1), inputs.get(2)));
        List<Node> outputs = fixture.outputs().stream().map(name -> switch (name.charAt(0)) {
            case 'h' -> output.state().h();
            case 'c' -> output.state().c();
            default -> output;
        }).toList();
        return Model.of(inputs, outputs);
    }

    /** The outputs and states of every layer, by the fixture's names {@code y/..., h/..., c/...}; none for initial states. */
    static List<String> inner(Fixture fixture) {
        return fixture.has(INITIAL + "h")
                ? List.of()
                : fixture.expected().stream().filter(name -> name.matches("[yhc]/[^/]*")).toList();
    }

    /** The fixture's model with {@link #inner} as outputs behind its own. */
    static Model open(Fixture fixture) {
        ModelNodes nodes = FixtureModels.withStates(fixture);
        List<Node> more = inner(fixture).stream().map(name -> {
            String layer = name.substring(2);
            return switch (name.charAt(0)) {
                case 'h' -> nodes.state(layer).h();
                case 'c' -> nodes.state(layer).c();
                default -> nodes.node(layer);
            };
        }).toList();
        return withWeights(nodes.model(more), fixture);
    }

    private static Model withWeights(Model model, Fixture fixture) {
        setWeights(model, fixture);
        return model;
    }

    static void setWeights(Model model, Fixture fixture) {
        for (Weight weight : model.weights()) {
            weight.set(tensor(fixture.tensor("w/" + weight.name())));
        }
    }

    /** x, and the initial state. */
    static List<Tensor> inputs(Fixture fixture) {
        List<Tensor> inputs = new ArrayList<>(List.of(tensor(fixture.tensor("x"))));
        if (fixture.has(INITIAL + "h")) {
            inputs.add(tensor(fixture.tensor(INITIAL + "h")));
            inputs.add(tensor(fixture.tensor(INITIAL + "c")));
        }
        return inputs;
    }

    /** The mask that a fixture gives with x, or none. */
    static List<Mask> masks(Fixture fixture) {
        if (!fixture.has("mask")) {
            return List.of();
        }
        FixtureTensor mask = fixture.tensor("mask");
        boolean[] flags = mask.booleans();
        boolean[][] counts = new boolean[mask.dim(0)][];
        for (int row = 0; row < counts.length; row++) {
            counts[row] = Arrays.copyOfRange(flags, row * mask.dim(1), (row + 1) * mask.dim(1));
        }
        List<Mask> masks = new ArrayList<>(List.of(Mask.of(counts)));
        while (masks.size() < inputs(fixture).size()) {
            masks.add(Mask.NONE);
        }
        return masks;
    }

    static Tensor tensor(FixtureTensor tensor) {
        long[] dims = Arrays.stream(tensor.shape()).asLongStream().toArray();
        if (tensor.dtype().equals("I32")) {
            return Tensor.ofInts(tensor.ints(), dims);
        }
        return Tensor.of(tensor.floats(), Shape.of(dims).toArray());
    }
}
