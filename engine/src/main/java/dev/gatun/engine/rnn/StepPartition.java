package dev.gatun.engine.rnn;

import dev.gatun.engine.cpu.Caches;
import dev.gatun.engine.team.Partition;

/**
 * One member's share of a time step. A batch is split by rows, and then no member ever waits for another, because rows do
 * not meet. A batch too small for that is split by units, and members meet after each step; so is a layer whose recurrent
 * kernel does not fit a core's L2, of which each core then keeps a slice (DeepCPU, USENIX ATC 2018).
 *
 * @param byRows     which of the two
 * @param firstRow   first row of the batch
 * @param rows       number of rows
 * @param firstBlock first group of 16 units
 * @param endBlock   end of the groups
 */
record StepPartition(boolean byRows, int firstRow, int rows, int firstBlock, int endBlock) {

    static StepPartition of(RecurrentSizes sizes, int member, int size) {
        int batch = sizes.batch();
        int blocks = sizes.unitBlocks();
        boolean fits = sizes.recurrentKernel().strips().bytes() <= Caches.HERE.l2();
        if (size == 1 || Partition.hasRowsForAll(batch, size) && fits) {
            return ofRows(sizes, member, size);
        }
        return new StepPartition(false, 0, batch, Partition.first(blocks, member, size),
                Partition.first(blocks, member + 1, size));
    }

    /** By rows in any case: with fewer than four for each, some members have none. */
    static StepPartition ofRows(RecurrentSizes sizes, int member, int size) {
        return new StepPartition(true, Partition.firstRow(sizes.batch(), member, size),
                Partition.rowsOf(sizes.batch(), member, size), 0, sizes.unitBlocks());
    }

    static StepPartition[] all(RecurrentSizes sizes, int size) {
        StepPartition[] splits = new StepPartition[size];
        for (int member = 0; member < size; member++) {
            splits[member] = of(sizes, member, size);
        }
        return splits;
    }

    static StepPartition[] allOfRows(RecurrentSizes sizes, int size) {
        StepPartition[] splits = new StepPartition[size];
        for (int member = 0; member < size; member++) {
            splits[member] = ofRows(sizes, member, size);
        }
        return splits;
    }
}
