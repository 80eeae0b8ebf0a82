package dev.gatun.tests.sequences;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.Gru;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Mask;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Samples;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Issue G, number 8: a batch of sequences of several lengths is trained the longest first, whatever order it is given in, and has
 * the same bits in any. Ragged batches that cost as much as padded ones: pytorch #149194, onnxruntime #11830.
 */
final class SortedBatchTest {

    private static final int TIME = 9;
    private static final int[] LENGTHS = {4, 9, 0, 1, 7, 3, 8, 2, 6, 5};
    private static final int[] LONGEST_FIRST = {1, 6, 4, 8, 9, 0, 5, 7, 3, 2};

    private static Tensor rows(Tensor tensor, int[] order) {
        float[] numbers = tensor.toArray();
        int each = numbers.length / order.length;
        float[] moved = new float[numbers.length];
        for (int i = 0; i < order.length; i++) {
            System.arraycopy(numbers, order[i] * each, moved, i * each, each);
        }
        return Tensor.of(moved, tensor.shape().toArray());
    }

    private static Samples samples(int[] order, boolean inFront) {
        int[] lengths = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            lengths[i] = LENGTHS[order[i]];
        }
        boolean[][] counts = new boolean[order.length][TIME];
        for (int i = 0; i < order.length; i++) {
            for (int t = 0; t < TIME; t++) {
                counts[i][t] = inFront ? t >= TIME - lengths[i] : t < lengths[i];
            }
        }
        Tensor x = Tensor.of(EnginePass.uniform(LENGTHS.length * TIME * 3, 1, 1), LENGTHS.length, TIME, 3);
        Tensor y = Tensor.of(EnginePass.uniform(LENGTHS.length * TIME * 2, 1, 2), LENGTHS.length, TIME, 2);
        Tensor weights = Tensor.of(EnginePass.uniform(LENGTHS.length, 1, 3), LENGTHS.length);
        return Samples.of(rows(x, order), rows(y, order)).weighted(rows(weights, order)).masked(Mask.of(counts));
    }

    private static Model model(boolean bothWays) {
        Lstm first = Lstm.units(5).returnSequences();
        Model model = Sequential.of(Input.sequence(3), bothWays ? Bidirectional.of(first) : first,
                Dropout.rate(0.3), Gru.units(4).returnSequences(), Dense.units(2));
        model.initialize(7);
        return model;
    }

    private static void same(Model got, Model expected, String what) {
        for (int i = 0; i < expected.weights().size(); i++) {
            Bits.same(got.weights().get(i).get().toArray(), expected.weights().get(i).get().toArray(),
                    what + ", " + expected.weights().get(i).name());
        }
    }

    private static int[] asGiven() {
        int[] order = new int[LENGTHS.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        return order;
    }

    @Test
    void anyOrderOfABatchHasTheSameBits() {
        List<int[]> orders = new ArrayList<>(List.of(asGiven(), new int[] {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}));
        for (boolean inFront : new boolean[] {false, true}) {
            for (int chunk : new int[] {Integer.MAX_VALUE, 4}) {
                boolean bothWays = chunk > TIME;
                try (Model expected = model(bothWays)) {
                    Trainer sorted = trainer(expected, chunk);
                    double loss = sorted.trainOnBatch(samples(LONGEST_FIRST, inFront)).get("loss");
                    sorted.fit(samples(LONGEST_FIRST, inFront));
                    for (int[] order : orders) {
                        try (Model got = model(bothWays)) {
                            Trainer trainer = trainer(got, chunk);
                            assertEquals(loss, trainer.trainOnBatch(samples(order, inFront)).get("loss"));
                            trainer.fit(samples(order, inFront));
                            same(got, expected, "in front " + inFront + ", chunks of " + chunk);
                        }
                    }
                }
            }
        }
    }

    private static Trainer trainer(Model model, int chunk) {
        Trainer trainer = Trainer.of(model).loss(Loss.MSE).epochs(2).batchSize(LENGTHS.length).shuffle(false);
        return chunk == Integer.MAX_VALUE ? trainer : trainer.truncatedBptt(chunk);
    }

    /** Batches keep the samples they have. */
    @Test
    void onlyTheOrderWithinABatchChanges() {
        int[] halves = {4, 0, 5, 3, 2, 1, 6, 8, 9, 7};
        try (Model expected = model(true); Model got = model(true)) {
            Trainer.of(expected).loss(Loss.MSE).batchSize(5).shuffle(false).fit(samples(halves, false));
            Trainer.of(got).loss(Loss.MSE).batchSize(5).shuffle(false)
                    .fit(samples(new int[] {2, 3, 0, 4, 5, 9, 7, 1, 8, 6},
                            false));
            same(got, expected, "batches of five");
        }
    }
}
