package dev.gatun.tests.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Gru;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.RecurrentLayer;
import dev.gatun.layers.SimpleRnn;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.serve.ModelStream;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.RandomWeights;
import dev.gatun.tests.kernels.Bits;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers whose first state is learned: streams begin there and come back there, and a training finds it. */
final class LearnedStateTest {

    private static final float[] STEP = {0.5f, -1f};

    static Stream<RecurrentLayer<?>> layers() {
        return Stream.of(Lstm.units(5).learnInitialState(), Gru.units(5).learnInitialState(),
                SimpleRnn.units(17).learnInitialState());
    }

    @ParameterizedTest
    @MethodSource("layers")
    void aStreamBeginsThereAndAResetGoesBack(RecurrentLayer<?> layer) {
        try (Model model = RandomWeights.into(Sequential.of(Input.sequence(2), layer), 1, 3);
                ModelStream stream = model.stream(1)) {
            float[] first = model.predict(Tensor.of(STEP, 1, 1, 2)).toArray();
            Bits.same(step(stream), first, "the first step");
            step(stream);
            try (ModelStream fork = stream.fork()) {
                Bits.same(step(fork), step(stream), "a fork goes on");
            }
            stream.reset();
            Bits.same(step(stream), first, "after a reset");
        }
    }

    /** Another weight, another beginning: a stream that goes back goes to what the state is then. */
    @Test
    void aResetGoesToTheStateAsItIsThen() {
        try (Model model = RandomWeights.into(
                Sequential.of(Input.sequence(2), SimpleRnn.units(3).learnInitialState().named("rnn")), 1, 3);
                ModelStream stream = model.stream(1)) {
            float[] before = step(stream);
            model.weight("rnn/initial_h").set(Tensor.of(new float[] {0.9f, -0.9f, 0.1f}, 3));
            stream.reset();
            float[] after = step(stream);
            Bits.same(after, model.predict(Tensor.of(STEP, 1, 1, 2)).toArray(), "the new state");
            assertTrue(!Arrays.equals(before, after), "another one");
        }
    }

    /** What nothing else can make: with an input of zeros and no bias all outputs come from the first state. */
    @Test
    void aTrainingFindsTheState() {
        Tensor x = Tensor.zeros(8, 1, 1);
        float[] wanted = {0.3f, -0.6f};
        float[] all = new float[16];
        for (int i = 0; i < all.length; i++) {
            all[i] = wanted[i % 2];
        }
        try (Model model = RandomWeights.into(
                Sequential.of(Input.sequence(1), SimpleRnn.units(2).noBias().learnInitialState().named("rnn")), 1, 3)) {
            Trainer.of(model).optimizer(Adam.rate(0.05)).loss(Loss.MSE).epochs(300).fit(x, Tensor.of(all, 8, 2));
            assertArrayEquals(wanted, Arrays.copyOf(model.predict(x).toArray(), 2), 1e-3f);
            assertTrue(model.weight("rnn/initial_h").get().toArray()[0] != 0);
        }
    }

    private static float[] step(ModelStream stream) {
        float[] result = new float[stream.outputLength()];
        stream.step(MemorySegment.ofArray(STEP), MemorySegment.ofArray(result));
        return result;
    }
}
