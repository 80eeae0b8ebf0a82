package dev.gatun.engine.rnn;

import dev.gatun.engine.cpu.Caches;
import dev.gatun.engine.gemm.ChainedProduct;
import dev.gatun.engine.gemm.Product;
import dev.gatun.engine.team.Partition;
import dev.gatun.engine.team.Team;
import java.util.List;

/**
 * A recurrent layer over a whole sequence, forward: {@code z = bias + x kernel} for all steps at once, then step by step
 * {@code z[t] += h[t-1] recurrentKernel}, or both in one chain per step where the weights are small, and the cell, some units at a
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
    private final StartValues start;
    /** The input's part of all gates. */
    private final Product input;
    private final GateProducts[] groups;
    /** Whether all gates read one input, so that one product serves them. */
    private final boolean sharesInput;
    /** What gates read under dropout's masks, or null. */
    private final DroppedReads dropped;
    private final StageForward[] stages;
    /** Whether both products of a step are made in it: not where the weights are too large to be read for every step. */
    private final boolean chained;
    private final StepPartitions partitions;
    private final KeptStates kept;
    private final CountedRows counted;
    private int batch;
    private int time;
    private StepPartition[] splits;
    private StepPartition whole;

    /** Without dropout that has a mask for each gate. */
    public RecurrentForward(RecurrentSizes sizes, CellKernel cell, RecurrentMemory memory, RecurrentWeights weights,
            Team team) {
        this(sizes, cell, memory, weights, null, team);
    }

    /** @param drops dropout's masks for each gate, or null */
    public RecurrentForward(RecurrentSizes sizes, CellKernel cell, RecurrentMemory memory, RecurrentWeights weights,
            GateDrops drops, Team team) {
        this.largest = sizes;
        this.memory = memory;
        this.team = team;
        this.start = new StartValues(sizes, cell, memory, weights);
        this.input = new Product(memory.x(), weights.segment(), weights.kernelBytes(), sizes.kernel().strips(),
                memory.z(), start.row());
        this.chained = isChained(sizes);
        CellGates gates = sizes.gates();
        this.groups = GateProducts.all(sizes, memory, weights, start.row(), drops, chained);
        this.sharesInput = drops == null || !drops.ofInput();
        this.dropped = drops == null ? null : new DroppedReads(sizes, memory, drops, team.size());
        int tiles = drops == null ? gates.blocksOfTiles() : CellGates.blocksOfTilesOfOne();
        int blocks = cell.wholeRows() ? sizes.unitBlocks() : tiles;
        List<CellSteps> steps = cell.steps(sizes, memory, weights, null);
        this.stages = new StageForward[gates.stages()];
        for (int stage = 0; stage < stages.length; stage++) {
            stages[stage] = StageForward.of(gates, stage, blocks, groups, steps.get(stage));
        }
        this.partitions = new StepPartitions(sizes, cell.wholeRows(), team.size());
        this.kept = new KeptStates(memory, sizes.outputBlocks());
        this.counted = new CountedRows(memory);
        resize(sizes.batch(), sizes.time());
    }

    /** Small weights stay in a core's cache, and its rows are enough for tiles. */
    static boolean isChained(RecurrentSizes sizes) {
        return ChainedProduct.isPossible(sizes.inputs(), sizes.outputs()) && sizes.batch() >= FEWEST_ROWS
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

    /** Before a run, by one thread: takes over what follows from the weights as they are now. */
    void prepare() {
        start.prepare();
        if (dropped != null) {
            dropped.states(whole, stateRow(0, 0), 0, batch);
        }
    }

    public void run() {
        prepare();
        team.run(this);
    }

    @Override
    public void run(int member, int size) {
        StepPartition split = splits[member];
        if (!sharesInput) {
            dropped.inputs(Partition.first(time * batch, member, size), Partition.first(time * batch, member + 1, size),
                    batch);
            team.barrier();
        }
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
        if (!chained) {
            inputOfRows(from, 0, steps * batch, null);
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
        if (!chained) {
            inputShare(chunkStart, steps * batch, member, size);
            team.barrier();
        }
        for (int step = 0; step < steps; step++) {
            step(chunkStart + step, slot(chunkStart, step), split);
        }
        if (!chained) {
            team.barrier();
        }
    }

    /** A member's part of the input's product over the steps of a chunk. */
    private void inputShare(int chunkStart, int rows, int member, int size) {
        if (memory.mask() == null && sharesInput) {
            input.share((long) chunkStart * batch, (long) slot(chunkStart, 0) * batch, 0, rows, member, size);
        } else {
            int first = Partition.firstRow(rows, member, size);
            inputOfRows(chunkStart, first, first + Partition.rowsOf(rows, member, size), null);
        }
    }

    /** Rows {@code first ... end - 1} of the input's product over a chunk, for the units of a member or for all. */
    private void inputOfRows(int chunkStart, int first, int end, StepPartition units) {
        long start = (long) chunkStart * batch;
        long toZ = (long) slot(chunkStart, 0) * batch - start;
        long stop = start + end;
        long row = counted.first(start + first, stop);
        while (row < stop) {
            long runEnd = counted.endOfRun(row, stop);
            int rows = (int) (runEnd - row);
            if (units == null && sharesInput) {
                input.rows(row, row + toZ, 0, rows);
            } else {
                int firstBlock = units == null ? 0 : units.firstBlock();
                int endBlock = units == null ? largest.unitBlocks() : units.endBlock();
                for (GateProducts group : groups) {
                    group.input(row, row + toZ, rows, firstBlock, endBlock);
                }
            }
            row = counted.first(runEnd, stop);
        }
    }

    /** Where the gates of a step stand: in training all are kept; otherwise a chain needs room for those of one step only. */
    private int slot(int chunkStart, int step) {
        if (memory.training()) {
            return chunkStart + step;
        }
        return chained ? 0 : step;
    }

    /** Members need each other's h after every step; z is their own all the way. */
    private void stepsOfUnits(int chunkStart, int steps, StepPartition split) {
        if (!chained) {
            inputOfRows(chunkStart, 0, steps * batch, split);
        }
        for (int step = 0; step < steps; step++) {
            step(chunkStart + step, slot(chunkStart, step), split);
            if (chunkStart + step + 1 < time) {
                team.barrier();
            }
        }
    }

    /** Time step t, whose gates stand at step {@code slot} of z. The second stage reads what all units made in the first. */
    private void step(int t, int slot, StepPartition split) {
        for (int stage = 0; stage < stages.length; stage++) {
            if (stage > 0 && !split.byRows()) {
                team.barrier();
            }
            step(stages[stage], t, slot, split);
        }
    }

    private void step(StageForward stage, int t, int slot, StepPartition split) {
        if (memory.mask() == null) {
            if (split.rows() > 0) {
                rows(stage, t, slot, split, split.firstRow(), split.rows());
            }
            return;
        }
        int end = split.firstRow() + split.rows();
        int row = split.firstRow();
        while (row < end) {
            boolean counts = memory.counts((long) t * batch + row);
            int next = memory.endOfRun((long) t * batch, row, end);
            if (counts) {
                rows(stage, t, slot, split, row, next - row);
            } else if (stage.isLast()) {
                kept.forward(split, stateRow(t, row), stateRow(t + 1, row), next - row);
                if (dropped != null) {
                    dropped.states(split, stateRow(t + 1, row), row, next - row);
                }
            }
            row = next;
        }
    }

    /** The row of a state before step t. */
    private long stateRow(int t, int row) {
        return (long) memory.firstRow(batch) + (long) t * batch + row;
    }

    /** Several rows some blocks at a time, a single one over all blocks at once; every other step begins with the last. */
    private void rows(StageForward stage, int t, int slot, StepPartition split, int firstRow, int rows) {
        long zRow = (long) slot * batch + firstRow;
        long hRow = stateRow(t, firstRow);
        long hNext = hRow + batch;
        long carriedRow = memory.training() ? hRow : firstRow;
        long carriedNext = memory.training() ? hNext : firstRow;
        boolean fromLast = (t & 1) == 1;
        int blocks = split.endBlock() - split.firstBlock();
        int most = rows == 1 ? blocks : stage.blocks();
        for (int done = 0; done < blocks; done += most) {
            int width = Math.min(most, blocks - done);
            int block = fromLast ? split.endBlock() - width - done : split.firstBlock() + done;
            stage.products((long) t * batch + firstRow, hRow, carriedRow, zRow, rows, block, block + width, fromLast);
            stage.cell().forward(block, block + width, zRow, hRow, hNext, carriedRow, carriedNext, rows);
        }
        if (dropped != null && stage.isLast()) {
            dropped.states(split, hNext, firstRow, rows);
        } else if (dropped != null) {
            dropped.read(split, carriedRow, firstRow, rows);
        }
    }
}
