package dev.gatun.engine.rnn;

import dev.gatun.engine.cpu.Caches;
import dev.gatun.engine.gemm.ChainedProduct;
import dev.gatun.engine.gemm.Product;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.team.Team;

/**
 * A recurrent layer over a whole sequence, forward: {@code z = bias + x kernel} for all steps at once, then step by step
 * {@code z[t] += h[t-1] recurrentKernel}, or both in one chain per step where the weights are small, and the cell, 16 units at a
 * time while their z is in the first-level cache. Rows whose step a mask leaves out take no part: their states stay as they are.
 *
 * <p>Assumes that {@code memory.x}, and the rows of every state before the largest batch, hold the input and the initial state.
 */
public final class RecurrentForward implements Team.Job {

    /** Rows of the largest batch from which a chain pays: fewer are no tile. */
    private static final int FEWEST_ROWS = 4;
    /** Of a core's L2. */
    private static final double WEIGHTS_SHARE = 0.75;

    private final RecurrentSizes largest;
    private final RecurrentMemory memory;
    private final Team team;
    private final CellSteps cell;
    private final Product input;
    private final Product recurrent;
    /** Both as one, or null where the weights are too large to be read for every step. */
    private final ChainedProduct chained;
    private final StepPartitions partitions;
    private final KeptStates kept;
    private int batch;
    private int time;
    private StepPartition[] splits;
    private StepPartition whole;

    public RecurrentForward(RecurrentSizes sizes, CellKernel cell, RecurrentMemory memory, RecurrentWeights weights,
            Team team) {
        this.largest = sizes;
        this.memory = memory;
        this.team = team;
        this.cell = cell.steps(memory, null);
        RowsView bias = weights.hasBias() ? new RowsView(weights.segment(), weights.biasBytes(), 0) : memory.zeros();
        this.input = new Product(
                memory.x(), weights.segment(), weights.kernelBytes(), sizes.kernel().strips(), memory.z(), bias);
        this.recurrent = new Product(
                memory.h(), weights.segment(), weights.recurrentBytes(), sizes.recurrentKernel().strips(), memory.z(),
                memory.z());
        this.chained = isChained(sizes) ? recurrent.after(input) : null;
        this.partitions = new StepPartitions(sizes, team.size());
        this.kept = new KeptStates(memory);
        resize(sizes.batch(), sizes.time());
    }

    /** Small weights stay in a core's cache, and its rows are enough for tiles. */
    static boolean isChained(RecurrentSizes sizes) {
        return ChainedProduct.isPossible(sizes.inputs(), sizes.units()) && sizes.batch() >= FEWEST_ROWS
                && sizes.weightBytes() <= Caches.HERE.l2() * WEIGHTS_SHARE;
    }

    /**
     * Says how much of the memory the runs that follow use; allocates nothing for a batch that was there before.
     *
     * @param activeBatch B, 1 to the largest
     * @param activeTime  T, 0 to the largest
     */
    public void resize(int activeBatch, int activeTime) {
        batch = activeBatch;
        time = activeTime;
        splits = partitions.of(activeBatch);
        whole = partitions.whole(activeBatch);
    }

    /** The sizes of the runs that follow. */
    public RecurrentSizes sizes() {
        return largest.with(batch, time);
    }

    public void run() {
        team.run(this);
    }

    @Override
    public void run(int member, int size) {
        StepPartition split = splits[member];
        int chunk = memory.timeChunk(batch);
        for (int chunkStart = 0; chunkStart < time; chunkStart += chunk) {
            int steps = Math.min(chunk, time - chunkStart);
            if (split.byRows()) {
                stepsOfRows(chunkStart, steps, split, member, size);
            } else {
                stepsOfUnits(chunkStart, steps, split);
            }
        }
    }

    /**
     * Steps {@code from ... from + steps - 1} by the calling thread, the steps before them done; in an inference plan, no more
     * than there is room for gates.
     */
    void runSteps(int from, int steps) {
        if (chained == null) {
            input.rows((long) from * batch, (long) slot(from, 0) * batch, 0, steps * batch);
        }
        for (int step = 0; step < steps; step++) {
            step(from + step, slot(from, step), whole);
        }
    }

    /** All steps by the calling thread. */
    void runAlone() {
        int chunk = memory.timeChunk(batch);
        for (int from = 0; from < time; from += chunk) {
            runSteps(from, Math.min(chunk, time - from));
        }
    }

    /** Rows never meet, but a member's share of the input's product is not that of its steps. */
    private void stepsOfRows(int chunkStart, int steps, StepPartition split, int member, int size) {
        if (chained == null) {
            input.share((long) chunkStart * batch, (long) slot(chunkStart, 0) * batch, 0, steps * batch, member, size);
            team.barrier();
        }
        for (int step = 0; step < steps; step++) {
            step(chunkStart + step, slot(chunkStart, step), split);
        }
        if (chained == null) {
            team.barrier();
        }
    }

    /** Where the gates of a step stand: in training all are kept; otherwise a chain needs room for those of one step only. */
    private int slot(int chunkStart, int step) {
        if (memory.training()) {
            return chunkStart + step;
        }
        return chained == null ? step : 0;
    }

    /** Members need each other's h after every step; z is their own all the way. */
    private void stepsOfUnits(int chunkStart, int steps, StepPartition split) {
        if (chained == null) {
            input.rows((long) chunkStart * batch, (long) slot(chunkStart, 0) * batch, 0, steps * batch,
                    largest.strips(split.firstBlock()), largest.strips(split.endBlock()));
        }
        for (int step = 0; step < steps; step++) {
            step(chunkStart + step, slot(chunkStart, step), split);
            if (chunkStart + step + 1 < time) {
                team.barrier();
            }
        }
    }

    /** Time step t, whose gates stand at step {@code slot} of z. */
    private void step(int t, int slot, StepPartition split) {
        if (memory.mask() == null) {
            rows(t, slot, split, split.firstRow(), split.rows());
            return;
        }
        int end = split.firstRow() + split.rows();
        int row = split.firstRow();
        while (row < end) {
            boolean counts = memory.counts((long) t * batch + row);
            int next = memory.endOfRun((long) t * batch, row, end);
            if (counts) {
                rows(t, slot, split, row, next - row);
            } else {
                kept.forward(split, stateRow(t, row), stateRow(t + 1, row), next - row);
            }
            row = next;
        }
    }

    /** The row of a state before step t. */
    private long stateRow(int t, int row) {
        return (long) memory.firstRow(batch) + (long) t * batch + row;
    }

    /** Several rows block by block, a single one over all blocks at once; every other step begins with the last. */
    private void rows(int t, int slot, StepPartition split, int firstRow, int rows) {
        long zRow = (long) slot * batch + firstRow;
        long hRow = stateRow(t, firstRow);
        long hNext = hRow + batch;
        long carriedRow = memory.training() ? hRow : firstRow;
        long carriedNext = memory.training() ? hNext : firstRow;
        boolean fromLast = (t & 1) == 1;
        int blocks = split.endBlock() - split.firstBlock();
        int width = rows == 1 ? blocks : 1;
        for (int done = 0; done < blocks; done += width) {
            int block = fromLast ? split.endBlock() - width - done : split.firstBlock() + done;
            int first = largest.strips(block);
            int end = largest.strips(block + width);
            if (chained == null) {
                recurrent.rows(hRow, zRow, zRow, rows, first, end, fromLast);
            } else {
                chained.rows((long) t * batch + firstRow, hRow, zRow, 0, rows, first, end);
            }
            cell.forward(block, block + width, zRow, hNext, carriedRow, carriedNext, rows);
        }
    }
}
