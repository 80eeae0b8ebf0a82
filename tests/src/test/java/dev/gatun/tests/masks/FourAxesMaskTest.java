package dev.gatun.tests.masks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Mask;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.nested.Nested;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Metric;
import dev.gatun.layers.train.Samples;
import dev.gatun.layers.train.Sgd;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Masks of sequences whose steps are sequences themselves, [B,T,S,F]: a step counts with all that it holds, or not at all. */
final class FourAxesMaskTest {

    private static final int BATCH = 3;
    private static final int TIME = 4;
    private static final int STEPS = 5;
    private static final int FEATURES = 2;
    private static final int IN_STEP = STEPS * FEATURES;
    /** Neither the first nor the last steps alone, so that a row that is looked up in a wrong place is seen. */
    private static final boolean[][] COUNTS = {
        {true, false, true, true}, {false, false, false, true}, {true, true, true, false}};

    private static float[] clean() {
        return EnginePass.uniform(BATCH * TIME * IN_STEP, 1, 1);
    }

    /** With something else in the steps that do not count. */
    private static float[] spoiled(float[] clean, float rubbish) {
        float[] spoiled = clean.clone();
        int inStep = clean.length / (BATCH * TIME);
        for (int step = 0; step < BATCH * TIME; step++) {
            if (!COUNTS[step / TIME][step % TIME]) {
                Arrays.fill(spoiled, step * inStep, (step + 1) * inStep, rubbish);
            }
        }
        return spoiled;
    }

    private static Tensor tensor(float[] numbers) {
        return Tensor.of(numbers, BATCH, TIME, STEPS, numbers.length / (BATCH * TIME * STEPS));
    }

    /** Rows of some units for each inner step. */
    private static Model inner(String activation, int units) {
        return Sequential.of(Input.shape(TIME, STEPS, FEATURES),
                TimeDistributed.of(Nested.chain(Input.shape(STEPS, FEATURES), Lstm.units(3).returnSequences(),
                        Dense.units(units).activation(activation))).named("each"));
    }

    @Test
    void whatLiesUnderTheMaskIsZeroAndTheRestAsItWas() {
        try (Model model = inner("linear", 2)) {
            float[] got = model.predict(tensor(spoiled(clean(), Float.NaN)), Mask.of(COUNTS)).toArray();
            Bits.same(got, model.predict(tensor(spoiled(clean(), 0))).toArray(), "zeros in the place of NaN");
        }
    }

    /** Each sample as it is alone, without the steps that do not count. */
    @Test
    void aSampleIsPredictedAsWithoutItsOtherSteps() {
        try (Model model = Sequential.of(Input.shape(Shape.UNKNOWN, STEPS, FEATURES),
                TimeDistributed.of(Lstm.units(3)).named("each"), Lstm.units(4).named("over"))) {
            Tensor all = model.predict(tensor(spoiled(clean(), Float.NaN)), Mask.of(COUNTS));
            for (int sample = 0; sample < BATCH; sample++) {
                float[] kept = new float[TIME * IN_STEP];
                int count = 0;
                for (int t = 0; t < TIME; t++) {
                    if (COUNTS[sample][t]) {
                        System.arraycopy(clean(), (sample * TIME + t) * IN_STEP, kept, count++ * IN_STEP, IN_STEP);
                    }
                }
                Tensor alone = Tensor.of(Arrays.copyOf(kept, count * IN_STEP), 1, count, STEPS, FEATURES);
                Bits.same(all.row(sample).toArray(), model.predict(alone).toArray(), "sample " + sample);
            }
        }
    }

    private static Trainer trainer(Model model) {
        return Trainer.of(model).loss(Loss.MSE).metrics(Metric.MAE).optimizer(Sgd.rate(0.1)).epochs(2).batchSize(2)
                .shuffle(false);
    }

    /** Loss and metric by hand from what the model predicts; rubbish in data and targets is neither seen nor refused. */
    @Test
    void lossesAndMetricsLeaveTheSameRowsOut() {
        float[] y = EnginePass.uniform(BATCH * TIME * STEPS, 1, 2);
        try (Model model = inner("linear", 1)) {
            float[] predicted = model.predict(tensor(spoiled(clean(), 0))).toArray();
            double squares = 0;
            double sizes = 0;
            int counted = 0;
            for (int row = 0; row < y.length; row++) {
                if (COUNTS[row / STEPS / TIME][row / STEPS % TIME]) {
                    double apart = (double) predicted[row] - y[row];
                    squares += apart * apart;
                    sizes += Math.abs(apart);
                    counted += 1;
                }
            }
            Samples samples = Samples.of(tensor(spoiled(clean(), Float.NaN)), tensor(spoiled(y, Float.NaN)))
                    .masked(Mask.of(COUNTS));
            Map<String, Double> got = trainer(model).batchSize(BATCH).evaluate(samples);
            assertEquals(squares / counted, got.get("loss"), 1e-6);
            assertEquals(sizes / counted, got.get("mae"), 1e-6);
            double weighted = trainer(model).batchSize(BATCH)
                    .evaluate(samples.weighted(Tensor.of(new float[] {2, 2, 2}, 3))).get("loss");
            assertEquals(2 * squares / counted, weighted, 1e-6);
        }
    }

    @Test
    void aTrainingDoesNotSeeWhatLiesUnderTheMask() {
        float[] y = EnginePass.uniform(BATCH * TIME * STEPS, 1, 2);
        Mask mask = Mask.of(COUNTS);
        try (Model one = inner("linear", 1); Model other = inner("linear", 1)) {
            assertEquals(trainer(one).fit(tensor(clean()), tensor(y), mask),
                    trainer(other).fit(tensor(spoiled(clean(), Float.NaN)), tensor(spoiled(y, 1e6f)), mask));
            for (int i = 0; i < one.weights().size(); i++) {
                Bits.same(other.weights().get(i).get().toArray(), one.weights().get(i).get().toArray(),
                        one.weights().get(i).name());
            }
        }
    }

    /** A number that counts is refused with its place, wherever it stands. */
    @Test
    void whatCountsIsLookedAt() {
        Mask mask = Mask.of(COUNTS);
        try (Model model = inner("softmax", 3)) {
            Trainer trainer = Trainer.of(model).loss(Loss.SPARSE_CATEGORICAL_CROSSENTROPY);
            float[] classes = spoiled(new float[BATCH * TIME * STEPS], -1);
            assertTrue(Double.isFinite(trainer.evaluate(tensor(clean()), tensor(classes), mask).get("loss")));
            Tensor withoutLast = Tensor.of(classes, BATCH, TIME, STEPS);
            assertTrue(Double.isFinite(trainer.evaluate(tensor(clean()), withoutLast, mask).get("loss")));
            for (int sample = 0; sample < BATCH; sample++) {
                for (int t = 0; t < TIME; t++) {
                    if (COUNTS[sample][t]) {
                        float[] x = clean();
                        x[(sample * TIME + t) * IN_STEP + 7] = Float.NaN;
                        said(() -> trainer.evaluate(tensor(x), tensor(classes), mask),
                                "x[" + sample + ", " + t + ", 3, 1] is NaN");
                        float[] wrong = classes.clone();
                        wrong[(sample * TIME + t) * STEPS + 4] = 3;
                        said(() -> trainer.evaluate(tensor(clean()), tensor(wrong), mask),
                                "y[" + sample + ", " + t + ", 4, 0] is 3.0");
                    }
                }
            }
        }
    }

    private static void said(Executable call, String part) {
        String said = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(said.contains(part), said);
    }
}
