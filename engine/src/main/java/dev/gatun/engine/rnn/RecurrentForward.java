package dev.gatun.engine.rnn;

import dev.gatun.engine.gemm.Product;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.team.Team;

/**
 * A recurrent layer over a whole sequence, forward: {@code z = bias + x kernel} for all steps at once, then step by step
 * {@code z[t] += h[t-1] recurrentKernel} and the cell, 16 units at a time while their z is in the first-level cache.
 *
 * <p>Assumes that {@code memory.x}, and the first B rows of every state, hold the input and the initial state.
 */
public final class RecurrentForward implements Team.Job {

    private final RecurrentSizes sizes;
    private final RecurrentMemory memory;
    private final Team team;
    private final CellSteps cell;
    private final Product input;
    private final Product recurrent;
    private final StepPartition[] splits;
    private final StepPartition whole;

    public RecurrentForward(RecurrentSizes sizes, CellKernel cell, RecurrentMemory memory, RecurrentWeights weights,
            Team team) {
        this.sizes = sizes;
        this.memory = memory;
        this.team = team;
        this.cell = cell.steps(memory, null);
        RowsView bias = weights.hasBias() ? new RowsView(weights.segment(), weights.biasBytes(), 0) : memory.zeros();
        this.input = new Product(
                memory.x(), weights.segment(), weights.kernelBytes(), sizes.kernel().panels(), memory.z(), bias);
        this.recurrent = new Product(
                memory.h(), weights.segment(), weights.recurrentBytes(), sizes.recurrentKernel().panels(), memory.z(),
                memory.z());
        this.splits = StepPartition.all(sizes, team.size());
        this.whole = StepPartition.of(sizes, 0, 1);
    }

    public void run() {
        team.run(this);
    }

    @Override
    public void run(int member, int size) {
        StepPartition split = splits[member];
        for (int chunkStart = 0; chunkStart < sizes.time(); chunkStart += memory.timeChunk()) {
            int steps = Math.min(memory.timeChunk(), sizes.time() - chunkStart);
            if (split.byRows()) {
                stepsOfRows(chunkStart, steps, split, member, size);
            } else {
                stepsOfUnits(chunkStart, steps, split);
            }
        }
    }

    /**
     * Steps {@code from ... from + steps - 1} by the calling thread, the steps before them done; in an inference plan, no more
     * than {@link RecurrentMemory#timeChunk}.
     */
    void runSteps(int from, int steps) {
        int firstSlot = memory.training() ? from : 0;
        int batch = sizes.batch();
        input.rows((long) from * batch, (long) firstSlot * batch, 0, steps * batch);
        for (int step = 0; step < steps; step++) {
            step(from + step, firstSlot + step, whole);
        }
    }

    /** Rows never meet, but a member's share of the input's product is not that of its steps. */
    private void stepsOfRows(int chunkStart, int steps, StepPartition split, int member, int size) {
        input.share((long) chunkStart * sizes.batch(), 0, 0, steps * sizes.batch(), member, size);
        team.barrier();
        for (int step = 0; step < steps; step++) {
            step(chunkStart + step, step, split);
        }
        team.barrier();
    }

    /** Members need each other's h after every step; z is their own all the way. */
    private void stepsOfUnits(int chunkStart, int steps, StepPartition split) {
        input.rows((long) chunkStart * sizes.batch(), 0, 0, steps * sizes.batch(), split.firstBlock(),
                split.endBlock());
        for (int step = 0; step < steps; step++) {
            step(chunkStart + step, step, split);
            if (chunkStart + step + 1 < sizes.time()) {
                team.barrier();
            }
        }
    }

    /** Time step t, whose gates stand at step {@code slot} of z. */
    private void step(int t, int slot, StepPartition split) {
        int batch = sizes.batch();
        long zRow = (long) slot * batch + split.firstRow();
        long hRow = (long) t * batch + split.firstRow();
        long carriedRow = memory.training() ? hRow : split.firstRow();
        long carriedNext = memory.training() ? carriedRow + batch : carriedRow;
        boolean fromLast = (t & 1) == 1;
        if (split.rows() == 1) {
            recurrent.rows(hRow, zRow, zRow, 1, split.firstBlock(), split.endBlock(), fromLast);
            cell.forward(split.firstBlock(), split.endBlock(), zRow, hRow, carriedRow, carriedNext, 1);
            return;
        }
        int block = fromLast ? split.endBlock() - 1 : split.firstBlock();
        for (int i = split.firstBlock(); i < split.endBlock(); i++) {
            recurrent.rows(hRow, zRow, zRow, split.rows(), block, block + 1);
            cell.forward(block, block + 1, zRow, hRow, carriedRow, carriedNext, split.rows());
            block += fromLast ? -1 : 1;
        }
    }
}
