package dev.gatun.engine.lstm;

import dev.gatun.engine.team.Split;

/**
 * One member's share of a time step. A batch is split by rows, and then no member ever waits for another, because rows do
 * not meet; a batch too small for that is split by units, and members meet after each step.
 *
 * @param byRows     which of the two
 * @param firstRow   first row of the batch
 * @param rows       number of rows
 * @param firstBlock first group of 16 units
 * @param endBlock   end of the groups
 */
record StepSplit(boolean byRows, int firstRow, int rows, int firstBlock, int endBlock) {

    /** Rows of a tile: a share below this is not worth a member. */
    private static final int TILE = 4;

    static StepSplit of(int batch, int blocks, int member, int size) {
        if (batch >= TILE * size) {
            int first = Split.first(batch, TILE, member, size);
            return new StepSplit(true, first, Split.first(batch, TILE, member + 1, size) - first, 0, blocks);
        }
        return new StepSplit(false, 0, batch, Split.first(blocks, member, size), Split.first(blocks, member + 1, size));
    }

    static StepSplit[] all(int batch, int blocks, int size) {
        StepSplit[] splits = new StepSplit[size];
        for (int member = 0; member < size; member++) {
            splits[member] = of(batch, blocks, member, size);
        }
        return splits;
    }
}
