package dev.gatun.engine.rnn;

/** The shares of a step for every batch a plan may meet; each is worked out when it is first asked for, and kept. */
final class StepPartitions {

    private final RecurrentSizes largest;
    private final boolean wholeRows;
    private final int members;
    private final StepPartition[][] byBatch;
    private final StepPartition[] whole;

    StepPartitions(RecurrentSizes largest, int members) {
        this(largest, false, members);
    }

    /** @param wholeRows whether members share rows only, however few there are */
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
            RecurrentSizes sizes = largest.with(batch, largest.time());
            byBatch[batch] = wholeRows ? StepPartition.allOfRows(sizes, members) : StepPartition.all(sizes, members);
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
