package dev.gatun.tests.masks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.Embedding;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Mask;
import dev.gatun.layers.Masking;
import dev.gatun.layers.Node;
import dev.gatun.layers.State;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.serve.Predictor;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Metric;
import dev.gatun.layers.train.Samples;
import dev.gatun.layers.train.Trainer;
import dev.gatun.layers.train.TrainingLoop;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.own.Refusing;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Masks and lengths that are given with the data: to predictions, trainings and evaluations, and what is said of wrong ones. */
final class GivenMaskTest {

    private static final int[] LENGTHS = {6, 2, 0, 5, 1};

    private static Model model() {
        return Sequential.of(Input.sequence(3).named("x"), Dense.units(5).activation("relu").named("below"),
                Dropout.rate(0.2), Lstm.units(4).returnSequences().named("first"), Lstm.units(20).named("second"),
                Dense.units(2).named("end"));
    }

    private static Tensor x() {
        return Tensor.of(EnginePass.uniform(5 * 6 * 3, 1, 1), 5, 6, 3);
    }

    private static Tensor withRubbish() {
        float[] x = x().toArray();
        for (int row = 0; row < 5; row++) {
            Arrays.fill(x, (row * 6 + LENGTHS[row]) * 3, (row + 1) * 18, Float.NaN);
        }
        return Tensor.of(x, 5, 6, 3);
    }

    private static boolean[][] counts() {
        boolean[][] counts = new boolean[5][6];
        for (int row = 0; row < 5; row++) {
            Arrays.fill(counts[row], 0, LENGTHS[row], true);
        }
        return counts;
    }

    /** Of whatever length it is padded to, in whatever batch, by lengths or by truth values, through every door. */
    @Test
    void aRowIsPredictedAsWithoutItsPadding() {
        try (Model model = model();
                Predictor predictor = model.predictor();
                Predictor inside = model.upTo("first")) {
            float[] all = model.predict(withRubbish(), Mask.lengths(LENGTHS)).toArray();
            Bits.same(predictor.predict(withRubbish(), Mask.lengths(LENGTHS)).toArray(), all, "a predictor");
            Bits.same(model.predict(withRubbish(), Mask.of(counts())).toArray(), all, "truth values");
            Bits.same(model.predict(List.of(withRubbish()), List.of(Mask.of(counts()))).getFirst().toArray(), all,
                    "a list");
            Bits.same(model.predict(x(), Mask.NONE).toArray(), model.predict(x()).toArray(), "no mask");
            Bits.same(model.predict(x(), Mask.lengths(6, 6, 6, 6, 6)).toArray(), model.predict(x()).toArray(),
                    "a mask that leaves nothing out");
            float[] sequences = inside.predict(withRubbish(), Mask.lengths(LENGTHS)).toArray();
            for (int row = 0; row < 5; row++) {
                if (LENGTHS[row] == 0) {
                    continue;
                }
                Tensor alone = Tensor.of(Arrays.copyOfRange(x().toArray(), row * 18, row * 18 + LENGTHS[row] * 3), 1,
                        LENGTHS[row], 3);
                Bits.same(Arrays.copyOfRange(all, row * 2, row * 2 + 2), model.predict(alone).toArray(), "row " + row);
                float[] steps = inside.predict(alone).toArray();
                Bits.same(Arrays.copyOfRange(sequences, row * 24, row * 24 + steps.length), steps, "steps of " + row);
            }
        }
    }

    /** More samples than a batch, each with its own row of the mask. */
    @Test
    void everyBatchHasItsRowsOfTheMask() {
        int samples = 75;
        int[] lengths = new int[samples];
        Arrays.setAll(lengths, sample -> sample % 6 + 1);
        try (Model model = model()) {
            Tensor x = Tensor.of(EnginePass.uniform(samples * 6 * 3, 1, 9), samples, 6, 3);
            Tensor all = model.predict(x, Mask.lengths(lengths));
            for (int sample = 0; sample < samples; sample += 7) {
                Tensor alone = model.predict(x.slice(sample, 1), Mask.lengths(lengths[sample]));
                Bits.same(all.row(sample).toArray(), alone.toArray(), "sample " + sample);
            }
        }
    }

    private static Trainer trainer(Model model) {
        return Trainer.of(model).loss(Loss.MSE).metrics(Metric.MAE).epochs(3).batchSize(2);
    }

    @Test
    void aTrainingDoesNotSeeWhatLiesUnderTheMask() {
        Tensor y = Tensor.of(EnginePass.uniform(10, 1, 2), 5, 2);
        try (Model clean = model(); Model spoiled = model(); Model byHand = model()) {
            Mask mask = Mask.lengths(LENGTHS);
            assertEquals(trainer(clean).fit(x(), y, mask), trainer(spoiled).fit(withRubbish(), y, mask));
            for (int i = 0; i < clean.weights().size(); i++) {
                float[] weight = clean.weights().get(i).get().toArray();
                Bits.same(spoiled.weights().get(i).get().toArray(), weight, clean.weights().get(i).name());
                assertTrue(!Arrays.equals(weight, byHand.weights().get(i).get().toArray()));
            }
            assertEquals(trainer(clean).evaluate(x(), y, mask), trainer(spoiled).evaluate(withRubbish(), y, mask));
            assertEquals(trainer(clean).trainOnBatch(x(), y, mask),
                    trainer(spoiled).trainOnBatch(withRubbish(), y, mask));
            try (TrainingLoop one = trainer(clean).open(); TrainingLoop other = trainer(spoiled).open()) {
                assertEquals(one.step(Samples.of(x(), y).masked(mask)),
                        other.step(Samples.of(withRubbish(), y).masked(mask)));
            }
            Samples held = Samples.of(withRubbish(), y).masked(mask);
            assertTrue(Double.isFinite(trainer(clean).validation(held).fit(x(), y).last("val_loss")));
            assertTrue(Double.isFinite(trainer(clean).validation(0.4).fit(held).last("val_loss")));
        }
    }

    /** Several inputs, one of them without steps; and a decoder that begins where a masked encoder ends. */
    @Test
    void eachInputHasItsOwnMask() {
        Input from = Input.sequence(2).named("from");
        Input extra = Input.shape(4).named("extra");
        Input to = Input.sequence(2).named("to");
        var read = Lstm.units(4).returnState().on(from);
        Node written = Lstm.units(4).on(to, State.of(read.state().h(), Dense.units(4).on(extra)));
        try (Model model = Model.of(List.of(from, extra, to), List.of(written))) {
            Tensor a = Tensor.of(EnginePass.uniform(2 * 5 * 2, 1, 1), 2, 5, 2);
            Tensor b = Tensor.of(EnginePass.uniform(8, 1, 2), 2, 4);
            Tensor c = Tensor.of(EnginePass.uniform(2 * 3 * 2, 1, 3), 2, 3, 2);
            List<Mask> masks = List.of(Mask.lengths(5, 2), Mask.NONE, Mask.lengths(1, 3));
            float[] got = model.predict(List.of(a, b, c), masks).getFirst().toArray();
            Tensor short1 = Tensor.of(Arrays.copyOfRange(a.toArray(), 10, 14), 1, 2, 2);
            float[] second = model.predict(List.of(short1, b.slice(1, 1), c.slice(1, 1))).getFirst().toArray();
            Bits.same(Arrays.copyOfRange(got, 4, 8), second, "the second row");
            said(() -> model.predict(List.of(a, b, c), List.of(Mask.lengths(5, 2))), "2 inputs of sequences",
                    "Mask.NONE");
            said(() -> model.predict(List.of(a, b, c), List.of(Mask.NONE, Mask.NONE)), "3 input(s)", "2 masks");
            said(() -> model.predict(List.of(a, b, c), List.of(Mask.NONE, Mask.lengths(1, 1), Mask.NONE)), "'extra'",
                    "(None, 4)");
        }
    }

    @Test
    void aMaskThatDoesNotFitIsRefused() {
        try (Model model = model()) {
            said(() -> model.predict(x(), Mask.lengths(1, 2)), "input 'x'", "2 samples", "have 5");
            said(() -> model.predict(x(), Mask.lengths(1, 2, 3, 4, 7)), "7 steps of sample 4", "6 steps");
            said(() -> model.predict(x(), Mask.of(new boolean[5][4])), "4 steps", "have 6");
            said(() -> model.predict(x(), Mask.of(new boolean[4][6])), "4 samples", "row for each");
            said(() -> trainer(model).fit(x(), Tensor.zeros(5, 2), Mask.lengths(1)), "1 samples", "have 5");
        }
        assertThrows(ShapeException.class, () -> Mask.of(new boolean[][] {{true}, {true, false}}));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Mask.lengths(3, -1)).getMessage()
                .contains("sample 1"));
        try (Model model = Sequential.of(Input.shape(4), Dense.units(1))) {
            said(() -> model.predict(Tensor.zeros(2, 4), Mask.lengths(1, 1)), "0 inputs of sequences");
        }
        try (Model model = Sequential.of(Input.shape(4, 3), Refusing.masks().named("turn"), Lstm.units(2))) {
            said(() -> model.predict(Tensor.zeros(2, 4, 3), Mask.lengths(1, 1)), "'turn'", "cannot leave steps out");
            assertEquals(2, model.predict(Tensor.zeros(1, 4, 3)).shape().last());
        }
    }

    private static void said(Executable call, String... parts) {
        String said = assertThrows(IllegalArgumentException.class, call).getMessage();
        for (String part : parts) {
            assertTrue(said.contains(part), said);
        }
    }

    /** A mask that is given and one that a layer makes: a step counts if both say so. */
    @Test
    void aLayerThatMakesAMaskGoesByTheGivenOneToo() {
        try (Model model = Sequential.of(Input.sequence(1), Masking.value(-1), Accumulator.lstm())) {
            Accumulator.setWeights(model);
            Tensor x = Tensor.of(new float[] {1, -1, 2, 5, 3, 4, -1, Float.NaN}, 2, 4, 1);
            assertArrayEquals(new float[] {3, 7}, model.predict(x, Mask.lengths(3, 3)).toArray());
        }
        try (Model model = Sequential.of(Embedding.of(3, 1).named("e"), Accumulator.lstm())) {
            Accumulator.setWeights(model);
            model.weight("e/embeddings").set(Tensor.of(new float[] {10, 1, 2}, 3, 1));
            Tensor ids = Tensor.ofInts(new int[][] {{1, 2, -7, 99}, {0, 0, 2, 2}});
            assertArrayEquals(new float[] {3, 24}, model.predict(ids, Mask.lengths(2, 4)).toArray());
        }
    }

    /** A stack on several threads, whose lower layer shows other rows than its states. */
    @Test
    void aStackOnThreadsReadsWhatTheLayerBelowShows() {
        for (boolean zeroes : new boolean[] {false, true}) {
            Input x = Input.sequence(48);
            Input h = Input.shape(48);
            Node below = Lstm.units(48).returnSequences().zeroOutputForMask(zeroes).on(x, State.of(h, h));
            Node above = Lstm.units(48).returnSequences().on(below);
            try (Model model = Model.of(List.of(x, h), List.of(above))) {
                Tensor data = Tensor.of(EnginePass.uniform(64 * 48, 1, 1), 1, 64, 48);
                Tensor state = Tensor.of(EnginePass.uniform(48, 1, 2), 1, 48);
                boolean[][] counts = new boolean[1][64];
                for (int t = 5; t < 64; t++) {
                    counts[0][t] = t % 3 != 0;
                }
                List<Mask> masks = List.of(Mask.of(counts), Mask.NONE);
                float[] alone = model.predict(List.of(data, state), masks).getFirst().toArray();
                model.threads(2);
                Bits.same(model.predict(List.of(data, state), masks).getFirst().toArray(), alone, "two threads");
            }
        }
    }

    /** The last output is that of the last step; with zeros it is zero if that does not count, in both directions of time. */
    @Test
    void zerosInThePlaceOfTheLastOutput() {
        Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3, 1);
        Mask mask = Mask.of(new boolean[][] {{true, true, false}, {false, true, true}});
        for (boolean backwards : new boolean[] {false, true}) {
            Lstm lstm = Accumulator.lstm().zeroOutputForMask().goBackwards(backwards);
            try (Model last = Sequential.of(Input.shape(3, 1), lstm);
                    Model all = Sequential.of(Input.shape(3, 1), lstm.returnSequences())) {
                Accumulator.setWeights(last);
                Accumulator.setWeights(all);
                float[] expected = backwards ? new float[] {3, 0} : new float[] {0, 11};
                assertArrayEquals(expected, last.predict(x, mask).toArray());
                float[] steps = backwards ? new float[] {0, 2, 3, 6, 11, 0} : new float[] {1, 3, 0, 0, 5, 11};
                assertArrayEquals(steps, all.predict(x, mask).toArray());
                EnginePass pass = EnginePass.of(last, List.of(x), List.of(mask), List.of(new float[] {1, 1}));
                float[] gradient = backwards ? new float[] {1, 1, 0, 0, 0, 0} : new float[] {0, 0, 0, 0, 1, 1};
                assertArrayEquals(gradient, pass.inputs().getFirst());
            }
        }
    }

    /** Padding costs nothing at outputs that still have steps: neither in the loss, nor in metrics, nor in what is checked. */
    @Test
    void targetsUnderTheMaskAreNotLookedAt() {
        try (Model model = Sequential.of(Input.shape(3, 2), Lstm.units(3).returnSequences(),
                TimeDistributed.of(Dense.units(4).activation("softmax")))) {
            Tensor x = Tensor.of(EnginePass.uniform(12, 1, 3), 2, 3, 2);
            Trainer trainer = Trainer.of(model).loss(Loss.SPARSE_CATEGORICAL_CROSSENTROPY).metrics(Metric.ACCURACY);
            Mask mask = Mask.lengths(1, 3);
            Map<String, Double> padded = trainer.evaluate(x, Tensor.of(new float[] {1, -1, Float.NaN, 2, 3, 0}, 2, 3),
                    mask);
            assertEquals(padded, trainer.evaluate(x, Tensor.of(new float[] {1, 3, 2, 2, 3, 0}, 2, 3, 1), mask));
            assertTrue(Double.isFinite(padded.get("loss")), padded.toString());
            assertThrows(IllegalArgumentException.class,
                    () -> trainer.evaluate(x, Tensor.of(new float[] {-1, 0, 0, 2, 3, 0}, 2, 3), mask));
        }
    }
}
