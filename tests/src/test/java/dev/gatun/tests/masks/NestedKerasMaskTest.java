package dev.gatun.tests.masks;

import static dev.gatun.tests.masks.KerasMaskNodesTest.any;
import static dev.gatun.tests.masks.KerasMaskNodesTest.input;
import static dev.gatun.tests.masks.KerasMaskNodesTest.layer;
import static dev.gatun.tests.masks.KerasMaskNodesTest.lstm;
import static dev.gatun.tests.masks.KerasMaskNodesTest.masking;
import static dev.gatun.tests.masks.KerasMaskNodesTest.notEqual;
import static dev.gatun.tests.masks.KerasMaskNodesTest.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;
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

/** What Keras 3 says of masks and ids inside a functional model that is a layer holds there as it does in the outermost one. */
final class NestedKerasMaskTest {

    private static Map<String, Object> functional(String name, List<String> inputs, String output,
            List<Object> layers) {
        Map<String, Object> config = new LinkedHashMap<>(Map.of("name", name, "trainable", true));
        config.put("layers", layers);
        config.put("input_layers", inputs.stream().map(input -> List.of(input, 0L, 0L)).toList());
        config.put("output_layers", List.of(List.of(output, 0L, 0L)));
        Map<String, Object> model = new LinkedHashMap<>(Map.of("class_name", "Functional", "config", config));
        model.put("name", name);
        return model;
    }

    private static Map<String, Object> called(Map<String, Object> model, List<String> with) {
        Map<String, Object> layer = new LinkedHashMap<>(model);
        List<Object> data = List.copyOf(with.stream().map(from -> tensor(from, 0)).toList());
        layer.put("inbound_nodes",
                List.of(Map.of("args", with.size() == 1 ? data : List.of(data), "kwargs", Map.of())));
        return layer;
    }

    private static Map<String, Object> embedding(String of, boolean maskZero) {
        return layer("Embedding", "e",
                Map.of("input_dim", 9L, "output_dim", 1L, "mask_zero", maskZero),
                List.of(tensor(of, 0)), Map.of());
    }

    private static Model read(Map<String, Object> model) {
        return KerasConfig.model(PlainJson.text(model), 3);
    }

    private static Model around(Map<String, Object> inner) {
        return read(functional("outer", List.of("x"), "inner", List.of(
                input("x", "float32", 3L, 1L), called(inner, List.of("x")))));
    }

    private static Map<String, Object> masks(double compared) {
        return masks("inner", compared);
    }

    private static Map<String, Object> masks(String name, double compared) {
        Map<String, Object> mask = Map.of("mask", tensor("any", 0));
        return functional(name, List.of("a"), "lstm", List.of(input("a", "float32", 3L, 1L),
                notEqual("n", "a", compared), any("any", "n"),
                masking("a", 0), lstm("masking", mask)));
    }

    @Test
    void aMaskWithinIsThatOfItsLayersOrComputed() {
        try (Model model = around(masks(0))) {
            float[] y = model.predict(Tensor.of(new float[] {1, 0, 0}, 1, 3, 1)).toArray();
            Bits.same(new float[] {y[2], y[3], y[4], y[5]}, new float[] {y[0], y[1], y[0], y[1]},
                    "steps that do not count repeat the last output");
        }
        Map<String, Object> twice = functional("inner", List.of("b"), "deep", List.of(
                input("b", "float32", 3L, 1L), called(masks("deep", 5), List.of("b"))));
        for (Map<String, Object> another : List.of(masks(5), twice)) {
            try (Model model = around(another)) {
                float[] y = model.predict(Tensor.of(new float[] {1, 0, 0}, 1, 3, 1)).toArray();
                assertTrue(y[2] != y[0] && y[4] != y[2],
                        "another mask than the layer's is computed: every step counts");
            }
        }
    }

    private static Map<String, Object> begins(boolean masksItself) {
        Map<String, Object> state = Map.of("initial_state",
                List.of(tensor("h", 0), tensor("c", 0)));
        List<Object> layers = new ArrayList<>(List.of(input("a", "float32", 3L, 1L),
                input("h", "float32", 2L), input("c", "float32", 2L)));
        if (masksItself) {
            layers.add(masking("a", 0));
        }
        layers.add(lstm(masksItself ? "masking" : "a", state));
        return functional("inner", List.of("a", "h", "c"), "lstm", layers);
    }

    /** Whether the mask is made within or comes in with the data. */
    @Test
    void aCallWithinThatBeginsAtAStateGoesThroughAllSteps() {
        for (boolean within : List.of(true, false)) {
            List<Object> layers = new ArrayList<>(List.of(input("x", "float32", 3L, 1L),
                    input("s", "float32", 2L), input("t", "float32", 2L)));
            if (!within) {
                layers.add(masking("x", 0));
            }
            layers.add(called(begins(within), List.of(within ? "x" : "masking", "s", "t")));
            Tensor zero = Tensor.zeros(1, 2);
            List<Tensor> x = List.of(Tensor.of(new float[] {1, 0, 0}, 1, 3, 1), zero, zero);
            try (Model model = read(functional("outer", List.of("x", "s", "t"), "inner", layers));
                    Model again = ModelConfig.nodes(ModelConfig.toMap(model.graph())).model()) {
                float[] y = model.predict(x).getFirst().toArray();
                assertTrue(y[2] != y[0] && y[4] != y[2] && y[4] != 0, "every step counts");
                Bits.same(again.predict(x).getFirst().toArray(), y, "read back");
            }
        }
    }

    /** Keras calls ids float32 if it is not told otherwise, in a model as in one that is a layer. */
    @Test
    void idsMayReachAnEmbeddingWithin() {
        Map<String, Object> inner = functional("inner", List.of("v", "i"), "lstm", List.of(
                input("v", "float32", 2L), input("i", "float32", 3L),
                embedding("i", false), lstm("e", Map.of("initial_state",
                        List.of(tensor("v", 0), tensor("v", 0))))));
        Map<String, Object> outer = functional("outer", List.of("w", "ids"), "inner", List.of(
                input("w", "float32", 2L), input("ids", "float32", 3L),
                called(inner, List.of("w", "ids"))));
        try (Model model = read(outer)) {
            Tensor w = Tensor.of(new float[] {0.5f, -0.25f}, 1, 2);
            float[] y = model.predict(List.of(w, Tensor.ofInts(new int[][] {{3, 1, 0}}))).getFirst().toArray();
            assertEquals(6, y.length);
            Bits.same(model.predict(List.of(w, Tensor.of(new float[] {3.2f, 1, 0}, 1, 3))).getFirst().toArray(), y,
                    "ids as floats");
        }
        Map<String, Object> chain = new LinkedHashMap<>(Map.of("class_name", "Sequential", "config", Map.of("name",
                "inner", "layers", List.of(input("i", "float32", 3L), embedding("i", true)))));
        chain.put("name", "inner");
        try (Model model = read(functional("outer", List.of("ids"), "inner", List.of(
                input("ids", "float32", 3L), called(chain, List.of("ids")))))) {
            assertEquals(3, model.predict(Tensor.ofInts(new int[][] {{3, 1, 0}})).toArray().length);
        }
    }
}
