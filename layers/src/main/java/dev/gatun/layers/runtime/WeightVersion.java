package dev.gatun.layers.runtime;

import dev.gatun.memory.ParameterBlock;

/**
 * All numbers of a network at one moment.
 *
 * @param parameters trained numbers
 * @param buffers    numbers that no optimizer changes
 */
record WeightVersion(ParameterBlock parameters, ParameterBlock buffers) {

    void copyTo(WeightVersion other) {
        parameters.copyTo(other.parameters);
        buffers.copyTo(other.buffers);
    }

    /** To one that has the same numbers elsewhere. */
    void copyTo(WeightVersion other, BlockRanges changed) {
        changed.copy(parameters, other.parameters);
        buffers.copyTo(other.buffers);
    }
}
