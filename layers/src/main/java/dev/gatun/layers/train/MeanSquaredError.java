package dev.gatun.layers.train;

import dev.gatun.engine.gemm.RowsView;

/** {@code mse}: the mean over columns of (prediction - target)^2; {@link Loss#MSE}. */
public record MeanSquaredError() implements Loss {

    @Override
    public String keyword() {
        return "mse";
    }

    @Override
    public double sum(RowsView predictions, RowsView targets, RowsView weights, RowsView gradient, int rows,
            int columns,
            double scale) {
        double total = 0;
        for (int row = 0; row < rows; row++) {
            double weight = RowCell.weight(weights, row);
            double slope = 2 * scale * weight / columns;
            double sum = 0;
            for (int column = 0; column < columns; column++) {
                double distance = RowCell.get(predictions, row, column) - RowCell.get(targets, row, column);
                sum += distance * distance;
                if (gradient != null) {
                    RowCell.set(gradient, row, column, slope * distance);
                }
            }
            total += weight * (sum / columns);
        }
        return total;
    }
}
