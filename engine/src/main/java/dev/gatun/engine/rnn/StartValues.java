package dev.gatun.engine.rnn;

import dev.gatun.engine.block.BlockArithmetic;
import dev.gatun.engine.gemm.RowPacking;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;

/**
 * What the gates' chains begin at, in the order of z: zeros, the bias where it lies, or of two biases the input's, their sum for
 * gates that are one chain, and the recurrent one. That sum is made anew for each run, because a training changes its parts.
 */
final class StartValues {

    private final RecurrentSizes sizes;
    private final RecurrentWeights weights;
    private final RowsView row;
    private final boolean sums;

    StartValues(RecurrentSizes sizes, RecurrentMemory memory, RecurrentWeights weights) {
        this.sizes = sizes;
        this.weights = weights;
        this.sums = weights.hasBias() && sizes.gates().hasTwoBiases();
        if (!weights.hasBias()) {
            this.row = memory.zeros();
        } else {
            this.row = sums
                    ? new RowsView(memory.biases().segment(), memory.biases().baseBytes(), 0)
                    : new RowsView(weights.segment(), weights.biasBytes(), 0);
        }
    }

    /** One row for all rows of z. */
    RowsView row() {
        return row;
    }

    /** The values as the weights are now. */
    void prepare() {
        if (!sums) {
            return;
        }
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
