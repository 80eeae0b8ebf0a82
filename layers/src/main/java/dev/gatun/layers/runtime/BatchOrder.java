package dev.gatun.layers.runtime;

import dev.gatun.memory.Tensor;

/**
 * Which samples a batch of a prediction has.
 *
 * @param order numbers of all samples in the order in which they run, or null if that is theirs
 * @param first where in the order the batch begins
 * @param size  B
 */
record BatchOrder(int[] order, long first, int size) {

    long sample(int b) {
        return order == null ? first + b : order[(int) first + b];
    }

    void load(Execution execution, int input, Tensor samples) {
        if (order == null) {
            execution.load(input, samples, first);
        } else {
            execution.load(input, samples, order, (int) first);
        }
    }

    void read(Execution execution, int output, Tensor samples) {
        if (order == null) {
            execution.read(output, samples, first);
        } else {
            execution.read(output, samples, order, (int) first);
        }
    }
}
