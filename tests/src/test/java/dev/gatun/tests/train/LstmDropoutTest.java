package dev.gatun.tests.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.random.Philox;
import dev.gatun.layers.runtime.Execution;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.Lstm;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Dropout of an LSTM's input: one mask for each sample, the same at every step, and only in training. */
class LstmDropoutTest {

    private static final int BATCH = 3;
    private static final int TIME = 5;
    private static final int INPUTS = 12;
    private static final ExecutionMode TRAINING_WITH_INPUTS = ExecutionMode.TRAINING_TO_INPUTS;

    @Test
    void servingIgnoresIt() {
        try (Model with = model(0.5, false); Model without = model(0, false)) {
            assertArrayEquals(without.predict(x()).toArray(), with.predict(x()).toArray());
        }
    }

    /**
     * A feature that fell has no gradient at any step. With the features masked by hand a plain LSTM gives the same bits:
     * output, gradients of weights, and of x where nothing fell.
     */
    @Property
    void masksWholeFeaturesOfASampleAndScalesTheRest(
            @ForAll @IntRange(min = 1, max = 40) int units, @ForAll @IntRange(min = 1, max = 20) int inputs,
            @ForAll @IntRange(min = 1, max = 6) int batch, @ForAll @IntRange(min = 1, max = 6) int time,
            @ForAll boolean backwards, @ForAll @IntRange(min = 1, max = 7) int eighths,
            @ForAll @IntRange(max = 1000) int step) {
        float rate = eighths / 8f;
        Lstm lstm = Lstm.units(units).goBackwards(backwards).named("lstm");
        float[] x = EnginePass.uniform(batch * time * inputs, 1.5f, 1);
        try (Model with = Sequential.of(Input.shape(time, inputs), lstm.dropout(rate));
                Model without = Sequential.of(Input.shape(time, inputs), lstm)) {
            Tensor given = Tensor.of(x, batch, time, inputs);
            Execution run = with.network().execution(List.of(given.shape()), TRAINING_WITH_INPUTS);
            run.load(0, given, 0);
            run.forward(11, step);
            Tensor y = Tensor.zeros(batch, units);
            run.read(0, y, 0);
            ones(run.outputGradient(0), batch, units);
            with.network().gradients().clear();
            run.backward();
            Tensor dx = Tensor.zeros(batch, time, inputs);
            run.readInputGradient(0, dx);

            float kept = 1f / (1f - rate);
            float[] masked = x.clone();
            for (int i = 0; i < masked.length; i++) {
                boolean falls = falls(dx, batch, inputs, i);
                long number = (long) i / (time * inputs) * inputs + i % inputs;
                assertEquals(Philox.uniform(11, (long) step << 20 | 1, number) < rate, falls,
                        "number b I + i of the stream that step and place in the graph choose");
                masked[i] *= falls ? 0 : kept;
            }
            float[] ones = new float[batch * units];
            Arrays.fill(ones, 1f);
            without.weights().forEach(weight -> weight.set(with.weight(weight.name()).get()));
            EnginePass plain = EnginePass.of(without, List.of(Tensor.of(masked, batch, time, inputs)), List.of(ones));
            Bits.same(y.toArray(), plain.outputs().getFirst(), "output");
            with.weights().forEach(weight -> Bits.same(weight.get(with.network().gradients()).toArray(),
                    plain.weights().get(weight.name()), weight.name()));
            float[] expected = plain.inputs().getFirst();
            for (int i = 0; i < expected.length; i++) {
                expected[i] *= falls(dx, batch, inputs, i) ? 0 : kept;
            }
            Bits.same(dx.toArray(), expected, "gradient of x");
        }
    }

    /** Whether the feature of number i of [B,T,I] has no gradient at any step of its sample. */
    private static boolean falls(Tensor dx, int batch, int inputs, int i) {
        int time = (int) dx.shape().dim(1);
        int b = i / (time * inputs);
        return IntStream.range(0, time).allMatch(t -> dx.get(b, t, i % inputs) == 0);
    }

    @Test
    void asManyFallAsTheRateSays() {
        int inputs = 1000;
        float[] x = new float[inputs];
        Arrays.fill(x, 1f);
        try (Model model = Sequential.of(Input.shape(1, inputs), Lstm.units(1).dropout(0.3))) {
            Tensor given = Tensor.of(x, 1, 1, inputs);
            Execution run = model.network().execution(List.of(given.shape()), TRAINING_WITH_INPUTS);
            run.load(0, given, 0);
            run.forward(11, 4);
            ones(run.outputGradient(0), 1, 1);
            run.backward();
            Tensor dx = Tensor.zeros(1, 1, inputs);
            run.readInputGradient(0, dx);
            int fallen = 0;
            for (int i = 0; i < inputs; i++) {
                fallen += dx.get(0, 0, i) == 0 ? 1 : 0;
            }
            // Six standard deviations, sqrt(1000 * 0.3 * 0.7), around 300.
            assertTrue(Math.abs(fallen - 300) < 6 * 14.5, fallen + " of 1000 features fell at a rate of 0.3");
        }
    }

    private static Model model(double rate, boolean backwards) {
        return Sequential
                .of(Input.shape(TIME, INPUTS), Lstm.units(4).dropout(rate).goBackwards(backwards));
    }

    private static Tensor x() {
        float[] values = new float[BATCH * TIME * INPUTS];
        for (int i = 0; i < values.length; i++) {
            values[i] = 0.1f + Philox.uniform(3, 0, i);
        }
        return Tensor.of(values, Shape.of(BATCH, TIME, INPUTS).toArray());
    }

    private static void ones(RowsView gradient, int batch, int units) {
        for (int row = 0; row < batch; row++) {
            for (int column = 0; column < units; column++) {
                gradient.segment().set(ValueLayout.JAVA_FLOAT, gradient.at(row) + 4L * column, 1f);
            }
        }
    }
}
