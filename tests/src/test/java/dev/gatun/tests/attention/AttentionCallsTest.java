package dev.gatun.tests.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.PlainJson;
import dev.gatun.formats.keras.KerasConfig;
import dev.gatun.layers.AdditiveAttention;
import dev.gatun.layers.Attention;
import dev.gatun.layers.AttentionOutput;
import dev.gatun.layers.Dense;
import dev.gatun.layers.GroupQueryAttention;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Masking;
import dev.gatun.layers.MultiHeadAttention;
import dev.gatun.layers.Node;
import dev.gatun.layers.Softmax;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.History;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Trainer;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.DataType;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** How an attention is called, in Java and in Keras's files, and what is refused. */
final class AttentionCallsTest {

    private static final MultiHeadAttention HEADS = MultiHeadAttention.of(2, 3);

    private static List<Layer> all() {
        return List.of(Attention.of(), AdditiveAttention.of(), HEADS, GroupQueryAttention.of(3, 2, 1));
    }

    private static Tensor data() {
        return Tensor.of(EnginePass.uniform(3 * 5 * 4, 1, 1), 3, 5, 4);
    }

    /** A sequence that attends to itself: one value in all places, whose gradient is the sum of those of all. */
    @Test
    void ofASequenceToItself() {
        for (Layer layer : all()) {
            Input one = Input.shape(5, 4);
            List<Input> three = List.of(Input.shape(5, 4), Input.shape(5, 4), Input.shape(5, 4));
            try (Model self = Model.of(one, layer.on(one));
                    Model apart = Model.of(three, List.of(layer.call(
                            CallArguments.of(List.<Node>copyOf(three))).output(0)))) {
                apart.weights().forEach(weight -> weight.set(self.weight(weight.name()).get()));
                List<Tensor> data = List.of(data());
                List<Tensor> copies = List.of(data(), data(), data());
                List<float[]> cotangents = EnginePass.cotangents(self, data, 3);
                EnginePass got = EnginePass.of(self, data, cotangents);
                EnginePass expected = EnginePass.of(apart, copies, cotangents);
                Bits.same(got.outputs(), expected.outputs(), layer.kind());
                for (int i = 0; i < got.inputs().getFirst().length; i++) {
                    float sum = expected.inputs().get(0)[i] + expected.inputs().get(1)[i] + expected.inputs().get(2)[i];
                    assertEquals(sum, got.inputs().getFirst()[i], 1e-5, layer.kind());
                }
            }
        }
    }

    @Test
    void aSequentialModelAttendsToItselfAndIsSaved(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("model.gatun");
        try (Model model = Sequential.of(Input.shape(5, 4), HEADS.useCausalMask(), Lstm.units(3), Dense.units(2))) {
            assertTrue(model.summaryText().contains("multi_head_attention"), model.summaryText());
            model.save(file);
            try (Model loaded = Model.load(file)) {
                Bits.same(loaded.predict(data()).toArray(), model.predict(data()).toArray(), "loaded");
                assertEquals(model.summaryText(), loaded.summaryText());
            }
        }
    }

    /** Queries that see no later step: what comes later does not change what came before. */
    @Test
    void laterStepsAreNotSeen() {
        for (Layer layer : List.of(Attention.of().useCausalMask(), AdditiveAttention.of().useCausalMask(),
                HEADS.useCausalMask(), GroupQueryAttention.of(3, 2, 1).useCausalMask())) {
            Input input = Input.sequence(4);
            try (Model model = Model.of(input, layer.on(input))) {
                float[] whole = model.predict(data()).toArray();
                float[] part = new float[3 * 2 * 4];
                for (int i = 0; i < part.length; i++) {
                    part[i] = data().toArray()[i / 8 * 20 + i % 8];
                }
                float[] early = model.predict(Tensor.of(part, 3, 2, 4)).toArray();
                for (int i = 0; i < early.length; i++) {
                    assertEquals(whole[i / 8 * 20 + i % 8], early[i], 0f, layer.kind());
                }
            }
        }
    }

    @Test
    void scoresAreAskedForAtTheLayer() {
        Input input = Input.shape(5, 4);
        AttentionOutput without = HEADS.on(input);
        String said = assertThrows(IllegalStateException.class, without::scores).getMessage();
        assertTrue(said.contains(".returnAttentionScores()"), said);
        AttentionOutput with = HEADS.returnAttentionScores().on(input, input);
        try (Model model = Model.of(List.of(input), List.of(with, with.scores()))) {
            List<Tensor> made = model.predict(List.of(data()));
            float[] scores = made.get(1).toArray();
            for (int row = 0; row < scores.length; row += 5) {
                float sum = 0;
                for (int key = 0; key < 5; key++) {
                    sum += scores[row + key];
                }
                assertEquals(1, sum, 1e-6);
            }
        }
    }

    @Test
    void noneRunsStepByStep() {
        for (Layer layer : List.of(HEADS, HEADS.useCausalMask())) {
            Input input = Input.sequence(4);
            try (Model model = Model.of(input, layer.named("look").on(input))) {
                String said = assertThrows(IllegalArgumentException.class, model::stream).getMessage();
                assertTrue(said.contains("'look") && said.contains("steps"), said);
            }
        }
    }

    @Test
    void whatDoesNotFitIsRefusedInASentence() {
        Input x = Input.shape(5, 4);
        Input wide = Input.shape(5, 3);
        Input longer = Input.shape(6, 4);
        refused("features of query and key", () -> Model.of(List.of(x, wide), List.of(Attention.of().on(x, wide))));
        refused("steps of value and key", () -> Model.of(List.of(x, longer), List.of(HEADS.on(x, x, longer))));
        refused("multiple of num_key_value_heads", () -> GroupQueryAttention.of(2, 3, 2));
        refused("num_heads", () -> MultiHeadAttention.of(0, 2));
        refused("sliding_window", () -> HEADS.slidingWindow(0));
        refused("score_mode", () -> Attention.of().scoreMode("general"));
        refused("axis 0 are the samples", () -> Softmax.axis(0));
        Input masked = Input.shape(5, 4);
        refused("mask", () -> Model.of(masked, Softmax.of().on(Masking.value(0).on(masked))));
    }

    private static void refused(String part, Executable work) {
        String said = assertThrows(IllegalArgumentException.class, work).getMessage();
        assertTrue(said.contains(part), said);
    }

    /** Rows with room behind them, of a mask and of the kernel of several heads. */
    @Test
    void tensorsWithPaddedRowsAreRead() {
        Input input = Input.shape(5, 4);
        Input mask = Input.mask(5, 5);
        try (Model model = Model.of(List.of(input, mask), List.of(HEADS.named("look").on(input, input, input, mask)))) {
            int[] seen = new int[3 * 5 * 5];
            int[] padded = new int[3 * 5 * 7];
            float[] kernel = EnginePass.uniform(4 * 2 * 3, 1, 4);
            float[] room = new float[4 * 2 * 5];
            for (int i = 0; i < seen.length; i++) {
                seen[i] = i % 3 == 0 ? 0 : 1;
                padded[i / 5 * 7 + i % 5] = seen[i];
            }
            for (int i = 0; i < kernel.length; i++) {
                room[i / 3 * 5 + i % 3] = kernel[i];
            }
            model.weight("look/query/kernel").set(Tensor.of(kernel, 4, 2, 3));
            float[] expected = model.predict(List.of(data(), Tensor.ofInts(seen, 3, 5, 5))).getFirst().toArray();
            model.weight("look/query/kernel").set(Tensor.zeros(4, 2, 3));
            model.weight("look/query/kernel")
                    .set(new Tensor(MemorySegment.ofArray(room), 0, Shape.of(4, 2, 3), 5));
            Bits.same(model.weight("look/query/kernel").get().toArray(), kernel, "the kernel");
            Tensor rows = new Tensor(MemorySegment.ofArray(padded), 0, Shape.of(3, 5, 5), 7, DataType.INT32);
            Bits.same(model.predict(List.of(data(), rows)).getFirst().toArray(), expected, "the output");
        }
    }

    @Test
    void itLearns() {
        Input input = Input.shape(6, 4);
        Node seen = MultiHeadAttention.of(2, 4).dropout(0.1).on(input);
        try (Model model = Model.of(input, Dense.units(1).on(Lstm.units(4).on(seen)))) {
            Tensor x = Tensor.of(EnginePass.uniform(64 * 6 * 4, 1, 2), 64, 6, 4);
            float[] y = new float[64];
            for (int i = 0; i < y.length; i++) {
                y[i] = x.get(i, 2, 1);
            }
            History history = Trainer.of(model).optimizer(Adam.rate(0.01)).loss(Loss.MSE).epochs(60).batchSize(16)
                    .fit(x, Tensor.of(y, 64, 1));
            double[] losses = history.of("loss");
            assertTrue(losses[59] < 0.4 * losses[0], history::toString);
        }
    }

    private static Map<String, Object> tensor(String layer) {
        return Map.of("class_name", "__keras_tensor__", "config", Map.of("keras_history", List.of(layer, 0L, 0L)));
    }

    private static String keras(List<Map<String, Object>> calls) {
        Map<String, Object> input = Map.of("class_name", "InputLayer", "module", "keras.layers", "name", "x",
                "config", Map.of("name", "x", "batch_shape", new ArrayList<>(Arrays.asList(null, 5L, 4L))),
                "inbound_nodes", List.of());
        Map<String, Object> layer = Map.of("class_name", "MultiHeadAttention", "module", "keras.layers", "name", "look",
                "config", Map.of("name", "look", "num_heads", 2L, "key_dim", 3L), "inbound_nodes", calls);
        List<Object> outputs = new ArrayList<>();
        for (int call = 0; call < calls.size(); call++) {
            outputs.add(List.of("look", (long) call, 0L));
        }
        return PlainJson.text(Map.of("class_name", "Functional", "config", Map.of("name", "m", "layers",
                List.of(input, layer), "input_layers", List.of(List.of("x", 0L, 0L)), "output_layers", outputs)));
    }

    private static Map<String, Object> call(Map<String, Object> keywords) {
        return Map.of("args", List.of(tensor("x")), "kwargs", keywords);
    }

    /** Query, value and key may stand by position or by name, and what is true or false is an option of the layer here. */
    @Test
    void whatKerasSaysOfACallIsRead() {
        String both = keras(List.of(call(Map.of("value", tensor("x"), "use_causal_mask", true)),
                call(Map.of("key", tensor("x"), "value", tensor("x"), "use_causal_mask", true, "training", false))));
        try (Model model = KerasConfig.model(both, 3)) {
            assertEquals(HEADS.useCausalMask().named("look"), model.graph().layers().getLast().layer());
            List<Tensor> made = model.predict(List.of(data()));
            Bits.same(made.get(0).toArray(), made.get(1).toArray(), "a key that is the value");
        }
        String differing = keras(List.of(call(Map.of("value", tensor("x"), "use_causal_mask", true)),
                call(Map.of("value", tensor("x")))));
        String said = assertThrows(IllegalArgumentException.class, () -> KerasConfig.model(differing, 3)).getMessage();
        assertTrue(said.contains("'look'") && said.contains("use_causal_mask") && said.contains("two layers"), said);
        String unknown = keras(List.of(call(Map.of("value", tensor("x"), "query_mask", tensor("x")))));
        said = assertThrows(IllegalArgumentException.class, () -> KerasConfig.model(unknown, 3)).getMessage();
        assertTrue(said.contains("query_mask"), said);
        assertThrows(ShapeException.class, () -> KerasConfig.model(keras(List.of(call(Map.of()))), 3));
    }
}
