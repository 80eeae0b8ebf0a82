package dev.gatun.engine.rnn;

/** The shares of a step for every batch a plan may meet; each is worked out when it is first asked for, and kept. */
final class StepPartitions {

    private final RecurrentSizes largest;
    private final boolean wholeRows;
    private final int members;
    private final StepPartition[][] byBatch;
    private final StepPartition[] whole;

    /** @param wholeRows whether units of a row must not be shared */
    StepPartitions(RecurrentSizes largest, boolean wholeRows, int members) {
        this.largest = largest;
        this.wholeRows = wholeRows;
        this.members = members;
        this.byBatch = new StepPartition[largest.batch() + 1][];
        this.whole = new StepPartition[largest.batch() + 1];
    }

    /** One share for each member. */
    StepPartition[] of(int batch) {
        if (byBatch[batch] == null) {
            byBatch[batch] = StepPartition.all(largest.with(batch, largest.time()), wholeRows, members);
        }
        return byBatch[batch];
    }

    /** The share of a thread that does it all. */
    StepPartition whole(int batch) {
        if (whole[batch] == null) {
            whole[batch] = StepPartition.of(largest.with(batch, largest.time()), 0, 1);
        }
        return whole[batch];
    }
}
