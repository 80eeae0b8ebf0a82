package dev.gatun.tests.masks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.PlainJson;
import dev.gatun.formats.keras.KerasConfig;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelConfig;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.kernels.Bits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Functional models as Keras 3 writes them, mask arithmetic among the layers, and what is not taken for it. */
final class KerasMaskNodesTest {

    private static final Object NOTHING = null;

    static Map<String, Object> tensor(String layer, int output) {
        return Map.of("class_name", "__keras_tensor__",
                "config", Map.of("keras_history", List.of(layer, 0L, (long) output)));
    }

    private static Map<String, Object> node(String module, String kind, String name, Map<String, Object> config,
            List<Object> args, Map<String, Object> kwargs) {
        Map<String, Object> own = new LinkedHashMap<>(config);
        own.put("name", name);
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("module", module);
        node.put("class_name", kind);
        node.put("config", own);
        node.put("name", name);
        node.put("inbound_nodes", args.isEmpty() ? List.of() : List.of(Map.of("args", args, "kwargs", kwargs)));
        return node;
    }

    static Map<String, Object> layer(String kind, String name, Map<String, Object> config, List<Object> args,
            Map<String, Object> kwargs) {
        return node("keras.layers", kind, name, config, args, kwargs);
    }

    static Map<String, Object> input(String name, String type, Object... shape) {
        List<Object> sizes = new ArrayList<>();
        sizes.add(NOTHING);
        sizes.addAll(List.of(shape));
        return layer("InputLayer", name, Map.of("batch_shape", sizes, "dtype", type), List.of(), Map.of());
    }

    static Map<String, Object> notEqual(String name, String of, Object value) {
        return node("keras.src.ops.numpy", "NotEqual", name, Map.of(), List.of(tensor(of, 0), value), Map.of());
    }

    static Map<String, Object> any(String name, String of) {
        return node("keras.src.ops.numpy", "Any", name, Map.of("axis", -1L, "keepdims", false),
                List.of(tensor(of, 0)), Map.of());
    }

    static Map<String, Object> masking(String of, double value) {
        return layer("Masking", "masking", Map.of("mask_value", value), List.of(tensor(of, 0)), Map.of());
    }

    static Map<String, Object> lstm(String of, Map<String, Object> kwargs) {
        return layer("LSTM", "lstm", Map.of("units", 2L, "return_sequences", true), List.of(tensor(of, 0)), kwargs);
    }

    private static Model model(List<String> inputs, String output, List<Object> layers) {
        Map<String, Object> config = new LinkedHashMap<>(Map.of("name", "functional", "trainable", true));
        config.put("layers", layers);
        config.put("input_layers", inputs.stream().map(name -> List.of(name, 0L, 0L)).toList());
        config.put("output_layers", List.of(List.of(output, 0L, 0L)));
        return KerasConfig.model(PlainJson.text(Map.of("class_name", "Functional", "config", config)), 3);
    }

    private static Model masked(Object... layers) {
        return model(List.of("x"), "lstm", List.of(layers));
    }

    private static void refused(String part, Object... layers) {
        String said = assertThrows(IllegalArgumentException.class, () -> masked(layers)).getMessage();
        assertTrue(said.contains(part), said);
    }

    @Test
    void theArithmeticOfALayerIsItsMask() {
        Map<String, Object> mask = Map.of("mask", tensor("any", 0), "training", false);
        try (Model model = masked(input("x", "float32", 3L, 2L), notEqual("not_equal", "x", -1.0),
                any("any", "not_equal"), masking("x", -1), lstm("masking", mask))) {
            assertEquals(3, model.graph().layers().size());
            assertEquals(2, model.graph().masks().size());
        }
        Map<String, Object> embedding = layer("Embedding", "e",
                Map.of("input_dim", 4L, "output_dim", 2L, "mask_zero", true),
                List.of(tensor("x", 0)), Map.of());
        try (Model model = masked(input("x", "int64", 3L), embedding, notEqual("not_equal", "x", 0L),
                lstm("e", Map.of("mask", tensor("not_equal", 0))))) {
            assertEquals(2, model.graph().masks().size());
            model.predict(Tensor.ofInts(new int[][] {{1, 0, 2}}));
        }
    }

    /** It is computed by operations and given to the call, where the graph would find another one or none. */
    @Test
    void anotherMaskThanTheLayersIsComputed() {
        Map<String, Object> mask = Map.of("mask", tensor("any", 0));
        Map<String, Object> x = input("x", "float32", 3L, 2L);
        Tensor numbers = Tensor.of(new float[] {1, 2, 0, 0, 5, 5}, 1, 3, 2);
        try (Model five = masked(x, notEqual("n", "x", 5.0), any("any", "n"), masking("x", 0), lstm("masking", mask));
                Model none = masked(x, notEqual("n", "x", 5.0), any("any", "n"), lstm("x", mask));
                Model own = masked(x, notEqual("n", "x", 5.0), any("any", "n"), masking("x", 5),
                        lstm("masking", mask))) {
            for (Model model : List.of(five, none, own)) {
                for (int i = 0; i < model.weights().size(); i++) {
                    model.weights().get(i).set(five.weights().get(i).get());
                }
            }
            float[] y = five.predict(numbers).toArray();
            assertTrue(y[2] != y[0] && y[4] == y[2], "the last step is left out, and not the second");
            Bits.same(none.predict(numbers).toArray(), y, "without a Masking");
            Bits.same(own.predict(numbers).toArray(), y, "that of a Masking");
            assertEquals(6, five.graph().layers().size());
            assertEquals(3, own.graph().layers().size(), "the mask that the value carries is not computed again");
        }
        refused("LSTM 'lstm'", x, notEqual("n", "x", 0.0), any("any", "n"), masking("x", 0), lstm("any", Map.of()));
        refused("its mask has shape (None, 2)", x, notEqual("n", "x", 0.0), node("keras.src.ops.numpy", "Any", "any",
                Map.of("axis", 1L, "keepdims", false), List.of(tensor("n", 0)), Map.of()), masking("x", 0),
                lstm("masking", mask));
        refused("mask", x, masking("x", 0), lstm("masking", Map.of("mask", List.of(tensor("x", 0), tensor("x", 0)))));
    }

    private static Map<String, Object> op(String kind, String name, Map<String, Object> config, Object... args) {
        return node("keras.src.ops.numpy", kind, name, config, List.of(args), Map.of());
    }

    /** What Keras computes of several masks is what merged values carry here: nothing is computed, and layers run as one. */
    @Test
    void theMasksOfMergedValuesAreTheirs() {
        Map<String, Object> second = layer("Masking", "masking_1", Map.of("mask_value", 2.0), List.of(tensor("y", 0)),
                Map.of());
        List<Object> both = new ArrayList<>(List.of(input("x", "float32", 3L, 2L), input("y", "float32", 3L, 2L),
                notEqual("n", "x", 0.0), any("any", "n"), notEqual("m", "y", 2.0), any("any_1", "m"), masking("x", 0),
                second));
        List<Object> add = new ArrayList<>(both);
        add.addAll(List.of(op("LogicalOr", "or", Map.of(), tensor("any", 0), tensor("any_1", 0)),
                layer("Add", "merge", Map.of(), List.of(List.of(tensor("masking", 0), tensor("masking_1", 0))),
                        Map.of()),
                lstm("merge", Map.of("mask", tensor("or", 0)))));
        assertLayers(6, add);
        List<Object> turned = new ArrayList<>(both);
        turned.addAll(List.of(op("LogicalOr", "or", Map.of(), tensor("any_1", 0), tensor("any", 0)),
                layer("Add", "merge", Map.of(), List.of(List.of(tensor("masking", 0), tensor("masking_1", 0))),
                        Map.of()),
                lstm("merge", Map.of("mask", tensor("or", 0)))));
        assertLayers(12, turned);
        for (long axis : new long[] {-1, 1}) {
            for (boolean half : new boolean[] {true, false}) {
                assertLayers(half ? 5 : 6, concatenated(both, axis, axis, half));
            }
        }
        assertLayers(19, concatenated(both, 1, -1, false));
    }

    private static Map<String, Object> steps(String layer) {
        List<Object> shape = new ArrayList<>();
        shape.add(NOTHING);
        shape.add(3L);
        return Map.of("class_name", "__keras_tensor__",
                "config", Map.of("shape", shape, "keras_history", List.of(layer, 0L, 0L)));
    }

    /** @param half whether the second value has no mask */
    private static List<Object> concatenated(List<Object> both, long axis, long masksAxis, boolean half) {
        List<Object> layers = new ArrayList<>(both);
        String second = half ? "y" : "masking_1";
        if (half) {
            layers.removeLast();
            layers.add(op("OnesLike", "spread_1", Map.of("dtype", "bool"), tensor("y", 0)));
        } else {
            layers.addAll(List.of(op("ExpandDims", "expand_1", Map.of("axis", -1L), steps("any_1")),
                    op("ZerosLike", "zeros_1", Map.of("dtype", "bool"), tensor("masking_1", 0)),
                    op("LogicalOr", "spread_1", Map.of(), tensor("expand_1", 0), tensor("zeros_1", 0))));
        }
        layers.addAll(List.of(op("ExpandDims", "expand", Map.of("axis", -1L), steps("any")),
                op("ZerosLike", "zeros", Map.of("dtype", "bool"), tensor("masking", 0)),
                op("LogicalOr", "spread", Map.of(), tensor("expand", 0), tensor("zeros", 0)),
                op("Concatenate", "joined", Map.of("axis", masksAxis),
                        List.of(tensor("spread", 0), tensor("spread_1", 0))),
                any("whole", "joined"),
                layer("Concatenate", "merge", Map.of("axis", axis),
                        List.of(List.of(tensor("masking", 0), tensor(second, 0))),
                        Map.of()),
                lstm("merge", Map.of("mask", tensor("whole", 0)))));
        return layers;
    }

    private static void assertLayers(int expected, List<Object> layers) {
        Map<String, Object> config = new LinkedHashMap<>(Map.of("name", "functional", "trainable", true));
        config.put("layers", layers);
        config.put("input_layers", List.of(List.of("x", 0L, 0L), List.of("y", 0L, 0L)));
        config.put("output_layers", List.of(List.of("lstm", 0L, 0L)));
        String json = PlainJson.text(Map.of("class_name", "Functional", "config", config));
        assertEquals(expected, KerasConfig.nodes(json, 3, layer -> layer).layers().size(), json);
    }

    /** The search for a mask ends where a layer ends masks; it went round for ever there. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aLayerMayEndTheMaskOfItsInput() {
        Map<String, Object> x = input("x", "float32", 3L, 2L);
        Map<String, Object> ends = layer("Forgetting", "ends", Map.of(), List.of(tensor("masking", 0)), Map.of());
        try (Model model = masked(x, notEqual("n", "x", 0.0), any("any", "n"), masking("x", 0), ends,
                lstm("ends", Map.of("mask", tensor("any", 0))))) {
            assertTrue(model.graph().layers().stream().anyMatch(each -> each.name().equals("any_mask")), "computed");
        }
    }

    /** Keras 2 may say the length of ids in the layer, and their shape, or neither; what an input says is float32. */
    @Test
    void aSequentialModelMayBeginWithAnEmbedding() {
        for (String said : List.of("", "\"input_length\": 3, ", "\"batch_input_shape\": [null, null], ",
                "\"sparse\": false, \"dtype\": \"float32\", \"batch_input_shape\": [null, 3], ")) {
            String json = "{\"class_name\": \"Sequential\", \"config\": {\"name\": \"s\", \"layers\": ["
                    + "{\"class_name\": \"Embedding\", \"config\": {\"name\": \"e\", " + said
                    + "\"input_dim\": 4, \"output_dim\": 2, \"mask_zero\": true}},"
                    + "{\"class_name\": \"LSTM\", \"config\": {\"name\": \"lstm\", \"units\": 2}}]}}";
            try (Model model = KerasConfig.model(json, 2)) {
                float[] y = model.predict(Tensor.ofInts(new int[][] {{3, 1, 0}})).toArray();
                Bits.same(model.predict(Tensor.of(new float[] {3.2f, 1, 0}, 1, 3)).toArray(), y, said);
            }
        }
    }

    /** A mask that is an input is the call's own. */
    @Test
    void aMaskThatIsAnInputIsGivenToTheCall() {
        List<Object> layers = List.of(input("x", "float32", 3L, 1L), input("m", "bool", 3L),
                lstm("x", Map.of("mask", tensor("m", 0))));
        try (Model model = model(List.of("x", "m"), "lstm", layers)) {
            Tensor x = Tensor.of(new float[] {1, 2, 3}, 1, 3, 1);
            Tensor y = model.predict(List.of(x, Tensor.ofInts(new int[][] {{1, 0, 0}}))).getFirst();
            Bits.same(y.row(2).toArray(), y.row(0).toArray(), "the last output is repeated");
        }
    }

    /** Keras 3 hands no mask to a call that begins at a state, and Keras 2 does; either way it is carried on. */
    @Test
    void aCallThatBeginsAtAStateGoesThroughAllSteps() {
        Map<String, Object> begins = Map.of("initial_state", List.of(tensor("h", 0), tensor("c", 0)));
        List<Object> layers = List.of(input("x", "float32", 3L, 1L), input("h", "float32", 2L),
                input("c", "float32", 2L), masking("x", 0), lstm("masking", begins));
        try (Model model = model(List.of("x", "h", "c"), "lstm", layers)) {
            assertEquals(2, model.graph().masks().size());
            Tensor zero = Tensor.zeros(1, 2);
            Tensor x = Tensor.of(new float[] {1, 0, 0}, 1, 3, 1);
            float[] y = model.predict(List.of(x, zero, zero)).getFirst().toArray();
            assertTrue(y[2] != y[0] && y[4] != y[2], "every step counts");
            try (Model again = ModelConfig.nodes(ModelConfig.toMap(model.graph())).model()) {
                for (int i = 0; i < model.weights().size(); i++) {
                    again.weights().get(i).set(model.weights().get(i).get());
                }
                assertArrayEquals(y, again.predict(List.of(x, zero, zero)).getFirst().toArray());
            }
        }
    }
}
