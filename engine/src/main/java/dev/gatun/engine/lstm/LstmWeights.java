package dev.gatun.engine.lstm;

import java.lang.foreign.MemorySegment;

/**
 * Where the three weights of an LSTM lie, packed, or their gradients, which lie at the same offsets of another segment.
 *
 * @param segment        parameters or gradients
 * @param kernelBytes    kernel [I,4U]
 * @param recurrentBytes recurrent kernel [U,4U]
 * @param biasBytes      bias [4U], or {@link #NO_BIAS}
 */
public record LstmWeights(MemorySegment segment, long kernelBytes, long recurrentBytes, long biasBytes) {

    public static final long NO_BIAS = -1;

    public boolean hasBias() {
        return biasBytes != NO_BIAS;
    }

    /** The same places in another segment. */
    public LstmWeights in(MemorySegment other) {
        return new LstmWeights(other, kernelBytes, recurrentBytes, biasBytes);
    }
}
