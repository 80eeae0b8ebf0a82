package dev.gatun.layers.train;

/** Batches of samples of like lengths, whose padding is short. */
final class LengthGroups {

    /** Batches that are sorted together: enough for like lengths, few enough that each epoch has others. */
    private static final int POOL = 32;

    private final BatchLengths lengths;
    private final int batch;

    private LengthGroups(BatchLengths lengths, int batch) {
        this.lengths = lengths;
        this.batch = batch;
    }

    /** @throws IllegalArgumentException if the samples have no mask */
    static LengthGroups of(CheckedSamples samples, int batch) {
        BatchLengths lengths = BatchLengths.of(samples);
        if (lengths == null) {
            throw new IllegalArgumentException(
                    "groupByLength needs to know how long the sequences are; give a mask with "
                            + "the data, for example Samples.of(Sequences.of(...), y), or leave it out");
        }
        return new LengthGroups(lengths, batch);
    }

    /** Changes the order of an epoch. A last batch of fewer samples keeps its own. */
    void arrange(int[] order, TrainingSession session, boolean isShuffled) {
        int whole = order.length / batch;
        int end = whole * batch;
        int pool = (int) Math.min((long) POOL * batch, Math.max(1, end));
        for (int first = 0; first < end; first += pool) {
            lengths.longestFirst(order, first, Math.min(end - first, pool) + first);
        }
        lengths.longestFirst(order, whole * batch, order.length);
        if (isShuffled) {
            int[] batches = new int[whole];
            session.shuffleBatches(batches);
            int[] sorted = order.clone();
            for (int i = 0; i < whole; i++) {
                System.arraycopy(sorted, batches[i] * batch, order, i * batch, batch);
            }
        }
    }
}
