package dev.gatun.tests.meetings;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Masking;
import dev.gatun.layers.State;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.serve.LayerStates;
import dev.gatun.layers.serve.ModelStream;
import dev.gatun.layers.serve.Predicted;
import dev.gatun.layers.serve.Predictor;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Sgd;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.gradients.RandomWeights;
import dev.gatun.tests.kernels.Bits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What people ran into with recurrent layers elsewhere, as public reports tell it: each a kind of use, with the right value. */
final class FieldReportsTest {

    private static Tensor x(int samples, int time, int features) {
        return Tensor.of(EnginePass.uniform(samples * time * features, 1, 3), samples, time, features);
    }

    /** deeplearning4j #6084, keras-onnx #676, onnxruntime #2960: a stateful model is right in every call. */
    @Test
    void windowsOneAfterTheOtherAreOneLongCall() {
        Tensor x = x(3, 40, 4);
        try (Model model = Sequential.of(Input.sequence(4), Lstm.units(16).returnSequences().stateful(),
                Lstm.units(8).returnSequences().stateful(), Dense.units(2));
                Model plain = Sequential.of(Input.sequence(4), Lstm.units(16).returnSequences(),
                        Lstm.units(8).returnSequences(), Dense.units(2))) {
            for (int w = 0; w < plain.weights().size(); w++) {
                model.weights().get(w).set(plain.weights().get(w).get());
            }
            Tensor whole = plain.predict(x);
            for (int round = 0; round < 2; round++) {
                for (int window = 0; window < 40; window += 8) {
                    Bits.same(model.predict(Steps.part(x, window, window + 8)).toArray(),
                            Steps.part(whole, window, window + 8).toArray(), "window " + window);
                }
                model.resetStates();
            }
        }
    }

    /** keras #10231, #6216: it does not matter where a long series is cut. */
    @Test
    void anyCutOfALongSeriesHasTheSameBits() {
        Tensor x = x(2, 1000, 3);
        try (Model model = Sequential.of(Input.sequence(3), Lstm.units(12).returnSequences())) {
            float[] whole = model.predict(x).toArray();
            for (int chunk : new int[] {200, 1, 333}) {
                LayerStates states = LayerStates.ZERO;
                for (int from = 0; from < 1000; from += chunk) {
                    int to = Math.min(1000, from + chunk);
                    Predicted part = model.predictWithStates(Steps.part(x, from, to), states);
                    states = part.states();
                    Bits.same(part.output().toArray(), Steps.part(Tensor.of(whole, 2, 1000, 12), from, to).toArray(),
                            "chunks of " + chunk + " from " + from);
                }
            }
        }
    }

    /** pytorch #32023, tensorflow #11610: a batch of 100 is 50 and 50, at the report's sizes. */
    @Test
    void halvesOfABatchHaveTheBitsOfTheWhole() {
        Tensor x = x(100, 100, 22);
        try (Model model = Sequential.of(Input.sequence(22), Lstm.units(512))) {
            float[] whole = model.predict(x).toArray();
            Bits.same(model.predict(Steps.rows(x, 0, 50)).toArray(), Arrays.copyOf(whole, 50 * 512), "first half");
            Bits.same(model.predict(Steps.rows(x, 50, 50)).toArray(),
                    Arrays.copyOfRange(whole, 50 * 512, 100 * 512), "second half");
        }
    }

    /** keras #3367, #7695, tensorflow #49738: the half that goes backwards leaves the padding out as well. */
    @Test
    void theBackwardHalfOfABidirectionalIsMasked() {
        Lstm sum = Lstm.units(1).activation("linear").recurrentActivation("hard_sigmoid").returnSequences();
        try (Model model = Sequential.of(Input.shape(7, 1), Masking.value(0), Bidirectional.of(sum).named("both"))) {
            for (int half = 0; half < 2; half++) {
                model.weights().get(3 * half).set(Tensor.of(new float[] {0, 0, 1, 0}, 1, 4));
                model.weights().get(3 * half + 1).set(Tensor.zeros(1, 4));
                model.weights().get(3 * half + 2).set(Tensor.of(new float[] {3, 3, 0, 3}, 4));
            }
            float[] got = model.predict(Tensor.of(new float[] {0, 0, 0, 1, 2, 3, 4}, 1, 7, 1)).toArray();
            assertArrayEquals(new float[] {0, 0, 0, 0, 0, 0, 1, 10, 3, 9, 6, 7, 10, 4}, got);
        }
    }

    /** onnx-tensorflow #409, onnxruntime #851: a bidirectional layer that begins at a c of its own; all gates and directions are alike. */
    @Test
    void bothDirectionsBeginAtTheStateTheyAreGiven() {
        Input x = Input.shape(1, 4).named("x");
        List<Input> states = new ArrayList<>();
        for (String name : List.of("h", "c", "backward_h", "backward_c")) {
            states.add(Input.shape(3).named(name));
        }
        var both = Bidirectional.of(Lstm.units(3).returnState()).on(x,
                State.of(states.get(0), states.get(1), states.get(2), states.get(3)));
        List<Input> inputs = new ArrayList<>(List.of(x));
        inputs.addAll(states);
        try (Model model = Model.of(inputs, both.state().parts())) {
            model.weights().forEach(weight -> {
                float[] numbers = new float[(int) weight.shape().elements()];
                Arrays.fill(numbers, weight.name().endsWith("bias") ? 0 : 0.1f);
                weight.set(Tensor.of(numbers, weight.shape().toArray()));
            });
            Tensor tenths = Tensor.of(new float[] {0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f}, 2, 3);
            List<Tensor> got = model.predict(List.of(Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 2, 1, 4),
                    Tensor.zeros(2, 3), tenths, Tensor.zeros(2, 3), tenths));
            float[] h = {0.4079063f, 0.4079063f, 0.4079063f, 0.7142519f, 0.7142519f, 0.7142519f};
            float[] c = {0.6298758f, 0.6298758f, 0.6298758f, 1.0137338f, 1.0137338f, 1.0137338f};
            for (int half = 0; half < 2; half++) {
                assertArrayEquals(h, got.get(2 * half).toArray(), 1e-6f);
                assertArrayEquals(c, got.get(2 * half + 1).toArray(), 1e-6f);
            }
        }
    }

    /** keras #14653: gates with tanh and a linear cell are as the equations say. */
    @Test
    void gatesMayBeTanhAndTheCellLinear() {
        try (Model model = RandomWeights.into(Sequential.of(Input.shape(1, 1), Lstm.units(2).activation("linear")
                .recurrentActivation("tanh").named("odd")), 1, 3)) {
            float[] kernel = model.weight("odd/kernel").get().toArray();
            float[] bias = model.weight("odd/bias").get().toArray();
            float[] got = model.predict(Tensor.of(new float[] {0.7f}, 1, 1, 1)).toArray();
            for (int unit = 0; unit < 2; unit++) {
                double[] gates = new double[4];
                for (int gate = 0; gate < 4; gate++) {
                    gates[gate] = 0.7 * kernel[2 * gate + unit] + bias[2 * gate + unit];
                }
                assertEquals(Math.tanh(gates[3]) * Math.tanh(gates[0]) * gates[2], got[unit], 1e-6);
            }
        }
    }

    /** tensorflow #61732, keras #18367: constants that a layer begins at are in the file. */
    @Test
    void constantFirstStatesAreSaved() throws IOException {
        Input in = Input.shape(20, 5);
        Tensor h = Tensor.of(EnginePass.uniform(8, 1, 4), 1, 8);
        Tensor c = Tensor.of(EnginePass.uniform(8, 1, 5), 1, 8);
        Tensor x = x(16, 20, 5);
        try (Model model = Model.of(in, Lstm.units(8).on(in, h, c))) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            model.save(out, "gatun");
            try (Model loaded = Model.load(new ByteArrayInputStream(out.toByteArray()))) {
                Bits.same(loaded.predict(x).toArray(), model.predict(x).toArray(), "loaded");
            }
        }
    }

    /** RTNeural #167, neural-amp-modeler #524: a reset goes to the state that is stored, not to zeros. */
    @Test
    void aResetOfAStreamIsTheStoredState() {
        try (Model model = RandomWeights.into(Sequential.of(Input.sequence(1),
                Lstm.units(4).learnInitialState().returnSequences()), 1, 3); ModelStream stream = model.stream()) {
            Tensor x = x(1, 6, 1);
            float[] whole = model.predict(x).toArray();
            for (int round = 0; round < 2; round++) {
                for (int t = 0; t < 6; t++) {
                    float[] got = new float[4];
                    stream.step(MemorySegment.ofArray(new float[] {x.toArray()[t]}), MemorySegment.ofArray(got));
                    Bits.same(got, Arrays.copyOfRange(whole, 4 * t, 4 * t + 4), "step " + t);
                }
                stream.reset();
            }
        }
    }

    /** mlpack #2070, #1846: chunks longer than the sequence, and a prediction of a fresh model, are plain. */
    @Test
    void chunksMayBeLongerThanTheSequenceAndAFreshModelPredicts() {
        Tensor x = x(4, 5, 2);
        try (Model model = Sequential.of(Input.shape(5, 2), Lstm.units(3).returnSequences());
                Model plain = Sequential.of(Input.shape(5, 2), Lstm.units(3).returnSequences())) {
            Bits.same(model.predict(x).toArray(), plain.predict(x).toArray(), "fresh");
            Tensor y = x(4, 5, 3);
            Trainer.of(model).loss(Loss.MSE).optimizer(Sgd.rate(0.1)).truncatedBptt(50).fit(x, y);
            Trainer.of(plain).loss(Loss.MSE).optimizer(Sgd.rate(0.1)).fit(x, y);
            Bits.same(model.predict(x).toArray(), plain.predict(x).toArray(), "trained");
        }
    }

    /** deeplearning4j #9993, #2876, #4018: two threads, two inputs, each answer as alone. */
    @Test
    void threadsDoNotOverwriteEachOther() throws Exception {
        try (Model model = Sequential.of(Input.sequence(3), Bidirectional.of(Lstm.units(9).returnSequences()),
                Lstm.units(5)); ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Tensor> inputs = List.of(x(7, 12, 3), Tensor.of(EnginePass.uniform(5 * 9 * 3, 1, 8), 5, 9, 3));
            List<float[]> alone = inputs.stream().map(input -> model.predict(input).toArray()).toList();
            List<Callable<Integer>> jobs = new ArrayList<>();
            for (int job = 0; job < 2; job++) {
                int own = job;
                jobs.add(() -> {
                    try (Predictor predictor = model.predictor()) {
                        for (int call = 0; call < 100; call++) {
                            Bits.same(predictor.predict(inputs.get(own)).toArray(), alone.get(own), "call " + call);
                        }
                    }
                    return 100;
                });
            }
            int calls = 0;
            for (Future<Integer> each : threads.invokeAll(jobs)) {
                calls += each.get();
            }
            assertEquals(200, calls);
        }
    }

    /** djl #494, tensorflow/java #304: models that are loaded and closed in a loop leave nothing behind. */
    @Test
    void loadedAndClosedAThousandTimes() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Tensor x = x(1, 4, 3);
        float[] expected;
        try (Model model = Sequential.of(Input.sequence(3), Bidirectional.of(Lstm.units(6)), Dense.units(2))) {
            expected = model.predict(x).toArray();
            model.save(out, "gatun");
        }
        for (int round = 0; round < 1000; round++) {
            Model loaded = Model.load(new ByteArrayInputStream(out.toByteArray()));
            Bits.same(loaded.predict(x).toArray(), expected, "round " + round);
            loaded.close();
            assertEquals(0, loaded.network().arena().allocatedBytes());
        }
    }
}
