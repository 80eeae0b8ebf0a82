package dev.gatun.tests.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.AdditiveAttention;
import dev.gatun.layers.Attention;
import dev.gatun.layers.GroupQueryAttention;
import dev.gatun.layers.HeadedAttention;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerCall;
import dev.gatun.layers.Mask;
import dev.gatun.layers.MultiHeadAttention;
import dev.gatun.layers.Node;
import dev.gatun.layers.Softmax;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.fixture.Measure;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import dev.gatun.tests.reference.RefAttention;
import dev.gatun.tests.reference.RefGraph;
import dev.gatun.tests.reference.RefSoftmax;
import dev.gatun.tests.reference.RefTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Attention where steps of queries and values do not count, and where a mask says what each query sees. */
final class AttentionMasksTest {

    private static final int TIME = 5;
    private static final int KEYS = 6;
    private static final int FEATURES = 4;

    private static final boolean[][] QUERIES = {
        {true, true, true, true, true}, {true, true, false, false, false}, {false, true, true, false, true},
        {false, false, false, false, false}, {true, false, true, false, true}};
    private static final boolean[][] VALUES = {
        {true, true, true, false, false, false}, {false, true, false, true, true, true},
        {true, true, true, true, true, true}, {true, false, true, false, true, false},
        {false, false, false, false, false, false}};

    static List<Layer> layers() {
        MultiHeadAttention heads = MultiHeadAttention.of(2, 3);
        return List.of(Attention.of(), Attention.of().useScale().returnAttentionScores(),
                Attention.of().scoreMode("concat").useScale().useCausalMask().returnAttentionScores(),
                AdditiveAttention.of(), AdditiveAttention.of().useCausalMask(), heads,
                heads.returnAttentionScores(), heads.useCausalMask(), heads.dropout(0.25),
                heads.useCausalMask().slidingWindow(2).returnAttentionScores(), GroupQueryAttention.of(3, 4, 2));
    }

    static List<Layer> headed() {
        return layers().stream().filter(HeadedAttention.class::isInstance).toList();
    }

    private static Model model(Layer layer, List<? extends Node> inputs, List<? extends Node> read) {
        LayerCall call = layer.named("layer").call(CallArguments.of(List.copyOf(read)));
        List<Node> outputs = new ArrayList<>();
        for (int i = 0; i < BuiltInTypes.ALL.of(layer).outputs(layer).size(); i++) {
            outputs.add(call.output(i));
        }
        Model model = Model.of(inputs, outputs);
        long seed = 1;
        for (Weight weight : model.weights()) {
            weight.set(Tensor.of(EnginePass.uniform((int) weight.shape().elements(), 0.6f, ++seed),
                    weight.shape().toArray()));
        }
        return model;
    }

    /** What stands under a mask that is given with the data is zero for whatever reads it. */
    private static Tensor numbers(boolean[][] counts, int steps, long seed) {
        float[] values = EnginePass.uniform(counts.length * steps * FEATURES, 1.5f, seed);
        for (int i = 0; i < values.length; i++) {
            values[i] = counts[i / FEATURES / steps][i / FEATURES % steps] ? values[i] : 0;
        }
        return Tensor.of(values, counts.length, steps, FEATURES);
    }

    private static void check(Model model, Layer layer, EnginePass pass, List<Tensor> inputs,
            List<float[]> cotangents, RefAttention.Masks masks) {
        RefGraph graph = new RefGraph();
        Map<String, RefTensor> given = new HashMap<>();
        List<RefGraph.Value> values = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            values.add(graph.input("x" + i));
            given.put("x" + i, RefTensor.of(inputs.get(i)));
        }
        model.weights().forEach(weight -> given.put("w/" + weight.name(), RefTensor.of(weight.get())));
        String[] names = pass.outputs().size() > 1 ? new String[] {"y", "scores"} : new String[] {"y"};
        List<RefGraph.Value> outputs = graph.add(new RefAttention("layer", layer, masks), values, names);
        RefGraph.Run run = graph.outputs(outputs.toArray(RefGraph.Value[]::new)).run(given);
        Map<RefGraph.Value, double[]> back = new HashMap<>();
        for (int i = 0; i < outputs.size(); i++) {
            Measure.within(1e-5, layer + " output " + i, pass.outputs().get(i), run.value(outputs.get(i)).values());
            float[] cotangent = cotangents.get(i);
            double[] doubles = new double[cotangent.length];
            Arrays.setAll(doubles, n -> cotangent[n]);
            back.put(outputs.get(i), doubles);
        }
        RefGraph.Gradients gradients = run.backward(back);
        pass.weights().forEach((name, gradient) -> {
            double[] expected = gradients.of("w/" + name);
            if (Arrays.stream(expected).anyMatch(number -> Math.abs(number) > 1e-12)) {
                Measure.within(1e-4, layer + " gradient of " + name, gradient, expected);
            }
        });
        for (int i = 0; i < 2; i++) {
            Measure.within(1e-4, layer + " gradient of input " + i, pass.inputs().get(i), gradients.of("x" + i));
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void stepsThatDoNotCountAreNotSeen(Layer layer) {
        List<Input> inputs = List.of(Input.shape(TIME, FEATURES), Input.shape(KEYS, FEATURES));
        try (Model model = model(layer, inputs, inputs)) {
            List<Tensor> data = List.of(numbers(QUERIES, TIME, 5), numbers(VALUES, KEYS, 6));
            List<float[]> cotangents = EnginePass.cotangents(model, data, 7);
            EnginePass pass = EnginePass.of(model, data, List.of(Mask.of(QUERIES), Mask.of(VALUES)), cotangents);
            check(model, layer, pass, data, cotangents, new RefAttention.Masks(QUERIES, VALUES, null));
            List<Tensor> predicted = model.predict(data, List.of(Mask.of(QUERIES), Mask.of(VALUES)));
            Bits.same(predicted.getFirst().toArray(), pass.outputs().getFirst(), "predicted");
        }
    }

    /** Whatever else stands in the sequence: outputs of the steps that count are those of these steps alone, bit for bit. */
    @ParameterizedTest
    @MethodSource("headed")
    void theStepsThatCountAreASequenceOfTheirOwn(Layer layer) {
        if (((HeadedAttention<?>) layer).slidingWindow().isPresent()) {
            return;
        }
        Input input = Input.sequence(FEATURES);
        try (Model model = model(layer, List.of(input), List.of(input, input))) {
            Tensor data = numbers(VALUES, KEYS, 9);
            Tensor whole = model.predict(List.of(data), List.of(Mask.of(VALUES))).getFirst();
            for (int sample = 0; sample < VALUES.length; sample++) {
                List<Integer> counted = new ArrayList<>();
                for (int step = 0; step < KEYS; step++) {
                    if (VALUES[sample][step]) {
                        counted.add(step);
                    }
                }
                float[] alone = new float[counted.size() * FEATURES];
                float[] expected = new float[alone.length];
                for (int i = 0; i < alone.length; i++) {
                    int from = (sample * KEYS + counted.get(i / FEATURES)) * FEATURES + i % FEATURES;
                    alone[i] = data.toArray()[from];
                    expected[i] = whole.toArray()[from];
                }
                if (!counted.isEmpty()) {
                    Bits.same(model.predict(List.of(Tensor.of(alone, 1, counted.size(), FEATURES)))
                            .getFirst().toArray(), expected,
                            layer + ", sample " + sample);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("headed")
    void aMaskSaysWhatEachQuerySees(Layer layer) {
        for (boolean all : new boolean[] {true, false}) {
            int rows = all ? TIME : 1;
            Input mask = Input.mask(rows, KEYS);
            List<Input> inputs = List.of(Input.shape(TIME, FEATURES), Input.shape(KEYS, FEATURES), mask);
            List<Node> read = List.of(inputs.get(0), inputs.get(1), inputs.get(1), mask);
            try (Model model = model(layer, inputs, read)) {
                int batch = VALUES.length;
                Random random = new Random(3);
                int[] given = new int[batch * rows * KEYS];
                for (int i = KEYS; i < given.length; i++) {
                    given[i] = random.nextInt(2);
                }
                boolean[][][] seen = new boolean[batch][TIME][KEYS];
                for (int i = 0; i < batch * TIME * KEYS; i++) {
                    int t = i / KEYS % TIME;
                    seen[i / KEYS / TIME][t][i % KEYS] = given[(i / KEYS / TIME * rows + Math.min(t, rows - 1)) * KEYS
                            + i % KEYS] != 0;
                }
                List<Tensor> data = List.of(Tensor.of(EnginePass.uniform(batch * TIME * FEATURES, 1, 1), batch, TIME,
                        FEATURES), Tensor.of(EnginePass.uniform(batch * KEYS * FEATURES, 1, 2), batch, KEYS, FEATURES),
                        Tensor.ofInts(given, batch, rows, KEYS));
                List<float[]> cotangents = EnginePass.cotangents(model, data, 7);
                EnginePass pass = EnginePass.of(model, data, cotangents);
                check(model, layer, pass, data, cotangents, new RefAttention.Masks(null, null, seen));
            }
        }
    }

    /** The mask of the query is that of the output, and scores have none. */
    @Test
    void theOutputHasTheMaskOfTheQuery() {
        for (Layer layer : layers()) {
            List<Input> inputs = List.of(Input.shape(TIME, FEATURES), Input.shape(KEYS, FEATURES));
            try (Model model = model(layer, inputs, inputs)) {
                var masked = model.network().given(
                        List.of(numbers(QUERIES, TIME, 5), numbers(VALUES, KEYS, 6)),
                        List.of(Mask.of(QUERIES), Mask.of(VALUES))).graph();
                assertTrue(masked.masks().containsKey(masked.outputs().getFirst()), layer::toString);
                assertEquals(masked.outputs().size() == 1, masked.masks().containsKey(masked.outputs().getLast()));
            }
        }
    }

    @Test
    void aMaskOfAnotherSizeIsRefused() {
        Input x = Input.shape(TIME, FEATURES);
        Input mask = Input.mask(TIME, KEYS);
        String said = assertThrows(ShapeException.class,
                () -> Model.of(List.of(x, mask), List.of(MultiHeadAttention.of(1, 2).on(x, x, x, mask)))).getMessage();
        assertTrue(said.contains("multi_head_attention") && said.contains("(None, 5, 6)"), said);
        Input floats = Input.shape(TIME, TIME);
        String numbers = assertThrows(IllegalArgumentException.class, () -> Model.of(List.of(x, floats),
                List.of(MultiHeadAttention.of(1, 2).on(x, x, x, floats)))).getMessage();
        assertTrue(numbers.contains("reads bool"), numbers);
    }

    @Test
    void numbersThatDoNotCountAreNotInTheSoftmax() {
        int[][] axes = {{2}, {1}, {1, 2}};
        for (int[] axis : axes) {
            for (long[] size : new long[][] {{TIME, FEATURES}, {1, FEATURES}, {TIME, 1}}) {
                Input x = Input.shape(TIME, FEATURES);
                Input mask = Input.mask(size[0], size[1]);
                try (Model model = Model.of(List.of(x, mask), List.of(Softmax.axis(axis).on(x, mask)))) {
                    checkSoftmax(model, axis, size);
                }
            }
        }
    }

    private static void checkSoftmax(Model model, int[] axis, long[] size) {
        int batch = 3;
        int[] given = new Random(4).ints((long) batch * size[0] * size[1], 0, 2).toArray();
        Arrays.fill(given, 0, (int) (size[0] * size[1]), 0);
        boolean[] counts = new boolean[batch * TIME * FEATURES];
        for (int i = 0; i < counts.length; i++) {
            long t = size[0] == 1 ? 0 : i / FEATURES % TIME;
            long f = size[1] == 1 ? 0 : i % FEATURES;
            counts[i] = given[(int) ((i / FEATURES / TIME * size[0] + t) * size[1] + f)] != 0;
        }
        Tensor data = Tensor.of(EnginePass.uniform(counts.length, 2, 8), batch, TIME, FEATURES);
        List<Tensor> inputs = List.of(data, Tensor.ofInts(given, batch, size[0], size[1]));
        List<float[]> cotangents = EnginePass.cotangents(model, inputs, 7);
        EnginePass pass = EnginePass.of(model, inputs, cotangents);
        RefGraph graph = new RefGraph();
        RefGraph.Value in = graph.input("x");
        RefGraph.Value out = graph.add(new RefSoftmax(Arrays.stream(axis).boxed().toList(), counts), List.of(in), "y")
                .getFirst();
        RefGraph.Run run = graph.outputs(out).run(Map.of("x", RefTensor.of(data)));
        Measure.within(1e-5, "softmax", pass.outputs().getFirst(), run.value(out).values());
        double[] back = new double[counts.length];
        Arrays.setAll(back, i -> cotangents.getFirst()[i]);
        Measure.within(1e-4, "gradient", pass.inputs().getFirst(), run.backward(Map.of(out, back)).of("x"));
    }
}
