package dev.gatun.engine.cell;

import dev.gatun.engine.block.BlockArithmetic;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.rnn.RecurrentWeights;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Where the own weights of a layer-normalized LSTM lie, or their gradients, and how a row of the batch has its sums of their
 * gradients: gamma and beta of the gates, then those of the cell state, each as it is packed; and behind them mean and scale of
 * the four gates in double.
 *
 * @param segment    of the parameters, or of the gradients
 * @param gateGamma  byte offset, packed with the gates of 16 units together
 * @param gateBeta   likewise
 * @param stateGamma byte offset
 * @param stateBeta  likewise
 * @param blocks     groups of 16 units
 */
record LayerNormPlaces(
        MemorySegment segment, long gateGamma, long gateBeta, long stateGamma, long stateBeta, int blocks) {

    private static final long STRIP = Strips.ROW_BYTES;
    /** Bytes of the gates of 16 units. */
    private static final long GATES = LstmCell.GATES * STRIP;
    private static final int MOMENTS = 2 * LstmCell.GATES;

    static LayerNormPlaces of(RecurrentWeights weights, int blocks) {
        List<Long> own = weights.cellBytes();
        return new LayerNormPlaces(weights.segment(), own.get(0), own.get(1), own.get(2), own.get(3), blocks);
    }

    /** Floats of a row of sums. */
    static int floats(int blocks) {
        return (int) (moments(blocks) / Float.BYTES) + MOMENTS * Double.BYTES / Float.BYTES;
    }

    private static long moments(int blocks) {
        return blocks * (2 * GATES + 2 * STRIP);
    }

    /** Where mean and scale of a gate lie in a row of sums. */
    long moments(long row, int gate) {
        return row + moments(blocks) + 2L * gate * Double.BYTES;
    }

    RowNorm.Affine gate(int gate) {
        return new RowNorm.Affine(segment, gateGamma + gate * STRIP, gateBeta + gate * STRIP, GATES, gate * STRIP,
                blocks * GATES + gate * STRIP);
    }

    RowNorm.Affine state() {
        return new RowNorm.Affine(segment, stateGamma, stateBeta, STRIP, 2 * blocks * GATES,
                blocks * (2 * GATES + STRIP));
    }

    /** Adds a row of sums to the gradients that lie here, for a group of 16 units. */
    void add(MemorySegment w, long row, int block) {
        add(w, row + block * GATES, gateGamma + block * GATES, LstmCell.GATES);
        add(w, row + (blocks + block) * GATES, gateBeta + block * GATES, LstmCell.GATES);
        long state = row + 2 * blocks * GATES + block * STRIP;
        add(w, state, stateGamma + block * STRIP, 1);
        add(w, state + blocks * STRIP, stateBeta + block * STRIP, 1);
    }

    private void add(MemorySegment w, long from, long to, int strips) {
        BlockArithmetic.add(w, from, segment, to, strips * Strips.WIDTH);
    }
}
