package dev.gatun.layers.train;

/** {@code mse}: the mean over columns of (prediction - target)^2; {@link Loss#MSE}. */
public record MeanSquaredError() implements ColumnLoss {

    @Override
    public String keyword() {
        return "mse";
    }

    @Override
    public double value(double prediction, double target) {
        double distance = prediction - target;
        return distance * distance;
    }

    @Override
    public double slope(double prediction, double target) {
        return 2 * (prediction - target);
    }
}
