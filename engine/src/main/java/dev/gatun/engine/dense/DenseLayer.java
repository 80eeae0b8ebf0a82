package dev.gatun.engine.dense;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.WeightLayout;

/**
 * What a fully connected layer works on: {@code y = f(bias + x kernel)} for every row.
 *
 * @param rows     the largest R, batch or time x batch
 * @param kernel   layout of the kernel [I,N]
 * @param function f
 * @param x        [R,I]
 * @param pre      [R,N] bias + x kernel; the same place as y unless backward needs both
 * @param y        [R,N]
 * @param weights  parameters or gradients, by segment
 * @param zeros    one row of zeros
 */
public record DenseLayer(
        int rows, WeightLayout kernel, ActivationFormula function, RowsView x, RowsView pre, RowsView y,
        DenseWeights weights,
        RowsView zeros) {}
