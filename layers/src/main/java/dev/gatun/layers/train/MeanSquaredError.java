package dev.gatun.layers.train;

import dev.gatun.engine.gemm.Rows;

/** {@code mse}: the mean over columns of (prediction - target)^2; {@link Loss#MSE}. */
public record MeanSquaredError() implements Loss {

    @Override
    public String keyword() {
        return "mse";
    }

    @Override
    public double sum(Rows predictions, Rows targets, Rows weights, Rows gradient, int rows, int columns,
            double scale) {
        double total = 0;
        for (int row = 0; row < rows; row++) {
            double weight = Cell.weight(weights, row);
            double slope = 2 * scale * weight / columns;
            double sum = 0;
            for (int column = 0; column < columns; column++) {
                double distance = Cell.get(predictions, row, column) - Cell.get(targets, row, column);
                sum += distance * distance;
                if (gradient != null) {
                    Cell.set(gradient, row, column, slope * distance);
                }
            }
            total += weight * (sum / columns);
        }
        return total;
    }
}
