package dev.gatun.engine.conv;

/**
 * Sizes of a run of a convolution.
 *
 * @param batch  B
 * @param inputs T, steps that go in
 * @param steps  steps that come out
 * @param before steps of zeros before the longer of the two sequences
 */
public record ConvSizes(int batch, int inputs, int steps, int before) {

    int inputRows() {
        return Math.multiplyExact(batch, inputs);
    }

    int rows() {
        return Math.multiplyExact(batch, steps);
    }
}
