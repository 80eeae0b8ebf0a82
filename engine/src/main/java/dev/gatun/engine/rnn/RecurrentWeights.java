package dev.gatun.engine.rnn;

import dev.gatun.engine.gemm.Strips;
import dev.gatun.memory.check.Arguments;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Where the weights of a recurrent layer lie, packed, or their gradients, which lie at the same offsets of another segment.
 *
 * @param segment        parameters or gradients
 * @param kernelBytes    kernel [I,GU]
 * @param recurrentBytes recurrent kernel [U,GU]
 * @param biasBytes      bias [GU], or [2,GU] where the recurrent part has its own ({@link CellGates#hasTwoBiases}), or
 *                       {@link #NO_BIAS}
 * @param cellBytes      those that the cell has beside these, in its order
 */
public record RecurrentWeights(
        MemorySegment segment, long kernelBytes, long recurrentBytes, long biasBytes, List<Long> cellBytes) {

    public static final long NO_BIAS = -1;

    public RecurrentWeights {
        cellBytes = Arguments.copy(cellBytes, "RecurrentWeights", "cellBytes", "byte offsets, none is fine");
    }

    /** Of a cell that has no other weights. */
    public RecurrentWeights(MemorySegment segment, long kernelBytes, long recurrentBytes, long biasBytes) {
        this(segment, kernelBytes, recurrentBytes, biasBytes, List.of());
    }

    public boolean hasBias() {
        return biasBytes != NO_BIAS;
    }

    /** From 16 columns of two biases to the next. */
    long biasStrip() {
        return 2 * Strips.ROW_BYTES;
    }

    /** The same places in another segment. */
    public RecurrentWeights in(MemorySegment other) {
        return new RecurrentWeights(other, kernelBytes, recurrentBytes, biasBytes, cellBytes);
    }
}
