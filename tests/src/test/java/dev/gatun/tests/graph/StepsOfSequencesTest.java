package dev.gatun.tests.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.Weight;
import dev.gatun.layers.graph.OnnxExport;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.nested.Nested;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.badinput.Refusal;
import dev.gatun.tests.fixture.Measure;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import dev.gatun.tests.onnx.OnnxEvaluator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * TimeDistributed of a layer that takes sequences, or of a model: what it makes of each step, and hands back of it, is what the
 * layer does with that step alone.
 */
final class StepsOfSequencesTest {

    private static final int BATCH = 3;
    private static final int TIME = 4;
    private static final int STEPS = 5;
    private static final int FEATURES = 2;

    static List<Layer> ofSequences() {
        Lstm lstm = Lstm.units(3).named("inner");
        return List.of(lstm, lstm.returnSequences(), lstm.goBackwards().returnSequences(),
                Bidirectional.of(lstm).named("inner"),
                Nested.chain(Input.sequence(FEATURES), Bidirectional.of(Lstm.units(2).returnSequences()), Lstm.units(3),
                        Dense.units(2).activation("tanh")).named("inner"));
    }

    @ParameterizedTest
    @MethodSource("ofSequences")
    void eachStepIsASequenceOfItsOwn(Layer layer) {
        try (Model model = Sequential.of(Input.shape(TIME, STEPS, FEATURES), TimeDistributed.of(layer).named("td"));
                Model alone = Sequential.of(Input.sequence(FEATURES), layer)) {
            alone.initialize(4);
            for (Weight weight : alone.weights()) {
                model.weight("td/" + weight.name()).set(weight.get());
            }
            assertEquals(alone.parameterCount(), model.parameterCount());
            float[] x = EnginePass.uniform(BATCH * TIME * STEPS * FEATURES, 1.5f, 1);
            Tensor whole = Tensor.of(x, BATCH, TIME, STEPS, FEATURES);
            List<float[]> cotangents = EnginePass.cotangents(model, List.of(whole), 2);
            EnginePass pass = EnginePass.of(model, List.of(whole), cotangents);
            float[] predicted = model.predict(whole).toArray();
            Bits.same(predicted, pass.outputs().getFirst(), "a prediction");
            // In this order steps of samples and samples are one axis.
            Tensor flat = Tensor.of(x, BATCH * TIME, STEPS, FEATURES);
            EnginePass expected = EnginePass.of(alone, List.of(flat), cotangents);
            Bits.same(predicted, expected.outputs().getFirst(), "output");
            Bits.same(pass.inputs().getFirst(), expected.inputs().getFirst(), "gradient of x");
            expected.weights().forEach((name, gradient) -> Measure.within(1e-5, name, pass.weights().get("td/" + name),
                    doubles(gradient)));
        }
    }

    private static double[] doubles(float[] numbers) {
        double[] doubles = new double[numbers.length];
        Arrays.setAll(doubles, i -> numbers[i]);
        return doubles;
    }

    /** Nobody sees where rows lie: any batch and any number of steps, one after the other on one model. */
    @Test
    void sizesMayChange() {
        try (Model model = Sequential.of(Input.shape(-1, -1, FEATURES),
                TimeDistributed.of(Lstm.units(3).returnSequences()), TimeDistributed.of(Lstm.units(4)))) {
            assertEquals(List.of(Shape.of(-1, -1, 4)), model.outputShapes());
            for (int[] sizes : new int[][] {{1, 1, 1}, {3, 4, 5}, {2, 7, 3}, {4, 2, 6}}) {
                int each = sizes[1] * sizes[2] * FEATURES;
                float[] x = EnginePass.uniform(sizes[0] * each, 1, each);
                float[] all = model.predict(Tensor.of(x, sizes[0], sizes[1], sizes[2], FEATURES)).toArray();
                for (int b = 0; b < sizes[0]; b++) {
                    float[] own = Arrays.copyOfRange(x, b * each, (b + 1) * each);
                    Bits.same(model.predict(Tensor.of(own, 1, sizes[1], sizes[2], FEATURES)).toArray(),
                            Arrays.copyOfRange(all, b * sizes[1] * 4, (b + 1) * sizes[1] * 4), "sample " + b);
                }
            }
        }
    }

    /** A chain of rows in each step is that chain on the sequence; so it can be streamed, too. */
    @Test
    void aModelOfRows() {
        Nested rows = Nested.chain(Input.shape(FEATURES), Dense.units(4).activation("tanh"), Dense.units(3))
                .named("rows");
        Input x = Input.sequence(FEATURES).named("x");
        Input y = Input.sequence(FEATURES).named("x");
        try (Model model = Model.of(x, TimeDistributed.of(rows).named("td").on(x));
                Model plain = Model.of(y, Dense.units(3).on(Dense.units(4).activation("tanh").on(y)))) {
            for (int weight = 0; weight < plain.weights().size(); weight++) {
                model.weights().get(weight).set(plain.weights().get(weight).get());
            }
            assertEquals("td/rows/dense/kernel", model.weights().getFirst().name());
            Tensor in = Tensor.of(EnginePass.uniform(BATCH * TIME * FEATURES, 1, 3), BATCH, TIME, FEATURES);
            List<float[]> cotangents = EnginePass.cotangents(model, List.of(in), 2);
            Bits.same(EnginePass.of(model, List.of(in), cotangents).all(),
                    EnginePass.of(plain, List.of(in), cotangents).all(), "a pass");
            model.stream().close();
        }
    }

    @Test
    void filesAndOnnx(@TempDir Path folder) throws IOException {
        for (Layer layer : ofSequences()) {
            try (Model model = Sequential.of(Input.shape(TIME, STEPS, FEATURES),
                    TimeDistributed.of(layer).named("td"))) {
                model.initialize(9);
                Path file = folder.resolve("model.gatun");
                model.save(file);
                Tensor x = Tensor.of(EnginePass.uniform(BATCH * TIME * STEPS * FEATURES, 1.5f, 1), BATCH, TIME, STEPS,
                        FEATURES);
                try (Model loaded = Model.load(file)) {
                    Bits.same(loaded.predict(x).toArray(), model.predict(x).toArray(), layer.kind());
                    assertEquals(model.summaryText(), loaded.summaryText());
                }
                List<double[]> nodes = OnnxEvaluator.run(
                        OnnxExport.of(model.graph(), name -> model.weight(name).get()), new ArrayList<>(List.of(x)));
                Measure.within(1e-5, layer.kind(), model.predict(x).toArray(), nodes.getFirst());
            }
        }
    }

    /** What makes samples of steps, and puts two directions together, is nobody's to stumble over. */
    @Test
    void aLayerMayBeNamedAsAnInnerPart() {
        for (String name : List.of("fold", "unfold", "merge", "input_layer")) {
            try (Model model = Sequential.of(Input.shape(TIME, STEPS, FEATURES),
                    TimeDistributed.of(Lstm.units(2).named(name)).named("td"),
                    Bidirectional.of(Lstm.units(2).named(name), Lstm.units(2).goBackwards().named(name)).named("bi"))) {
                assertEquals("td/" + name + "/kernel", model.weights().getFirst().name());
                assertEquals("bi/backward_" + name + "/bias", model.weights().getLast().name());
                assertEquals(Shape.of(BATCH, 4), model.predict(Tensor.zeros(BATCH, TIME, STEPS, FEATURES)).shape());
            }
        }
    }

    @Test
    void whatDoesNotFitIsRefusedByItsName() {
        TimeDistributed td = TimeDistributed.of(Lstm.units(3)).named("td");
        Refusal.of(() -> Sequential.of(Input.shape(TIME, FEATURES), td), "TimeDistributed 'td'", "its LSTM",
                "(None, 4, 2)", "directly");
        Refusal.of(() -> Sequential.of(Input.shape(FEATURES), td), "TimeDistributed 'td'", "(None, 2)");
        try (Model model = Sequential.of(Input.shape(TIME, STEPS, FEATURES), td)) {
            String said = assertThrows(IllegalArgumentException.class, model::stream)
                    .getMessage();
            assertTrue(said.contains("TimeDistributed 'td'") && said.contains("step by step"), said);
        }
    }
}
