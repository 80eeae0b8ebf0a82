package dev.gatun.tests.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.engine.gemm.Rows;
import dev.gatun.engine.random.Philox;
import dev.gatun.layers.model.Execution;
import dev.gatun.layers.model.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.plan.Purpose;
import dev.gatun.layers.rnn.Lstm;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Dropout of an LSTM's input: one mask for each sample, the same at every step, and only in training. */
class LstmDropoutTest {

    private static final int BATCH = 3;
    private static final int TIME = 5;
    private static final int INPUTS = 12;
    private static final Purpose TRAINING_WITH_INPUTS = new Purpose(true, true, true, false);

    @Test
    void servingIgnoresIt() {
        try (Model with = model(0.5, false); Model without = model(0, false)) {
            assertArrayEquals(without.predict(x()).toArray(), with.predict(x()).toArray());
        }
    }

    @Test
    void masksWholeFeaturesOfASampleAndScalesTheRest() {
        check(false);
    }

    @Test
    void alsoBackwards() {
        check(true);
    }

    /** A feature that fell has no gradient at any step; with those features set to zero by hand a plain LSTM gives the bits. */
    private static void check(boolean backwards) {
        try (Model with = model(0.5, backwards); Model without = model(0, backwards)) {
            Execution run = with.execution(List.of(x().shape()), TRAINING_WITH_INPUTS);
            run.load(0, x(), 0);
            run.forward(11, 4);
            Tensor y = Tensor.zeros(BATCH, 4);
            run.read(0, y, 0);
            ones(run.outputGradient(0));
            with.gradients().clear();
            run.backward();
            Tensor dx = Tensor.zeros(BATCH, TIME, INPUTS);
            run.readInputGradient(0, dx);

            Tensor masked = x();
            int fallen = 0;
            for (int b = 0; b < BATCH; b++) {
                for (int i = 0; i < INPUTS; i++) {
                    boolean falls = dx.get(b, 0, i) == 0;
                    fallen += falls ? 1 : 0;
                    for (int t = 0; t < TIME; t++) {
                        assertEquals(falls, dx.get(b, t, i) == 0, "sample " + b + ", step " + t + ", feature " + i);
                        masked.set(falls ? 0 : 2 * masked.get(b, t, i), b, t, i);
                    }
                }
            }
            assertTrue(fallen > 5 && fallen < 31, fallen + " of 36 features fell at a rate of 0.5");
            assertArrayEquals(without.predict(masked).toArray(), y.toArray());
        }
    }

    @Test
    void trainingWithRecurrentDropoutIsRefused() {
        try (Model model = Sequential
                .of(Input.shape(TIME, INPUTS), Lstm.units(4).dropout(new Lstm.Falling(0, 0.3)).named("memory"))) {
            model.predict(x());
            String said = assertThrows(
                    IllegalArgumentException.class, () -> model.execution(List.of(x().shape()), Purpose.TRAINING))
                    .getMessage();
            assertTrue(said.contains("memory") && said.contains("0.3") && said.contains("set it to 0"), said);
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

    private static void ones(Rows gradient) {
        for (int row = 0; row < BATCH; row++) {
            for (int column = 0; column < 4; column++) {
                gradient.segment().set(ValueLayout.JAVA_FLOAT, gradient.at(row) + 4L * column, 1f);
            }
        }
    }
}
