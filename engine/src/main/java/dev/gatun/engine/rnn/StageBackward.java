package dev.gatun.engine.rnn;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.block.BlockArithmetic;
import dev.gatun.engine.gemm.Product;
import dev.gatun.engine.gemm.RowPacking;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.gemm.TransposedWeight;
import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.engine.team.Partition;

/**
 * The way back through a stage of a time step: the cell, and the product with the transposed recurrent kernel of the stage's
 * gates, to the gradient of what they read.
 */
final class StageBackward {

    private final RecurrentSizes largest;
    private final RecurrentMemory memory;
    private final RecurrentGradients flow;
    private final CellSteps cell;
    private final int stage;
    /** Strips of z that are this stage's, of 16 units: where they begin, group after group, and how many each has. */
    private final int[] firstStrips;
    private final int[] widths;
    /** With dropout's masks for each gate the transpose and the products of each; else null. */
    private final GateWays ways;
    private final TransposedWeight transpose;
    /** To the gradient of what was read, from zeros or from what is there. */
    private final Product toRead;
    private final Product toReadWithSequence;
    /** Whether the gradient of what was read is added to what the cell left in its place. */
    private final boolean passes;
    private final boolean addsSequence;
    private final boolean allUnits;
    private final boolean sumsAllRows;
    private int batch;

    StageBackward(
            RecurrentSizes sizes, CellKernel cell, CellSteps steps, int stage, RecurrentMemory memory,
            RecurrentWeights weights, RecurrentGradients flow, GateDrops drops, int members) {
        this.largest = sizes;
        this.memory = memory;
        this.flow = flow;
        this.cell = steps;
        this.stage = stage;
        this.allUnits = cell.wholeRows();
        this.sumsAllRows = cell.sumsAllRows();
        CellGates gates = sizes.gates();
        int blocks = sizes.unitBlocks();
        int[] own = gates.groupsOf(stage);
        this.firstStrips = new int[own.length];
        this.widths = new int[own.length];
        for (int i = 0; i < own.length; i++) {
            firstStrips[i] = blocks * gates.stripsBefore(own[i]);
            widths[i] = gates.groups().get(own[i]).gates().size();
        }
        int first = blocks * gates.firstOfState(stage);
        WeightLayout part = WeightLayout.plain(sizes.outputs(), blocks * gates.ofState(stage) * Strips.WIDTH);
        int before = first - blocks * gates.inputOnly();
        this.transpose = TransposedWeight.of(
                part, weights.segment(), weights.recurrentBytes() + before * part.strips().stripBytes(),
                flow.recurrentPack().segment(), flow.recurrentPack().baseBytes() + before * Strips.WIDTH * rowOf(part));
        RowsView dz = flow.dz().fromStrip(first);
        RowsView target = stage == 0 ? flow.dh() : flow.scratchState();
        this.passes = stage == 0 && cell.passesH();
        this.addsSequence = passes && flow.dSequence() != null;
        this.ways = drops == null ? null : GateWays.ofState(sizes, memory, weights, flow, stage, drops, members);
        this.toRead = transpose.product(dz, target, passes ? target : memory.zeros());
        this.toReadWithSequence = stage == 0 && !passes && flow.dSequence() != null
                ? transpose.product(dz, target, flow.dSequence())
                : null;
    }

    /** Bytes of a row of the transpose, all its strips taken together. */
    private static long rowOf(WeightLayout part) {
        return (long) part.transposed().columns() * Float.BYTES;
    }

    void resize(int activeBatch) {
        batch = activeBatch;
    }

    /** A team member's share of transposing the weights. */
    void transpose(int member, int size) {
        if (ways == null) {
            transpose.share(member, size);
        } else {
            ways.transpose(member, size);
        }
        cell.transpose(member, size);
    }

    /** Values of the stage's gates become gradients, in z and for the products in whole rows; of the rows that count. */
    void cell(int t, StepPartition split) {
        int end = split.firstRow() + split.rows();
        int row = split.firstRow();
        int first = end;
        int last = row;
        while (row < end) {
            boolean counts = memory.counts((long) t * batch + row);
            int next = memory.mask() == null ? end : memory.endOfRun((long) t * batch, row, end);
            if (counts) {
                cell(t, split, row, next - row);
                clearPaddings((long) t * batch + row, next - row, split);
                first = Math.min(first, row);
                last = next;
            } else if (sumsAllRows) {
                clearGates((long) t * batch + row, next - row, split);
                leaveOut((long) t * batch + row, next - row, split);
            }
            row = next;
        }
        if (first < last) {
            wholeRows(t, split, first, last - first);
        }
    }

    private void cell(int t, StepPartition split, int firstRow, int rows) {
        long zRow = (long) t * batch + firstRow;
        long stateRow = memory.firstRow(batch) + zRow;
        int end = allUnits ? split.firstBlock() + 1 : split.endBlock();
        for (int block = split.firstBlock(); block < end; block++) {
            cell.backward(block, zRow, stateRow, stateRow + batch, firstRow, rows);
        }
    }

    private void leaveOut(long zRow, int rows, StepPartition split) {
        if (split.firstBlock() == 0) {
            cell.leaveOut(zRow, memory.firstRow(batch) + zRow + batch, rows);
        }
    }

    /** A step that does not count has no part in any gradient. */
    private void clearGates(long firstRow, int rows, StepPartition split) {
        for (int group = 0; group < widths.length; group++) {
            int end = firstStrips[group] + split.endBlock() * widths[group];
            for (int strip = firstStrips[group] + split.firstBlock() * widths[group]; strip < end; strip++) {
                clear(firstRow, rows, strip, 0);
            }
        }
    }

    private void clear(long firstRow, int rows, int strip, int firstColumn) {
        RowsView z = memory.z();
        for (long row = firstRow; row < firstRow + rows; row++) {
            long at = z.at(row, strip * Strips.WIDTH);
            for (int column = firstColumn; column < Strips.WIDTH; column++) {
                z.segment().set(JAVA_FLOAT, at + (long) column * Float.BYTES, 0f);
            }
        }
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
        for (int group = 0; group < widths.length; group++) {
            int first = firstStrips[group] + (largest.unitBlocks() - 1) * widths[group];
            for (int strip = first; strip < first + widths[group]; strip++) {
                clear(firstRow, rows, strip, used);
            }
        }
    }

    /** Strips are how the weights' gradients read dz; the products of this step and chunk want rows. */
    private void wholeRows(int t, StepPartition split, int firstRow, int rows) {
        RowsView z = memory.z();
        RowsView dz = flow.dz();
        long row = (long) t * batch + firstRow;
        long to = dzRow(t, split) + firstRow - split.firstRow();
        for (int group = 0; group < widths.length; group++) {
            int end = firstStrips[group] + split.endBlock() * widths[group];
            for (int strip = firstStrips[group] + split.firstBlock() * widths[group]; strip < end; strip++) {
                RowPacking.copy(
                        z.segment(), z.at(row, strip * Strips.WIDTH), z.rowBytes(), dz.segment(),
                        dz.at(to, place(group, strip) * Strips.WIDTH), dz.rowBytes(), rows, Strips.WIDTH);
            }
        }
    }

    /** Where a strip stands in whole rows: as in z, or with products for each gate behind the gate's other strips. */
    private int place(int group, int strip) {
        if (ways == null) {
            return strip;
        }
        int own = strip - firstStrips[group];
        return firstStrips[group] + own % widths[group] * largest.unitBlocks() + own / widths[group];
    }

    private long dzRow(int t, StepPartition split) {
        return (long) (t % flow.chunk()) * batch + split.firstRow();
    }

    /**
     * The gradient of what the stage's gates read: of h before step t, with its part of dSequence, or as after step t where
     * that does not count; or of what the stage before made of h.
     */
    void previous(int t, StepPartition split, int member, int size) {
        boolean withSequence = toReadWithSequence != null && t > 0;
        Product product = withSequence ? toReadWithSequence : toRead;
        int strips = product.strips();
        int first = split.byRows() ? 0 : Partition.first(strips, member, size);
        int endStrip = split.byRows() ? strips : Partition.first(strips, member + 1, size);
        int end = split.firstRow() + split.rows();
        int row = split.firstRow();
        while (row < end) {
            boolean counts = memory.counts((long) t * batch + row);
            int next = memory.mask() == null ? end : memory.endOfRun((long) t * batch, row, end);
            if (counts) {
                if (addsSequence && t > 0) {
                    addSequence((long) (t - 1) * batch, row, next - row, first, endStrip);
                }
                long startRow = withSequence ? (long) (t - 1) * batch + row : row;
                long from = dzRow(t, split) + row - split.firstRow();
                if (ways == null) {
                    product.rows(from, row, startRow, next - row, first, endStrip, (t & 1) == 1);
                } else {
                    byGates(from, row, startRow, withSequence, next - row, first, endStrip);
                }
            }
            row = next;
        }
    }

    private void byGates(
            long dzRow, int row, long startRow, boolean withSequence, int rows, int firstStrip, int endStrip) {
        if (withSequence) {
            ways.begin(flow.dSequence(), startRow, row, rows, firstStrip, endStrip);
        } else if (!passes) {
            ways.clear(row, rows, firstStrip, endStrip);
        }
        ways.add(dzRow, row, row, rows, batch, firstStrip, endStrip);
    }

    /** Adds a step's part of dSequence to the running gradient of h. */
    void addSequence(long stepRow, int firstRow, int rows, int firstStrip, int endStrip) {
        RowsView dh = flow.dh();
        RowsView dSequence = flow.dSequence();
        int first = firstStrip * Strips.WIDTH;
        int count = (endStrip - firstStrip) * Strips.WIDTH;
        for (int row = firstRow; row < firstRow + rows; row++) {
            BlockArithmetic.add(dSequence.segment(), dSequence.at(stepRow + row, first), dh.segment(),
                    dh.at(row, first), count);
        }
    }
}
