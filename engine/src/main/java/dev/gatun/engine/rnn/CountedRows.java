package dev.gatun.engine.rnn;

/**
 * Which rows of a stretch of steps a product over all of them is worth making for. Steps follow one another, row {@code t B + b};
 * without a mask all rows are one run.
 */
final class CountedRows {

    /** A gap that is shorter costs less than the reading of the weights once more. */
    private static final int SHORTEST_GAP = 8;

    private final RecurrentMemory memory;

    CountedRows(RecurrentMemory memory) {
        this.memory = memory;
    }

    /** The first row from {@code row} on that counts, or {@code end}. */
    long first(long row, long end) {
        long at = row;
        while (memory.mask() != null && at < end && !memory.counts(at)) {
            at++;
        }
        return at;
    }

    /** The end of the run of rows that begins with one that counts: behind it lies a gap, or {@code end}. */
    long endOfRun(long row, long end) {
        if (memory.mask() == null) {
            return end;
        }
        long runEnd = row + 1;
        for (long at = runEnd; at < end && at - runEnd < SHORTEST_GAP; at++) {
            if (memory.counts(at)) {
                runEnd = at + 1;
            }
        }
        return runEnd;
    }
}
