package dev.gatun.tests.train;

import dev.gatun.layers.train.BatchRows;
import dev.gatun.layers.train.Loss;

/** The gradient of a loss by central differences. */
final class LossSlopes {

    private static final double STEP = 0x1p-10;

    private LossSlopes() {}

    /**
     * How the sum over all rows grows with each prediction.
     *
     * @param predictions the same afterwards
     * @return row after row
     */
    static double[] of(Loss loss, BatchRows predictions, BatchRows targets, BatchRows weights) {
        int columns = predictions.columns();
        double[] slopes = new double[predictions.count() * columns];
        for (int i = 0; i < slopes.length; i++) {
            int row = i / columns;
            int column = i % columns;
            double at = predictions.get(row, column);
            predictions.set(row, column, at + STEP);
            double up = predictions.get(row, column);
            double high = loss.sum(predictions, targets, weights, null, 1);
            predictions.set(row, column, at - STEP);
            double down = predictions.get(row, column);
            double low = loss.sum(predictions, targets, weights, null, 1);
            predictions.set(row, column, at);
            slopes[i] = (high - low) / (up - down);
        }
        return slopes;
    }
}
