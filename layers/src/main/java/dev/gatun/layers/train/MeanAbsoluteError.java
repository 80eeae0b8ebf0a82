package dev.gatun.layers.train;

import dev.gatun.engine.gemm.RowsView;

/** {@code mae}: the mean over columns of |prediction - target|, of slope 0 where they are equal; {@link Loss#MAE}. */
public record MeanAbsoluteError() implements Loss {

    @Override
    public String keyword() {
        return "mae";
    }

    @Override
    public double sum(RowsView predictions, RowsView targets, RowsView weights, RowsView gradient, int rows,
            int columns,
            double scale) {
        double total = 0;
        for (int row = 0; row < rows; row++) {
            double weight = RowCell.weight(weights, row);
            double slope = scale * weight / columns;
            double sum = 0;
            for (int column = 0; column < columns; column++) {
                double distance = RowCell.get(predictions, row, column) - RowCell.get(targets, row, column);
                sum += Math.abs(distance);
                if (gradient != null) {
                    RowCell.set(gradient, row, column, slope * Math.signum(distance));
                }
            }
            total += weight * (sum / columns);
        }
        return total;
    }
}
