package dev.gatun.layers.train;

import dev.gatun.engine.gemm.RowsView;

/** The two sums of a stable softmax over one row of logits, in double and in the order of the columns. */
final class Softmax {

    private Softmax() {}

    /** The largest logit; NaN if one is NaN. */
    static double highest(RowsView logits, int row, int columns) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int column = 0; column < columns; column++) {
            highest = Math.max(highest, RowCell.get(logits, row, column));
        }
        return highest;
    }

    /** The sum of e^(logit - highest), at least 1. */
    static double sum(RowsView logits, int row, int columns, double highest) {
        double sum = 0;
        for (int column = 0; column < columns; column++) {
            sum += StrictMath.exp(RowCell.get(logits, row, column) - highest);
        }
        return sum;
    }
}
