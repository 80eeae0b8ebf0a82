package dev.gatun.layers.train;

import dev.gatun.engine.gemm.RowsView;

/**
 * {@code huber}: with d = prediction - target the mean over columns of d^2 / 2 while |d| is at most delta, and of
 * delta |d| - delta^2 / 2 beyond (Huber 1964); {@link Loss#HUBER}, {@link Loss#huber}.
 *
 * @param delta distance up to which the loss is quadratic, positive and finite
 */
public record Huber(double delta) implements Loss {

    /**
     * Checks delta.
     *
     * @throws IllegalArgumentException if delta is not positive and finite
     */
    public Huber {
        if (!(delta > 0) || Double.isInfinite(delta)) {
            throw new IllegalArgumentException("delta of the Huber loss must be positive and finite, got " + delta);
        }
    }

    @Override
    public String keyword() {
        return "huber";
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
                double size = Math.abs(distance);
                sum += size <= delta ? 0.5 * distance * distance : delta * size - 0.5 * delta * delta;
                if (gradient != null) {
                    RowCell.set(gradient, row, column, slope * Math.max(-delta, Math.min(delta, distance)));
                }
            }
            total += weight * (sum / columns);
        }
        return total;
    }
}
