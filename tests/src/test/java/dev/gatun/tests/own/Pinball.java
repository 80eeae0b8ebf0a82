package dev.gatun.tests.own;

import dev.gatun.layers.train.ColumnLoss;

/**
 * A loss of a user's own: made small by the quantile of the targets (Koenker and Bassett 1978).
 *
 * @param quantile between 0 and 1
 */
public record Pinball(double quantile) implements ColumnLoss {

    @Override
    public String keyword() {
        return "pinball";
    }

    @Override
    public double value(double prediction, double target) {
        double above = target - prediction;
        return Math.max(quantile * above, (quantile - 1) * above);
    }

    @Override
    public double slope(double prediction, double target) {
        return target > prediction ? -quantile : 1 - quantile;
    }
}
