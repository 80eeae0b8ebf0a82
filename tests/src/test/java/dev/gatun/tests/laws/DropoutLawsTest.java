package dev.gatun.tests.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.random.Philox;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.runtime.Execution;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Dropout keeps the mean, and what falls depends on seed, step, layer and position only. */
class DropoutLawsTest {

    private static final int BATCH = 16;
    private static final int TIME = 9;
    private static final int WIDTH = 70;

    /**
     * n ones: each becomes 0 or 1/(1 - rate), with variance rate/(1 - rate). Six standard deviations of the mean of n are
     * passed by chance once in 500 million times; seeds are fixed anyway.
     */
    @Property
    void theMeanStays(@ForAll @DoubleRange(min = 0, max = 0.9) double rate, @ForAll @IntRange(max = 999) int seed) {
        try (Model model = Sequential.of(Input.shape(TIME, WIDTH), Dropout.rate(rate))) {
            float[] ones = new float[BATCH * TIME * WIDTH];
            Arrays.fill(ones, 1);
            float[] y = forward(model, ones, seed, 1);
            double sum = 0;
            float kept = 1f / (1f - (float) rate);
            for (float value : y) {
                assertTrue(value == 0 || value == kept, value + " is neither 0 nor " + kept);
                sum += value;
            }
            double allowed = 6 * Math.sqrt(rate / (1 - rate) / y.length) + 0x1p-20;
            assertEquals(1, sum / y.length, allowed);
        }
    }

    @Test
    void aRateOfZeroChangesNothing() {
        try (Model model = Sequential.of(Input.shape(TIME, WIDTH), Dropout.rate(0))) {
            float[] x = EnginePass.uniform(BATCH * TIME * WIDTH, 1, 1);
            Bits.same(forward(model, x, 1, 1), x, "rate 0");
        }
    }

    @Test
    void seedStepAndLayerChooseWhatFallsAndNothingElse() {
        Input in = Input.shape(TIME, WIDTH);
        Dropout other = Dropout.rate(0.5);
        try (Model one = Sequential.of(Input.shape(TIME, WIDTH), Dropout.rate(0.5));
                Model two = Model.of(in, Dropout.rate(0.5).named("a").on(in), other.named("b").on(in))) {
            float[] x = EnginePass.uniform(BATCH * TIME * WIDTH, 1, 1);
            float[] y = forward(one, x, 5, 3);
            Bits.same(forward(one, x, 5, 3), y, "the same again");
            assertFalse(Arrays.equals(forward(one, x, 6, 3), y), "another seed");
            assertFalse(Arrays.equals(forward(one, x, 5, 4), y), "another step");
            Execution run = run(two, x, 5, 3);
            assertFalse(Arrays.equals(read(run, 0), read(run, 1)), "another layer");
        }
    }

    /**
     * What falls, and so what a resumed training repeats: number (b T + t) F + f of the stream that step and place in the
     * graph choose. The gradient passes where the value did.
     */
    @Test
    void whatFallsIsTheNumberOfItsPlace() {
        float rate = 0.3f;
        int batch = 3;
        try (Model model = Sequential.of(Input.shape(TIME, WIDTH), Dropout.rate(rate))) {
            float[] x = EnginePass.uniform(batch * TIME * WIDTH, 1, 1);
            Tensor input = Tensor.of(x, batch, TIME, WIDTH);
            Execution run = model.network().execution(List.of(input.shape()), ExecutionMode.TRAINING_TO_INPUTS);
            run.load(0, input, 0);
            run.forward(7, 5);
            float[] y = read(run, 0);
            RowsView dy = run.outputGradient(0);
            for (int row = 0; row < batch * TIME; row++) {
                for (int column = 0; column < WIDTH; column++) {
                    dy.segment().set(ValueLayout.JAVA_FLOAT, dy.at(row) + 4L * column, 1 + row + column);
                }
            }
            run.backward();
            Tensor dx = Tensor.zeros(batch, TIME, WIDTH);
            run.readInputGradient(0, dx);
            for (int i = 0; i < x.length; i++) {
                boolean falls = Philox.uniform(7, 5L << 20 | 1, i) < rate;
                float scale = 1f / (1f - rate);
                assertEquals(falls ? 0f : x[i] * scale, y[i], "value " + i);
                int row = i / WIDTH % TIME * batch + i / WIDTH / TIME;
                assertEquals(falls ? 0f : (1 + row + i % WIDTH) * scale, dx.toArray()[i], "gradient " + i);
            }
        }
    }

    /** A stack with dropout in every place there is, forward and backward. */
    @Property(tries = 6)
    void anyNumberOfThreads(@ForAll @IntRange(min = 1, max = 20) int batch, @ForAll @IntRange(max = 999) int seed) {
        try (Model model = Sequential.of(Input.shape(TIME, 6), Lstm.units(17).dropout(0.4).returnSequences(),
                TimeDistributed.of(Dropout.rate(0.3)), Lstm.units(20), Dropout.rate(0.5))) {
            float[] x = EnginePass.uniform(batch * TIME * 6, 1, 1);
            float[] expected = trained(model.threads(1), x, seed);
            for (int threads = 2; threads <= 4; threads++) {
                Bits.same(trained(model.threads(threads), x, seed), expected, threads + " threads");
            }
        }
    }

    /** Output and gradients of weights of one pass, the output taken for its own gradient. */
    private static float[] trained(Model model, float[] x, long seed) {
        Execution run = run(model, x, seed, 2);
        float[] y = read(run, 0);
        for (int row = 0; row < run.output(0).rows(); row++) {
            java.lang.foreign.MemorySegment.copy(run.outputRows(0).segment(), run.outputRows(0).at(row),
                    run.outputGradient(0).segment(), run.outputGradient(0).at(row), run.output(0).columns() * 4L);
        }
        model.network().gradients().clear();
        run.backward();
        float[] all = y;
        for (var weight : model.weights()) {
            float[] gradient = weight.get(model.network().gradients()).toArray();
            int end = all.length;
            all = Arrays.copyOf(all, end + gradient.length);
            System.arraycopy(gradient, 0, all, end, gradient.length);
        }
        return all;
    }

    private static float[] forward(Model model, float[] x, long seed, long step) {
        return read(run(model, x, seed, step), 0);
    }

    private static Execution run(Model model, float[] x, long seed, long step) {
        long[] dims = model.inputShapes().getFirst().toArray();
        dims[0] = x.length / (dims[1] * dims[2]);
        Tensor input = Tensor.of(x, dims);
        Execution run = model.network().execution(List.of(input.shape()), ExecutionMode.TRAINING);
        run.load(0, input, 0);
        run.forward(seed, step);
        return run;
    }

    private static float[] read(Execution run, int output) {
        Tensor y = Tensor.zeros(run.output(output).shape().toArray());
        run.read(output, y, 0);
        return y.toArray();
    }
}
