package dev.gatun.engine.dense;

import java.lang.foreign.MemorySegment;

/**
 * Where the weights of a fully connected layer lie, packed, or their gradients at the same offsets of another segment.
 *
 * @param segment     parameters or gradients
 * @param kernelBytes kernel [I,N]
 * @param biasBytes   bias [N], or {@link #NO_BIAS}
 */
public record DenseWeights(MemorySegment segment, long kernelBytes, long biasBytes) {

    public static final long NO_BIAS = -1;

    public boolean hasBias() {
        return biasBytes != NO_BIAS;
    }

    /** The same places in another segment. */
    public DenseWeights in(MemorySegment other) {
        return new DenseWeights(other, kernelBytes, biasBytes);
    }
}
