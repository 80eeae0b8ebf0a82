package dev.gatun.engine.rnn;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.block.BlockArithmetic;
import dev.gatun.engine.gemm.BiasGradient;
import dev.gatun.engine.gemm.Product;
import dev.gatun.engine.gemm.RowPacking;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.gemm.TransposedWeight;
import dev.gatun.engine.gemm.WeightGradient;
import dev.gatun.engine.team.Partition;
import dev.gatun.engine.team.Team;

/**
 * Back-propagation through time (Werbos 1990) of one recurrent layer. Per step only the cell and {@code dz recurrentKernel^T};
 * the gradients of the weights, of the bias and of the input are one product each over the whole sequence afterwards.
 *
 * <p>Gradients of the weights, unless they are not wanted, are added to what the gradient segment holds. Assumes a training plan's memory just filled by
 * {@link RecurrentForward}; gate values are overwritten with gradients.
 */
public final class RecurrentBackward implements Team.Job {

    private final RecurrentSizes largest;
    private final RecurrentMemory memory;
    private final RecurrentGradients flow;
    private final Team team;
    private final CellSteps cell;
    private final TransposedWeight recurrentTranspose;
    private final TransposedWeight kernelTranspose;
    private final Product toPreviousH;
    private final Product toPreviousHWithSequence;
    private final Product toInput;
    private final boolean trained;
    private final WeightGradient kernel;
    private final WeightGradient recurrentKernel;
    private final BiasGradient bias;
    private final RepeatedOutputs repeated;
    private final StepPartitions partitions;
    private StepPartition[] splits;
    private int batch;
    private int time;

    public RecurrentBackward(
            RecurrentSizes sizes, CellKernel cell, RecurrentMemory memory, RecurrentWeights weights,
            RecurrentWeights gradients,
            RecurrentGradients flow, Team team) {
        this.largest = sizes;
        this.memory = memory;
        this.flow = flow;
        this.team = team;
        this.cell = cell.steps(memory, flow);
        RowsView z = memory.z();
        RowsView pack = flow.recurrentPack();
        this.recurrentTranspose = TransposedWeight.of(
                sizes.recurrentKernel(), weights.segment(), weights.recurrentBytes(), pack.segment(), pack.baseBytes());
        this.toPreviousH = recurrentTranspose.product(flow.dz(), flow.dh(), memory.zeros());
        this.toPreviousHWithSequence = flow.dSequence() == null
                ? null
                : recurrentTranspose.product(flow.dz(), flow.dh(), flow.dSequence());
        RowsView kernelPack = flow.kernelPack();
        this.kernelTranspose = flow.dx() == null
                ? null
                : TransposedWeight.of(
                        sizes.kernel(), weights.segment(), weights.kernelBytes(), kernelPack.segment(),
                        kernelPack.baseBytes());
        this.toInput = flow.dx() == null
                ? null
                : kernelTranspose.product(flow.dz(), flow.dx(), flow.addToDx() ? flow.dx() : memory.zeros());
        this.trained = gradients != null;
        this.kernel = !trained
                ? null
                : new WeightGradient(
                        memory.x(), z, sizes.kernel().strips(), gradients.segment(), gradients.kernelBytes(),
                        flow.scratch());
        this.recurrentKernel = !trained
                ? null
                : new WeightGradient(
                        memory.h(), z, sizes.recurrentKernel().strips(), gradients.segment(),
                        gradients.recurrentBytes(),
                        flow.scratch());
        this.bias = trained && gradients.hasBias()
                ? new BiasGradient(z, gradients.segment(), gradients.biasBytes())
                : null;
        this.repeated = flow.dSequence() == null
                ? null
                : new RepeatedOutputs(memory, flow.dSequence(), sizes.units());
        this.partitions = new StepPartitions(sizes, team.size());
        resize(sizes.batch(), sizes.time());
    }

    /**
     * Says how much of the memory the run that follows uses, as {@link RecurrentForward#resize} did before.
     *
     * @param activeBatch B, 1 to the largest
     * @param activeTime  T, 0 to the largest
     */
    public void resize(int activeBatch, int activeTime) {
        batch = activeBatch;
        time = activeTime;
        splits = partitions.of(activeBatch);
    }

    public void run() {
        team.run(this);
    }

    @Override
    public void run(int member, int size) {
        StepPartition split = splits[member];
        if (memory.mask() != null && repeated != null) {
            repeated.fold(Partition.first(batch, member, size), Partition.first(batch, member + 1, size), batch, time);
        }
        recurrentTranspose.share(member, size);
        if (kernelTranspose != null) {
            kernelTranspose.share(member, size);
        }
        team.barrier();
        for (int t = time - 1; t >= 0; t--) {
            if (t == time - 1 && flow.dSequence() != null) {
                addLastStep(split);
            }
            cellBackward(t, split);
            meet(split);
            previousH(t, split, member, size);
            if (t % flow.chunk() == 0 && toInput != null) {
                input(t, member, size);
            } else {
                meet(split);
            }
        }
        if (trained) {
            team.barrier();
            weightGradients(member, size);
        }
    }

    /** The input's gradients of the chunk that begins at step t: members wait until all have come so far, and until all have read. */
    private void input(int t, int member, int size) {
        int steps = Math.min(flow.chunk(), time - t);
        long dxRow = (long) t * batch;
        team.barrier();
        toInput.share(0, dxRow, dxRow, steps * batch, member, size);
        team.barrier();
    }

    private void meet(StepPartition split) {
        if (!split.byRows()) {
            team.barrier();
        }
    }

    /** The last step has no later one whose product would begin with its part of dSequence. */
    private void addLastStep(StepPartition split) {
        RowsView dh = flow.dh();
        RowsView dSequence = flow.dSequence();
        long lastStep = (long) (time - 1) * batch;
        int first = split.firstBlock() * Strips.WIDTH;
        int count = (split.endBlock() - split.firstBlock()) * Strips.WIDTH;
        for (int row = split.firstRow(); row < split.firstRow() + split.rows(); row++) {
            long from = dSequence.at(lastStep + row) + (long) first * Float.BYTES;
            long to = dh.at(row) + (long) first * Float.BYTES;
            BlockArithmetic.add(dSequence.segment(), from, dh.segment(), to, count);
        }
    }

    private void cellBackward(int t, StepPartition split) {
        int end = split.firstRow() + split.rows();
        int row = split.firstRow();
        while (row < end) {
            boolean counts = memory.counts((long) t * batch + row);
            int next = memory.mask() == null ? end : memory.endOfRun((long) t * batch, row, end);
            if (counts) {
                cellBackward(t, split, row, next - row);
            } else {
                clearGates((long) t * batch + row, next - row, split);
            }
            row = next;
        }
        clearPaddings((long) t * batch + split.firstRow(), split.rows(), split);
        wholeRows(t, split);
    }

    private void cellBackward(int t, StepPartition split, int firstRow, int rows) {
        long zRow = (long) t * batch + firstRow;
        long stateRow = memory.firstRow(batch) + zRow;
        for (int block = split.firstBlock(); block < split.endBlock(); block++) {
            cell.backward(block, zRow, stateRow, stateRow + batch, firstRow, rows);
        }
    }

    /** A step that does not count has no part in any gradient. */
    private void clearGates(long firstRow, int rows, StepPartition split) {
        RowsView z = memory.z();
        for (long row = firstRow; row < firstRow + rows; row++) {
            for (int strip = firstStrip(split); strip < endStrip(split); strip++) {
                for (int column = 0; column < Strips.WIDTH; column++) {
                    z.segment().set(JAVA_FLOAT, z.at(row, strip * Strips.WIDTH + column), 0f);
                }
            }
        }
    }

    private int firstStrip(StepPartition split) {
        return largest.strips(split.firstBlock());
    }

    private int endStrip(StepPartition split) {
        return largest.strips(split.endBlock());
    }

    /** Strips are how the weights' gradients read dz; the products of this step and chunk want rows. */
    private void wholeRows(int t, StepPartition split) {
        RowsView z = memory.z();
        RowsView dz = flow.dz();
        long row = (long) t * batch + split.firstRow();
        for (int strip = firstStrip(split); strip < endStrip(split); strip++) {
            int column = strip * Strips.WIDTH;
            RowPacking.copy(
                    z.segment(), z.at(row, column), z.rowBytes(), dz.segment(), dz.at(dzRow(t, split), column),
                    dz.rowBytes(), split.rows(), Strips.WIDTH);
        }
    }

    private long dzRow(int t, StepPartition split) {
        return (long) (t % flow.chunk()) * batch + split.firstRow();
    }

    /**
     * Units that only pad the last group have no weights, but zero times an infinite input is NaN, and their gradients take
     * part in the products that follow: they are set to zero.
     */
    private void clearPaddings(long firstRow, int rows, StepPartition split) {
        int used = largest.units() % Strips.WIDTH;
        if (used == 0 || split.endBlock() != largest.unitBlocks()) {
            return;
        }
        RowsView z = memory.z();
        int lastGroup = largest.strips(largest.unitBlocks() - 1) * Strips.WIDTH;
        for (long row = firstRow; row < firstRow + rows; row++) {
            for (int gate = 0; gate < largest.gates(); gate++) {
                for (int unit = used; unit < Strips.WIDTH; unit++) {
                    z.segment().set(JAVA_FLOAT, z.at(row, lastGroup + gate * Strips.WIDTH + unit), 0f);
                }
            }
        }
    }

    /** dh of step t - 1 = its part of dSequence + dz[t] recurrentKernel^T, or dh of step t where that does not count. */
    private void previousH(int t, StepPartition split, int member, int size) {
        boolean withSequence = toPreviousHWithSequence != null && t > 0;
        Product product = withSequence ? toPreviousHWithSequence : toPreviousH;
        int strips = product.strips();
        int first = split.byRows() ? 0 : Partition.first(strips, member, size);
        int endStrip = split.byRows() ? strips : Partition.first(strips, member + 1, size);
        int end = split.firstRow() + split.rows();
        int row = split.firstRow();
        while (row < end) {
            boolean counts = memory.counts((long) t * batch + row);
            int next = memory.mask() == null ? end : memory.endOfRun((long) t * batch, row, end);
            long startRow = withSequence ? (long) (t - 1) * batch + row : 0;
            if (counts) {
                product.rows(dzRow(t, split) + row - split.firstRow(), row, startRow, next - row, first, endStrip,
                        (t & 1) == 1);
            }
            row = next;
        }
    }

    private void weightGradients(int member, int size) {
        int rows = batch * time;
        int blocks = largest.unitBlocks();
        int first = largest.strips(Partition.first(blocks, member, size));
        int end = largest.strips(Partition.first(blocks, member + 1, size));
        if (first == end) {
            return;
        }
        kernel.strips(0, rows, first, end, member);
        recurrentKernel.strips(memory.firstRow(batch), rows, first, end, member);
        if (bias != null) {
            bias.strips(rows, first, end);
        }
    }
}
