package dev.gatun.tests.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.Input;
import dev.gatun.layers.LayerCall;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Trainer;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.fixture.Measure;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import dev.gatun.tests.reference.RefActivation;
import dev.gatun.tests.reference.RefGraph;
import dev.gatun.tests.reference.RefGraph.Value;
import dev.gatun.tests.reference.RefLstm;
import dev.gatun.tests.reference.RefMerge;
import dev.gatun.tests.reference.RefTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Bidirectional in what users reported of other engines, and in trainings. */
final class BothDirectionsTest {

    private static final int FEATURES = 3;

    private static Tensor x(int batch, int time) {
        return Tensor.of(EnginePass.uniform(batch * time * FEATURES, 1.5f, batch), batch, time, FEATURES);
    }

    /** Gates that are 1 and a candidate that is the input: h is the sum of what counts, in each direction. */
    @Test
    void bothHalvesLeaveOutWhatDoesNotCount() {
        Lstm sum = Lstm.units(1).returnSequences().activation("linear").recurrentActivation("hard_sigmoid");
        Input in = Input.sequence(1);
        Input mask = Input.mask(-1);
        LayerCall call = Bidirectional.of(sum).merge("none").call(new CallArguments<>(List.of(in), List.of(), mask));
        try (Model model = Model.of(List.of(in, mask), List.of(call.output(0), call.output(1)))) {
            for (Weight weight : model.weights()) {
                float[] numbers = new float[(int) weight.shape().elements()];
                if (weight.name().endsWith("/kernel")) {
                    numbers[2] = 1;
                } else if (weight.name().endsWith("/bias")) {
                    numbers = new float[] {9, 9, 0, 9};
                }
                weight.set(Tensor.of(numbers, weight.shape().toArray()));
            }
            Tensor steps = Tensor.of(new float[] {1e30f, 5, Float.NaN, 1, 2, 3, 4}, 1, 7, 1);
            List<Tensor> both = model.predict(List.of(steps, Tensor.ofInts(new int[][] {{0, 0, 0, 1, 1, 1, 1}})));
            assertArrayEquals(new float[] {0, 0, 0, 1, 3, 6, 10}, both.get(0).toArray());
            assertArrayEquals(new float[] {0, 0, 0, 10, 9, 7, 4}, both.get(1).toArray());
        }
    }

    /** Two that concatenate below one that multiplies, with another activation: as the reference in doubles. */
    @Test
    void aStackOfThemIsThatOfTheReference() {
        List<Bidirectional> layers = List.of(
                Bidirectional.of(Lstm.units(4).returnSequences().named("a")).named("one"),
                Bidirectional.of(Lstm.units(3).returnSequences().named("b")).named("two"),
                Bidirectional.of(Lstm.units(1).activation("sigmoid").named("c")).merge("mul").named("three"));
        try (Model model = Sequential.of(Input.sequence(FEATURES), layers.get(0), layers.get(1), layers.get(2))) {
            model.initialize(7);
            RefGraph graph = new RefGraph();
            Map<String, RefTensor> given = new HashMap<>();
            model.weights().forEach(weight -> given.put("w/" + weight.name(), RefTensor.of(weight.get())));
            Tensor x = x(2, 6);
            given.put("x", RefTensor.of(x));
            Value value = graph.input("x");
            for (Bidirectional both : layers) {
                Lstm half = (Lstm) both.layer();
                List<Value> halves = new ArrayList<>();
                for (String side : List.of("forward_", "backward_")) {
                    halves.add(graph.lstm(both.name() + "/" + side + half.name(),
                            new RefLstm.Options(RefActivation.of(half.activation()), RefActivation.SIGMOID,
                                    side.startsWith("b"), false),
                            half.returnsSequences(), value).y());
                }
                value = graph.add(new RefMerge(both.mergeMode().keyword()), halves, "y/" + both.name()).getFirst();
            }
            Measure.within(1e-5, "a stack", model.predict(x).toArray(), graph.run(given).value(value).values());
        }
    }

    /** A frozen one keeps its numbers, a trained one learns, on any number of threads to the same bits. */
    @Test
    void itLearns() {
        List<float[]> ends = new ArrayList<>();
        for (int threads = 1; threads <= 2; threads++) {
            try (Model model = Sequential.of(Input.sequence(FEATURES),
                    Bidirectional.of(Lstm.units(5).returnSequences().dropout(0.2)).trainable(false).named("frozen"),
                    Bidirectional.of(Lstm.units(2)).merge("ave").named("learns"))) {
                model.threads(threads);
                List<float[]> before = numbers(model);
                Tensor y = Tensor.of(EnginePass.uniform(16, 0.5f, 3), 8, 2);
                double first = Trainer.of(model).loss(Loss.MSE).evaluate(x(8, 5), y).get("loss");
                Trainer.of(model).loss(Loss.MSE).optimizer(Adam.rate(0.01)).epochs(40).fit(x(8, 5), y);
                assertTrue(Trainer.of(model).loss(Loss.MSE).evaluate(x(8, 5), y).get("loss") < first);
                List<float[]> after = numbers(model);
                for (int weight = 0; weight < after.size(); weight++) {
                    boolean frozen = model.weights().get(weight).name().startsWith("frozen/");
                    assertEquals(frozen, Arrays.equals(before.get(weight), after.get(weight)));
                }
                ends.add(model.predict(x(3, 5)).toArray());
            }
        }
        Bits.same(ends.get(0), ends.get(1), "one thread and two");
    }

    private static List<float[]> numbers(Model model) {
        return model.weights().stream().map(weight -> weight.get().toArray()).toList();
    }
}
