package dev.gatun.layers.train;

/** {@code mae}: the mean over columns of |prediction - target|, of slope 0 where they are equal; {@link Loss#MAE}. */
public record MeanAbsoluteError() implements ColumnLoss {

    @Override
    public String keyword() {
        return "mae";
    }

    @Override
    public double value(double prediction, double target) {
        return Math.abs(prediction - target);
    }

    @Override
    public double slope(double prediction, double target) {
        return Math.signum(prediction - target);
    }
}
