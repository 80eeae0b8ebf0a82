package dev.gatun.tests.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Activation;
import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Node;
import dev.gatun.layers.Permute;
import dev.gatun.layers.RecurrentOutput;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.onnx.OnnxGraph;
import dev.gatun.layers.onnx.OnnxGraphBuilder;
import dev.gatun.layers.onnx.OnnxNode;
import dev.gatun.layers.onnx.OnnxTensor;
import dev.gatun.layers.onnx.OnnxType;
import dev.gatun.layers.onnx.OnnxValue;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.own.FixedVectors;
import dev.gatun.tests.own.Passing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole models as ONNX nodes; each layer alone is in {@code battery}. */
final class OnnxExportTest {

    /** Nobody would notice that the files of all these tests run nowhere. */
    @Test
    void theirFilesRunInAnEngineWhereTheProfileHasOne() {
        assertEquals(Boolean.getBoolean("gatun.peers") ? List.of("ONNX Runtime") : List.of(), OnnxCheck.engines());
    }

    private static OnnxGraph onnx(Model model) {
        return OnnxCheck.onnx(model);
    }

    /** Nodes and engine give the same, for other sizes too than those the graph was planned for. */
    private static OnnxGraph check(Model model, int... times) {
        OnnxGraph graph = onnx(model);
        assertEquals(model.inputNames(), graph.inputs().stream().map(OnnxValue::name).toList());
        assertEquals(model.inputShapes(), graph.inputs().stream().map(OnnxValue::shape).toList());
        assertEquals(model.outputShapes(), graph.outputs().stream().map(OnnxValue::shape).toList());
        for (int batch : new int[] {1, 4}) {
            for (int time : times) {
                List<Tensor> inputs = new ArrayList<>();
                for (Shape shape : model.inputShapes()) {
                    Shape known = shape.rank() == 3 ? shape.with(0, batch).with(1, time) : shape.with(0, batch);
                    inputs.add(Tensor.of(
                            EnginePass.uniform((int) known.elements(), 1.5f, 7 + inputs.size()), known.toArray()));
                }
                OnnxCheck.check(graph, model, inputs);
            }
        }
        return graph;
    }

    private static long count(OnnxGraph graph, String operator) {
        return graph.nodes().stream().filter(node -> node.operator().equals(operator)).count();
    }

    private static List<String> initializers(OnnxGraph graph) {
        return graph.initializers().stream().map(OnnxTensor::name).toList();
    }

    @Test
    void aStackThatHandsItsStateToTheNext() {
        Input encoded = Input.sequence(3).named("encoded");
        Input decoded = Input.sequence(5).named("decoded");
        RecurrentOutput encoder = Lstm.units(6).returnState().on(encoded);
        RecurrentOutput decoder = Lstm.units(6).returnSequences().returnState().on(decoded, encoder.state());
        Node top = Lstm.units(4).returnSequences().goBackwards().on(Dropout.rate(0.5).on(decoder));
        try (Model model = Model.of(List.of(encoded, decoded), List.of(
                Dense.units(2).activation("softmax").named("words").on(top), decoder.state().parts().get(1)))) {
            OnnxGraph graph = check(model, 1, 7);
            assertEquals(3, count(graph, "LSTM"));
            assertEquals(List.of("words", "lstm_1_c"), graph.outputs().stream().map(OnnxValue::name).toList());
        }
    }

    /** Both calls read one initializer for each weight. */
    @Test
    void aSharedLayerHasItsWeightsOnce() {
        Input first = Input.sequence(3).named("first");
        Input second = Input.sequence(3).named("second");
        Lstm lstm = Lstm.units(4).named("lstm");
        Dense dense = Dense.units(2).activation("gelu").named("dense");
        try (Model model = Model.of(List.of(first, second),
                List.of(dense.on(lstm.on(first)), dense.on(lstm.on(second))))) {
            OnnxGraph graph = check(model, 3);
            assertEquals(2, count(graph, "LSTM"));
            for (String own : List.of("lstm/W", "lstm/R", "lstm/B", "dense/kernel", "dense/bias", "constant/0.5")) {
                assertEquals(1, initializers(graph).stream().filter(own::equals).count(), own);
            }
            assertEquals(List.of("dense", "dense_1"), graph.outputs().stream().map(OnnxValue::name).toList());
        }
    }

    /** What passes unchanged is an output of its own, whose name no input has; a value may be given out twice. */
    @Test
    void outputsThatAreTheirInput() {
        Input x = Input.sequence(3).named("x");
        Node y = Dropout.rate(0.5).named("y").on(x);
        try (Model model = Model.of(List.of(x), List.of(x, y, y, Permute.dims(2, 1).named("z").on(y)))) {
            OnnxGraph graph = check(model, 4);
            assertEquals(List.of("x_1", "y", "y_1", "z"), graph.outputs().stream().map(OnnxValue::name).toList());
            assertEquals("y", model.outputNames().get(1));
        }
    }

    @Test
    void unknownSizesHaveSymbols() {
        Input x = Input.sequence(3).named("x");
        try (Model model = Model.of(x, Permute.dims(2, 1).named("y").on(x))) {
            OnnxGraph graph = onnx(model);
            OnnxValue input = graph.inputs().getFirst();
            OnnxValue output = graph.outputs().getFirst();
            assertEquals("batch", OnnxGraph.symbol(input, 0));
            assertEquals("x_time", OnnxGraph.symbol(input, 1));
            assertEquals("batch", OnnxGraph.symbol(output, 0));
            assertEquals("y_size_2", OnnxGraph.symbol(output, 2));
            String said = assertThrows(IllegalArgumentException.class, () -> OnnxGraph.symbol(input, 2)).getMessage();
            assertTrue(said.contains("'x'") && said.contains("axis 2"), said);
        }
    }

    /** Past every place where a function bends: 6, 3, 2.5 and 0. */
    @ParameterizedTest
    @MethodSource("dev.gatun.layers.ActivationFunction#all")
    void everyActivationFarFromZero(ActivationFunction function) {
        try (Model model = Sequential.of(Input.shape(40), Activation.of(function))) {
            OnnxCheck.check(onnx(model), model, List.of(Tensor.of(EnginePass.uniform(200, 9, 5), 5, 40)));
        }
    }

    private static final Set<String> IN_CELLS = Set.of("linear", "tanh", "sigmoid", "relu", "leaky_relu", "elu",
            "softplus", "softsign", "hard_sigmoid", "hard_sigmoid_keras2", "sparse_sigmoid");

    private static Stream<ActivationFunction> elementwise() {
        return ActivationFunction.all().stream().filter(ActivationFunction::isElementwise);
    }

    /** ONNX's recurrent operators have eleven of them with Gatun's constants; with the others the LSTM is written out. */
    @ParameterizedTest
    @MethodSource("elementwise")
    void everyActivationWithinAnLstm(ActivationFunction function) {
        Lstm lstm = Lstm.units(3).activation("tanh").recurrentActivation(function).named("lstm");
        String operator = IN_CELLS.contains(function.keyword()) ? "LSTM" : "Scan";
        try (Model inner = Sequential.of(Input.sequence(2), lstm);
                Model outer = Sequential.of(Input.sequence(2),
                        lstm.activation(function).recurrentActivation("hard_sigmoid"))) {
            assertEquals(1, count(check(inner, 2), operator));
            assertEquals(1, count(check(outer, 2), operator));
        }
    }

    /** A mask that is given goes through a Dense to an LSTM. */
    @Test
    void aMaskThatIsGiven() {
        Input x = Input.sequence(3).named("x");
        Input mask = Input.mask(Shape.UNKNOWN).named("mask");
        CallArguments<Node> masked = new CallArguments<>(List.of(x), List.of(), mask);
        Node below = Dense.units(4).named("below").call(masked).output(0);
        List<Tensor> inputs = List.of(Tensor.of(EnginePass.uniform(12, 1, 3), 2, 2, 3),
                Tensor.ofInts(new int[][] {{1, 0}, {1, 1}}));
        for (Node top : List.of(below, Lstm.units(2).named("lstm").on(below))) {
            try (Model model = Model.of(List.of(x, mask), List.of(top))) {
                OnnxGraph graph = onnx(model);
                assertEquals(List.of(OnnxType.FLOAT, OnnxType.BOOL),
                        graph.inputs().stream().map(OnnxValue::type).toList());
                OnnxCheck.check(graph, model, inputs);
            }
        }
    }

    /** Whole numbers in, and a mask that a layer of a user's own makes on the way. */
    @Test
    void aMaskThatALayerMakes() {
        Input words = Input.ints(3).named("words");
        Node vectors = FixedVectors.of(8, 5).named("vectors").on(words);
        try (Model model = Model.of(words, Dense.units(2).on(vectors))) {
            OnnxGraph graph = onnx(model);
            assertEquals(OnnxType.INT32, graph.inputs().getFirst().type());
            OnnxCheck.check(graph, model, List.of(Tensor.ofInts(new int[][] {{1, 7, 0}, {2, 0, 0}})));
        }
        try (Model model = Model.of(words, Lstm.units(2).named("lstm").on(vectors))) {
            OnnxCheck.check(model, List.of(Tensor.ofInts(new int[][] {{1, 7, 0}, {2, 0, 0}})));
        }
    }

    /** A layer of a user's own need not say how it is written; one that says something else is not believed. */
    @Test
    void anOwnLayerThatIsNotWrittenOrWrittenWrongly() {
        Input x = Input.sequence(2);
        for (Layer layer : List.of(new Passing(0).named("mine"), TimeDistributed.of(new Passing(0)).named("mine"))) {
            try (Model model = Model.of(x, layer.on(x))) {
                String said = assertThrows(IllegalArgumentException.class, () -> onnx(model)).getMessage();
                assertTrue(said.contains("Passing 'mine'") && said.contains("PassingType does not say")
                        && said.contains("LayerType.onnx"), said);
            }
        }
        try (Model model = Model.of(x, new Passing(1).on(x))) {
            check(model, 3);
        }
        try (Model model = Model.of(x, new Passing(2).named("mine").on(x))) {
            String said = assertThrows(IllegalArgumentException.class, () -> onnx(model)).getMessage();
            assertTrue(said.contains("Passing 'mine'") && said.contains("2 values, expected 1")
                    && said.endsWith("must return every output"), said);
        }
    }

    @Test
    void numbersKeepTheirTypeAndCount() {
        OnnxTensor floats = OnnxTensor.floats("w", Shape.of(2), 1, 2);
        String said = assertThrows(IllegalStateException.class, floats::longs).getMessage();
        assertTrue(said.contains("'w'") && said.contains("floats()"), said);
        said = assertThrows(RuntimeException.class, () -> OnnxTensor.floats("w", Shape.of(2), 1)).getMessage();
        assertTrue(said.contains("2 numbers, got 1"), said);
        OnnxTensor longs = OnnxTensor.longs("axes", 1, 2, 3);
        assertEquals(Shape.of(3), longs.shape());
        assertThrows(IllegalStateException.class, longs::floats);
    }

    /** Nodes of several values and of none; names that are taken get a number. */
    @Test
    void theBuilderGivesNames() {
        OnnxGraphBuilder builder = new OnnxGraphBuilder("graph");
        OnnxValue x = builder.input("x", OnnxType.FLOAT, Shape.of(Shape.UNKNOWN, 2));
        assertEquals(List.of("", "x_1"), builder.node("Any", List.of(x.name()), List.of("", "x"), Map.of()));
        String said = assertThrows(IllegalArgumentException.class,
                () -> builder.node("Any", List.of("x"), List.of(""), Map.of())).getMessage();
        assertTrue(said.contains("at least one value"), said);
        assertEquals(List.of("x_1"), builder.graph().nodes().stream().map(OnnxNode::name).toList());
    }

    @Test
    void linearActivationsAndDropoutAddNoNodes() {
        try (Model model = Sequential.of(Input.shape(3), Activation.of("linear"), Dropout.rate(0.5),
                Permute.dims(1), Dense.units(2).noBias())) {
            assertEquals(List.of("MatMul", "Identity"),
                    check(model, 1).nodes().stream().map(OnnxNode::operator).toList());
        }
    }
}
