package dev.gatun.layers.train;

/** The two sums of a stable softmax over one row of logits, in double and in the order of the columns. */
final class Softmax {

    private Softmax() {}

    /** The largest logit; NaN if one is NaN. */
    static double highest(BatchRows logits, int row) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int column = 0; column < logits.columns(); column++) {
            highest = Math.max(highest, logits.get(row, column));
        }
        return highest;
    }

    /** The sum of e^(logit - highest), at least 1. */
    static double sum(BatchRows logits, int row, double highest) {
        double sum = 0;
        for (int column = 0; column < logits.columns(); column++) {
            sum += StrictMath.exp(logits.get(row, column) - highest);
        }
        return sum;
    }
}
