package dev.gatun.layers.train;

import dev.gatun.engine.random.Philox;

/** The order of samples in an epoch: a function of seed and epoch, nothing else. */
final class Shuffle {

    /** Apart from the streams of dropout, which count steps from 0, and of first weights, from 2^62. */
    private static final long STREAM = 1L << 61;

    private Shuffle() {}

    /** Fills in 0 .. length - 1 in order. */
    static void identity(int[] order) {
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
    }

    /** Fills in a permutation of 0 .. length - 1 (Fisher and Yates, as Durstenfeld 1964). */
    static void permute(int[] order, long seed, long epoch) {
        identity(order);
        Philox random = new Philox(seed, STREAM + epoch);
        for (int i = order.length - 1; i > 0; i--) {
            int k = random.below(i + 1, i);
            int kept = order[i];
            order[i] = order[k];
            order[k] = kept;
        }
    }
}
