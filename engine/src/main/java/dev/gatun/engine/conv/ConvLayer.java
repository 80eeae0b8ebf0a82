package dev.gatun.engine.conv;

import dev.gatun.engine.dense.DenseWeights;
import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.gemm.RowsView;

/**
 * What a convolution works on: {@code y = f(bias + sum over taps of x W)}. A transposed one, whose taps spread, has the
 * matrix of each tap as {@code [outputs,inputs]}, any other one as {@code [inputs,outputs]}.
 *
 * @param taps     of the way forward
 * @param kernel   its sizes
 * @param function f
 * @param x        rows that go in
 * @param earlier  rows of the steps before the first, as a stream carries them, or null if those are zeros
 * @param pre      bias + products; the same place as y unless backward needs both
 * @param y        rows that come out
 * @param weights  parameters or gradients, by segment
 * @param memory   what the work needs besides
 */
public record ConvLayer(
        Taps taps, ConvKernel kernel, ActivationFormula function, RowsView x, RowsView earlier, RowsView pre,
        RowsView y, DenseWeights weights, ConvMemory memory) {

    /** Columns that come out. */
    public int columns() {
        return kernel.groups() * (taps.spreads() ? kernel.rows() : kernel.columns());
    }
}
