package dev.gatun.layers.train;

/**
 * A loss that looks at one number at a time: the loss of a row is the mean over its columns. Two formulas are all it takes.
 *
 * <pre>{@code
 * record Pinball(double q) implements ColumnLoss {
 *     public String keyword() { return "pinball"; }
 *     public double value(double p, double t) { return Math.max(q * (t - p), (q - 1) * (t - p)); }
 *     public double slope(double p, double t) { return t > p ? -q : 1 - q; }
 * }
 * }</pre>
 */
public interface ColumnLoss extends Loss {

    /**
     * The loss of one number.
     *
     * @param prediction what the model says
     * @param target     what it should say
     * @return its loss
     */
    double value(double prediction, double target);

    /**
     * The derivative of {@link #value}.
     *
     * @param prediction what the model says
     * @param target     what it should say
     * @return d(value) / d(prediction); 0 where there is none
     */
    double slope(double prediction, double target);

    @Override
    default double row(BatchRows predictions, BatchRows targets, int row, double factor, BatchRows gradient) {
        int columns = predictions.columns();
        double share = factor / columns;
        double sum = 0;
        for (int column = 0; column < columns; column++) {
            double prediction = predictions.get(row, column);
            double target = targets.get(row, column);
            sum += value(prediction, target);
            if (gradient != null) {
                gradient.set(row, column, share * slope(prediction, target));
            }
        }
        return sum / columns;
    }
}
