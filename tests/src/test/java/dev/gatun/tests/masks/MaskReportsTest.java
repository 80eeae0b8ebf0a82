package dev.gatun.tests.masks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Embedding;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Mask;
import dev.gatun.layers.Masking;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.History;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.kernels.Bits;
import dev.gatun.tests.gradients.EnginePass;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people ran into with masks elsewhere, as public reports tell it: each a kind of use, with the right value. */
final class MaskReportsTest {

    /** deeplearning4j #4631: a mask is not forgotten on the way from an embedding to the layer that adds. */
    @Test
    void aSumOfDigitsLeavesThePaddingOut() {
        try (Model model = Sequential.of(Embedding.of(10, 1).maskZero().named("digits"), Accumulator.lstm(),
                Dense.units(1).named("end"))) {
            Accumulator.setWeights(model);
            float[] digits = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
            model.weight("digits/embeddings").set(Tensor.of(digits, 10, 1));
            model.weight("end/kernel").set(Tensor.of(new float[] {1}, 1, 1));
            int[][] padded = {{7, 1, 3}, {1, 0, 0}, {0, 0, 1}, {0, 9, 0}, {0, 0, 0}};
            assertArrayEquals(new float[] {11, 1, 1, 9, 0}, model.predict(Tensor.ofInts(padded)).toArray());
            Tensor ones = Tensor.ofInts(new int[][] {{7, 1, 3}, {1, 1, 1}});
            boolean[][] counts = {{true, true, true}, {false, false, true}};
            assertArrayEquals(new float[] {11, 1}, model.predict(ones, Mask.of(counts)).toArray());
        }
    }

    /** deeplearning4j #8701: most steps are padding in front of the data. */
    @Test
    void paddingInFrontGivesTheBitsOfTheRowsWithoutIt() {
        int time = 70;
        try (Model model = Sequential.of(Input.sequence(4), Masking.value(0), Lstm.units(128),
                Dense.units(20).activation("relu"),
                Dense.units(3))) {
            float[] padded = new float[11 * time * 4];
            for (int row = 0; row < 11; row++) {
                float[] data = EnginePass.uniform((20 - row) * 4, 1, row + 1);
                System.arraycopy(data, 0, padded, (row + 1) * time * 4 - data.length, data.length);
            }
            Tensor all = model.predict(Tensor.of(padded, 11, time, 4));
            for (int row = 0; row < 11; row++) {
                Tensor alone = Tensor.of(EnginePass.uniform((20 - row) * 4, 1, row + 1), 1, 20 - row, 4);
                Bits.same(all.row(row).toArray(), model.predict(alone).toArray(), "row " + row);
            }
        }
    }

    /** deeplearning4j #7115 and #4238: what lies under a mask leaks nowhere, and a row may be all padding. */
    @Test
    void whatLiesUnderAMaskIsOfNoMatter() {
        Mask mask = Mask.lengths(5, 3, 0, 1);
        Input x = Input.shape(5, 2).named("x");
        var last = Lstm.units(4).returnState().on(
                Lstm.units(6).returnSequences().on(Dense.units(7).activation("tanh").named("below").on(x)));
        try (Model model = Model.of(x, last, last.state().h(), last.state().c())) {
            float[] clean = EnginePass.uniform(40, 1, 5);
            List<float[]> cotangents = List.of(EnginePass.uniform(16, 1, 1), EnginePass.uniform(16, 1, 2),
                    EnginePass.uniform(16, 1, 3));
            float[] expected = pass(model, clean, mask, cotangents);
            for (float rubbish : new float[] {1e30f, Float.NaN, Float.NEGATIVE_INFINITY}) {
                float[] spoiled = clean.clone();
                Arrays.fill(spoiled, 10 + 6, 20, rubbish);
                Arrays.fill(spoiled, 20, 30, rubbish);
                Arrays.fill(spoiled, 30 + 2, 40, rubbish);
                Bits.same(pass(model, spoiled, mask, cotangents), expected, "under the mask " + rubbish);
                for (Tensor output : model.predict(List.of(Tensor.of(spoiled, 4, 5, 2)), List.of(mask))) {
                    assertArrayEquals(new float[4], output.row(2).toArray(), "a row of padding");
                }
            }
        }
    }

    private static float[] pass(Model model, float[] x, Mask mask, List<float[]> cotangents) {
        return EnginePass.of(model, List.of(Tensor.of(x, 4, 5, 2)), List.of(mask), cotangents).all();
    }

    /** deeplearning4j #3275: a layer behind an embedding. */
    @Test
    void anLstmStandsBehindAnEmbedding() {
        try (Model model = Sequential.of(Input.ints(8), Embedding.of(5000, 32), Lstm.units(100), Dense.units(1))) {
            assertEquals(213_301, model.parameterCount());
            assertTrue(model.summaryText().contains("213,301"), model.summaryText());
            Tensor y = model.predict(Tensor.ofInts(new int[][] {{1, 2, 3, 4, 5, 6, 7, 4999}}));
            assertTrue(Float.isFinite(y.toArray()[0]));
        }
    }

    /** tensorflow #82316: a layer for each step trains, and padding costs nothing. */
    @Test
    void aLayerForEachStepTrainsWithoutThePadding() {
        float[] x = EnginePass.uniform(2 * 10 * 8, 1, 3);
        Arrays.fill(x, 80 + 4 * 8, 160, -1);
        float[] y = EnginePass.uniform(20, 1, 4);
        float[] others = y.clone();
        Arrays.fill(others, 14, 20, 1e6f);
        try (Model model = step82316(); Model other = step82316()) {
            History history = trainer(model).fit(Tensor.of(x, 2, 10, 8), Tensor.of(y, 2, 10, 1));
            History withOthers = trainer(other).fit(Tensor.of(x, 2, 10, 8), Tensor.of(others, 2, 10, 1));
            assertArrayEquals(history.of("loss"), withOthers.of("loss"));
            assertTrue(history.last("loss") < 0.5 * history.of("loss")[0], history.toString());
            for (int i = 0; i < model.weights().size(); i++) {
                Bits.same(other.weights().get(i).get().toArray(), model.weights().get(i).get().toArray(),
                        model.weights().get(i).name());
            }
        }
    }

    private static Model step82316() {
        return Sequential.of(Input.shape(10, 8), Masking.value(-1), Lstm.units(8).returnSequences(),
                TimeDistributed.of(Dense.units(1)));
    }

    private static Trainer trainer(Model model) {
        return Trainer.of(model).loss(Loss.MSE).optimizer(Adam.rate(0.02)).epochs(80);
    }

    /** keras #3367: the half that goes forward. */
    @Test
    void zerosInFrontAreNotCountedByTheForwardHalf() {
        float[] x = {0, 0, 0, 1, 2, 3, 4};
        try (Model model = Sequential.of(Input.shape(7, 1), Masking.value(0), Accumulator.lstm().returnSequences())) {
            Accumulator.setWeights(model);
            assertArrayEquals(new float[] {0, 0, 0, 1, 3, 6, 10}, model.predict(Tensor.of(x, 1, 7, 1)).toArray());
        }
        try (Model model = Sequential.of(Input.shape(7, 1), Masking.value(0),
                Accumulator.lstm().returnSequences().goBackwards())) {
            Accumulator.setWeights(model);
            assertArrayEquals(new float[] {4, 7, 9, 10, 10, 10, 10},
                    model.predict(Tensor.of(x, 1, 7, 1)).toArray());
        }
    }
}
