package dev.gatun.formats.onnx.mapping.cell;

import dev.gatun.layers.ActivationFunction;

/**
 * A function of a sum.
 *
 * @param function of each number
 * @param sums     what it is taken of
 */
record Gate(ActivationFunction function, Sums sums) {

    Gate cut(int from, int count) {
        Sums cut = sums.cut(from, count);
        return cut == null ? null : new Gate(function, cut);
    }
}
