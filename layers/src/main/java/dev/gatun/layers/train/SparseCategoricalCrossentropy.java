package dev.gatun.layers.train;

import dev.gatun.engine.gemm.RowsView;

/**
 * {@code sparse_categorical_crossentropy}: -log q[k], where the target is the class number k, 0 to columns - 1.
 *
 * <p>From probabilities p, q = c / sum(c) with c = p clipped to [1e-7, 1 - 1e-7], slope 0 outside: Keras on TensorFlow,
 * where clipping comes first, unlike {@link CategoricalCrossentropy}. From logits x, q = softmax(x) by way of the largest
 * x, which never overflows: prefer it.
 *
 * @param logits whether predictions are logits
 */
public record SparseCategoricalCrossentropy(boolean logits) implements Loss {

    /** {@return the same loss on logits: the last layer has no activation} */
    public SparseCategoricalCrossentropy fromLogits() {
        return new SparseCategoricalCrossentropy(true);
    }

    @Override
    public String keyword() {
        return "sparse_categorical_crossentropy";
    }

    @Override
    public int targetColumns(int columns) {
        return 1;
    }

    @Override
    public double sum(RowsView predictions, RowsView targets, RowsView weights, RowsView gradient, int rows,
            int columns,
            double scale) {
        double total = 0;
        for (int row = 0; row < rows; row++) {
            double weight = RowCell.weight(weights, row);
            int label = (int) RowCell.get(targets, row, 0);
            double loss = logits
                    ? ofLogits(predictions, label, gradient, row, columns, scale * weight)
                    : ofProbabilities(predictions, label, gradient, row, columns, scale * weight);
            total += weight * loss;
        }
        return total;
    }

    private static double ofProbabilities(
            RowsView predictions, int label, RowsView gradient, int row, int columns, double scale) {
        double all = 0;
        for (int column = 0; column < columns; column++) {
            all += Probability.clip(RowCell.get(predictions, row, column));
        }
        double own = Probability.clip(RowCell.get(predictions, row, label));
        for (int column = 0; gradient != null && column < columns; column++) {
            double slope = 1 / all - (column == label ? 1 / own : 0);
            boolean clipped = Probability.isClipped(RowCell.get(predictions, row, column));
            RowCell.set(gradient, row, column, clipped ? 0 : scale * slope);
        }
        return StrictMath.log(all) - StrictMath.log(own);
    }

    private static double ofLogits(RowsView predictions, int label, RowsView gradient, int row, int columns,
            double scale) {
        double highest = Softmax.highest(predictions, row, columns);
        double all = Softmax.sum(predictions, row, columns, highest);
        double own = RowCell.get(predictions, row, label);
        for (int column = 0; gradient != null && column < columns; column++) {
            double q = StrictMath.exp(RowCell.get(predictions, row, column) - highest) / all;
            RowCell.set(gradient, row, column, scale * (column == label ? q - 1 : q));
        }
        return StrictMath.log(all) - (own - highest);
    }
}
