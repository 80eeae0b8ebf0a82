package dev.gatun.engine.rnn;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.block.BlockArithmetic;
import dev.gatun.engine.gemm.BiasGradient;
import dev.gatun.engine.gemm.Panels;
import dev.gatun.engine.gemm.Product;
import dev.gatun.engine.gemm.RowPacking;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.TransposedWeight;
import dev.gatun.engine.gemm.WeightGradient;
import dev.gatun.engine.team.Partition;
import dev.gatun.engine.team.Team;

/**
 * Back-propagation through time (Werbos 1990) of one recurrent layer. Per step only the cell and {@code dz recurrentKernel^T};
 * the gradients of the weights, of the bias and of the input are one product each over the whole sequence afterwards.
 *
 * <p>Gradients of the weights are added to what the gradient segment holds. Assumes a training plan's memory just filled by
 * {@link RecurrentForward}; gate values are overwritten with gradients.
 */
public final class RecurrentBackward implements Team.Job {

    private final RecurrentSizes sizes;
    private final RecurrentMemory memory;
    private final RecurrentGradients flow;
    private final Team team;
    private final CellSteps cell;
    private final TransposedWeight recurrentTranspose;
    private final TransposedWeight kernelTranspose;
    private final Product toPreviousH;
    private final Product toPreviousHWithSequence;
    private final Product toInput;
    private final WeightGradient kernel;
    private final WeightGradient recurrentKernel;
    private final BiasGradient bias;
    private final StepPartition[] splits;

    public RecurrentBackward(
            RecurrentSizes sizes, CellKernel cell, RecurrentMemory memory, RecurrentWeights weights,
            RecurrentWeights gradients,
            RecurrentGradients flow, Team team) {
        this.sizes = sizes;
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
        this.kernel = new WeightGradient(
                memory.x(), z, sizes.kernel().panels(), gradients.segment(), gradients.kernelBytes(), flow.scratch());
        this.recurrentKernel = new WeightGradient(
                memory.h(), z, sizes.recurrentKernel().panels(), gradients.segment(), gradients.recurrentBytes(),
                flow.scratch());
        this.bias = gradients.hasBias()
                ? new BiasGradient(z, gradients.segment(), gradients.biasBytes())
                : null;
        this.splits = StepPartition.all(sizes, team.size());
    }

    public void run() {
        team.run(this);
    }

    @Override
    public void run(int member, int size) {
        StepPartition split = splits[member];
        recurrentTranspose.share(member, size);
        if (kernelTranspose != null) {
            kernelTranspose.share(member, size);
        }
        team.barrier();
        for (int t = sizes.time() - 1; t >= 0; t--) {
            if (t == sizes.time() - 1 && flow.dSequence() != null) {
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
        team.barrier();
        weightGradients(member, size);
    }

    /** The input's gradients of the chunk that begins at step t: members wait until all have come so far, and until all have read. */
    private void input(int t, int member, int size) {
        int batch = sizes.batch();
        int steps = Math.min(flow.chunk(), sizes.time() - t);
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
        long lastStep = (long) (sizes.time() - 1) * sizes.batch();
        int first = split.firstBlock() * Panels.STRIP;
        int count = (split.endBlock() - split.firstBlock()) * Panels.STRIP;
        for (int row = split.firstRow(); row < split.firstRow() + split.rows(); row++) {
            long from = dSequence.at(lastStep + row) + (long) first * Float.BYTES;
            long to = dh.at(row) + (long) first * Float.BYTES;
            BlockArithmetic.add(dSequence.segment(), from, dh.segment(), to, count);
        }
    }

    private void cellBackward(int t, StepPartition split) {
        long row = (long) t * sizes.batch() + split.firstRow();
        for (int block = split.firstBlock(); block < split.endBlock(); block++) {
            cell.backward(block, row, row + sizes.batch(), split.firstRow(), split.rows());
        }
        clearPaddings(row, split.rows(), split);
        wholeRows(t, split);
    }

    /** Panels are how the weights' gradients read dz; the products of this step and chunk want rows. */
    private void wholeRows(int t, StepPartition split) {
        RowsView z = memory.z();
        RowsView dz = flow.dz();
        long row = (long) t * sizes.batch() + split.firstRow();
        for (int block = split.firstBlock(); block < split.endBlock(); block++) {
            int column = block * Panels.PANEL;
            RowPacking.copy(
                    z.segment(), z.at(row, column), z.rowBytes(), dz.segment(), dz.at(dzRow(t, split), column),
                    dz.rowBytes(), split.rows(), Panels.PANEL);
        }
    }

    private long dzRow(int t, StepPartition split) {
        return (long) (t % flow.chunk()) * sizes.batch() + split.firstRow();
    }

    /**
     * Units that only pad the last group have no weights, but zero times an infinite input is NaN, and their gradients take
     * part in the products that follow: they are set to zero.
     */
    private void clearPaddings(long firstRow, int rows, StepPartition split) {
        int used = sizes.units() % Panels.STRIP;
        if (used == 0 || split.endBlock() != sizes.unitBlocks()) {
            return;
        }
        RowsView z = memory.z();
        int lastGroup = (sizes.unitBlocks() - 1) * Panels.PANEL;
        for (long row = firstRow; row < firstRow + rows; row++) {
            for (int gate = 0; gate < sizes.gates(); gate++) {
                for (int unit = used; unit < Panels.STRIP; unit++) {
                    z.segment().set(JAVA_FLOAT, z.at(row, lastGroup + gate * Panels.STRIP + unit), 0f);
                }
            }
        }
    }

    /** dh of step t - 1 = its part of dSequence + dz[t] recurrentKernel^T. */
    private void previousH(int t, StepPartition split, int member, int size) {
        long previousRow = (long) (t - 1) * sizes.batch() + split.firstRow();
        boolean withSequence = toPreviousHWithSequence != null && t > 0;
        Product product = withSequence ? toPreviousHWithSequence : toPreviousH;
        long startRow = withSequence ? previousRow : 0;
        int blocks = product.blocks();
        int first = split.byRows() ? 0 : Partition.first(blocks, member, size);
        int end = split.byRows() ? blocks : Partition.first(blocks, member + 1, size);
        product.rows(dzRow(t, split), split.firstRow(), startRow, split.rows(), first, end, (t & 1) == 1);
    }

    private void weightGradients(int member, int size) {
        int blocks = sizes.unitBlocks();
        int first = Partition.first(blocks, member, size);
        int end = Partition.first(blocks, member + 1, size);
        if (first == end) {
            return;
        }
        kernel.blocks(sizes.rows(), first, end, member);
        recurrentKernel.blocks(sizes.rows(), first, end, member);
        if (bias != null) {
            bias.columns(sizes.rows(), first * Panels.PANEL, end * Panels.PANEL);
        }
    }
}
