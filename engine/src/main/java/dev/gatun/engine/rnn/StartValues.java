package dev.gatun.engine.rnn;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.block.BlockArithmetic;
import dev.gatun.engine.gemm.RowPacking;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * What the gates' chains begin at, in the order of z: zeros, the bias where it lies, or of two biases the input's, their sum for
 * gates that are one chain, and the recurrent one; and what the cell adds to them. Sums are made anew for each run, because a
 * training changes their parts.
 */
final class StartValues {

    private final RecurrentSizes sizes;
    private final RecurrentWeights weights;
    private final RowsView row;
    private final boolean sums;
    /** What is added to each 16 columns of the row; null for nothing. */
    private final float[] offsets;

    StartValues(RecurrentSizes sizes, CellKernel cell, RecurrentMemory memory, RecurrentWeights weights) {
        this.sizes = sizes;
        this.weights = weights;
        this.sums = weights.hasBias() && sizes.gates().hasTwoBiases();
        this.offsets = cell.biasOffsets().isEmpty() ? null : byStrip(cell.biasOffsets());
        if (sums || offsets != null) {
            this.row = new RowsView(memory.biases().segment(), memory.biases().baseBytes(), 0);
        } else {
            this.row = weights.hasBias() ? new RowsView(weights.segment(), weights.biasBytes(), 0) : memory.zeros();
        }
    }

    /** Gates that the input's product writes have the bias, and so what is added to it. */
    private float[] byStrip(List<Float> byGate) {
        int blocks = sizes.unitBlocks();
        float[] byStrip = new float[sizes.strips(blocks)];
        List<GateGroup> groups = sizes.gates().groups();
        for (int i = 0; i < groups.size(); i++) {
            List<Integer> gates = groups.get(i).gates();
            int first = blocks * sizes.gates().stripsBefore(i);
            for (int strip = 0; groups.get(i).readsInput() && strip < blocks * gates.size(); strip++) {
                byStrip[first + strip] = byGate.get(gates.get(strip % gates.size()));
            }
        }
        return byStrip;
    }

    /** One row for all rows of z. */
    RowsView row() {
        return row;
    }

    /** The values as the weights are now. */
    void prepare() {
        if (sums) {
            sumUp();
        } else if (offsets != null && weights.hasBias()) {
            MemorySegment.copy(weights.segment(), weights.biasBytes(), row.segment(), row.baseBytes(),
                    offsets.length * Strips.ROW_BYTES);
        } else if (offsets != null) {
            row.segment().asSlice(row.baseBytes(), offsets.length * Strips.ROW_BYTES).fill((byte) 0);
        }
        if (offsets != null) {
            addOffsets();
        }
    }

    private void addOffsets() {
        for (int strip = 0; strip < offsets.length; strip++) {
            for (long at = at(strip); offsets[strip] != 0 && at < at(strip + 1); at += Float.BYTES) {
                row.segment().set(JAVA_FLOAT, at, row.segment().get(JAVA_FLOAT, at) + offsets[strip]);
            }
        }
    }

    private void sumUp() {
        int blocks = sizes.unitBlocks();
        int apart = blocks * sizes.gates().inputOnly();
        int ofInput = blocks * sizes.gates().ofInput();
        long both = weights.biasStrip();
        copy(weights.biasBytes(), 0, ofInput);
        // The place of the recurrent gates serves for the other bias of the chained ones until it is its turn.
        long recurrent = weights.biasBytes() + Strips.ROW_BYTES;
        for (int strip = apart; strip < ofInput; strip += apart) {
            int count = Math.min(apart, ofInput - strip);
            copy(recurrent + strip * both, ofInput, count);
            BlockArithmetic.add(row.segment(), at(ofInput), row.segment(), at(strip), count * Strips.WIDTH);
        }
        copy(recurrent, ofInput, apart);
    }

    private void copy(long bias, int toStrip, int strips) {
        RowPacking.copy(weights.segment(), bias, weights.biasStrip(), row.segment(), at(toStrip), Strips.ROW_BYTES,
                strips,
                Strips.WIDTH);
    }

    private long at(int strip) {
        return row.baseBytes() + strip * Strips.ROW_BYTES;
    }
}
