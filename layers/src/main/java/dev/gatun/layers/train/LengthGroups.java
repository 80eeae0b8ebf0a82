package dev.gatun.layers.train;

import dev.gatun.layers.runtime.LengthOrder;
import java.util.Arrays;

/** Batches of samples of like lengths, whose padding is short. */
final class LengthGroups {

    /** Batches that are sorted together: enough for like lengths, few enough that each epoch has others. */
    private static final int POOL = 32;

    private final int[] lengths;
    private final int batch;

    private LengthGroups(int[] lengths, int batch) {
        this.lengths = lengths;
        this.batch = batch;
    }

    /** @throws IllegalArgumentException if the samples have no mask */
    static LengthGroups of(CheckedSamples samples, int batch) {
        if (samples.masked().isEmpty()) {
            throw new IllegalArgumentException(
                    "groupByLength needs to know how long the sequences are; give a mask with "
                            + "the data, for example Samples.of(Sequences.of(...), y), or leave it out");
        }
        int firstMask = samples.inputs().size() - samples.masked().size();
        return new LengthGroups(LengthOrder.lengths(samples.inputs().get(firstMask)), batch);
    }

    /** Changes the order of an epoch. A last batch of fewer samples keeps its own. */
    void arrange(int[] order, TrainingSession session, boolean isShuffled) {
        int whole = order.length / batch;
        int end = whole * batch;
        int pool = (int) Math.min((long) POOL * batch, Math.max(1, end));
        for (int first = 0; first < end; first += pool) {
            sort(order, first, Math.min(end - first, pool) + first);
        }
        sort(order, whole * batch, order.length);
        if (isShuffled) {
            int[] batches = new int[whole];
            session.shuffleBatches(batches);
            int[] sorted = order.clone();
            for (int i = 0; i < whole; i++) {
                System.arraycopy(sorted, batches[i] * batch, order, i * batch, batch);
            }
        }
    }

    /** The longest first; of equal lengths the one that came first. */
    private void sort(int[] order, int first, int end) {
        long[] keys = new long[end - first];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = (long) -lengths[order[first + i]] << Integer.SIZE | i;
        }
        Arrays.sort(keys);
        int[] before = Arrays.copyOfRange(order, first, end);
        for (int i = 0; i < keys.length; i++) {
            order[first + i] = before[(int) keys[i]];
        }
    }
}
