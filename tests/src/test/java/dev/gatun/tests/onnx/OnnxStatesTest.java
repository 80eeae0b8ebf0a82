package dev.gatun.tests.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Gru;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Masking;
import dev.gatun.layers.SimpleRnn;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.Flatten;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.onnx.OnnxGraph;
import dev.gatun.layers.onnx.OnnxValue;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.fixture.Measure;
import dev.gatun.tests.gradients.EnginePass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** States that one run hands to the next are inputs, which may be left out, and outputs of the graph. */
final class OnnxStatesTest {

    private static final double OUTPUTS = 1e-5;
    private static final int BATCH = 2;

    /** Three runs, each of which is given what the one before has made. */
    private static OnnxGraph check(Model model, float... values) {
        OnnxGraph graph = OnnxCheck.onnx(model);
        int outputs = model.outputNames().size();
        List<Tensor> states = List.of();
        for (int run = 0; run < 3; run++) {
            Tensor x = Tensor.of(values.length > 0 ? values : EnginePass.uniform(BATCH * 4 * 3, 1, 5 + run), BATCH, 4,
                    3);
            List<Tensor> inputs = new ArrayList<>(List.of(x));
            inputs.addAll(states);
            List<double[]> expected = OnnxEvaluator.run(graph, inputs);
            Measure.within(OUTPUTS, "run " + run, model.predict(x).toArray(), expected.getFirst());
            states = new ArrayList<>();
            for (int i = outputs; i < expected.size(); i++) {
                states.add(state(graph.outputs().get(i), expected.get(i)));
            }
        }
        return graph;
    }

    private static Tensor state(OnnxValue value, double[] numbers) {
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return Tensor.of(floats, BATCH, value.shape().last());
    }

    @Test
    void statesGoOnFromRunToRun() {
        try (Model model = Sequential.of(Input.sequence(3).named("x"),
                Lstm.units(4).stateful().returnSequences().named("first"),
                Gru.units(3).stateful().activation("gelu").returnSequences().named("second"),
                SimpleRnn.units(2).stateful().named("third"), Dense.units(2).named("y"))) {
            OnnxGraph graph = check(model);
            assertEquals(List.of("x", "first/h", "first/c", "second/h", "third/h"),
                    graph.inputs().stream().map(OnnxValue::name).toList());
            assertEquals(List.of("y", "first/h_next", "first/c_next", "second/h_next", "third/h_next"),
                    graph.outputs().stream().map(OnnxValue::name).toList());
        }
    }

    /** Before the first step that counts each run shows zeros, whatever state it goes on from. */
    @Test
    void withAMask() {
        float[] values = EnginePass.uniform(BATCH * 4 * 3, 1, 5);
        Arrays.fill(values, 0, 6, 0);
        try (Model model = Sequential.of(Input.sequence(3), Masking.value(0),
                Lstm.units(4).stateful().returnSequences())) {
            check(model, values);
        }
    }

    @Test
    void fromALearnedState() {
        try (Model model = Sequential.of(Input.sequence(3),
                Lstm.units(4).stateful().learnInitialState().named("lstm"))) {
            model.weight("lstm/initial_h").set(Tensor.of(new float[] {0.5f, -1, 0.25f, 1}, 4));
            check(model);
        }
    }

    /** Sizes that are not known but in a run. */
    @Test
    void stepsThatAreFlattenedOneByOne() {
        Input x = Input.shape(Shape.UNKNOWN, 3, 2);
        try (Model model = Model.of(x, TimeDistributed.of(Flatten.of()).on(x))) {
            OnnxCheck.check(model, List.of(Tensor.of(EnginePass.uniform(2 * 4 * 6, 1, 1), 2, 4, 3, 2)));
        }
    }
}
