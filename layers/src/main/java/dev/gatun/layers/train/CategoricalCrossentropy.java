package dev.gatun.layers.train;

import dev.gatun.engine.gemm.RowsView;

/**
 * {@code categorical_crossentropy}: -sum over columns of t log q, targets one-hot or any distribution.
 *
 * <p>From probabilities p, q = p / sum(p), clipped to [1e-7, 1 - 1e-7] with slope 0 outside, as Keras does. From logits x,
 * q = softmax(x) by way of the largest x, which never overflows: prefer it.
 *
 * @param logits whether predictions are logits
 */
public record CategoricalCrossentropy(boolean logits) implements Loss {

    /** {@return the same loss on logits: the last layer has no activation} */
    public CategoricalCrossentropy fromLogits() {
        return new CategoricalCrossentropy(true);
    }

    @Override
    public String keyword() {
        return "categorical_crossentropy";
    }

    @Override
    public double sum(RowsView predictions, RowsView targets, RowsView weights, RowsView gradient, int rows,
            int columns,
            double scale) {
        double total = 0;
        for (int row = 0; row < rows; row++) {
            double weight = RowCell.weight(weights, row);
            double loss = logits
                    ? ofLogits(predictions, targets, gradient, row, columns, scale * weight)
                    : ofProbabilities(predictions, targets, gradient, row, columns, scale * weight);
            total += weight * loss;
        }
        return total;
    }

    private static double ofProbabilities(
            RowsView predictions, RowsView targets, RowsView gradient, int row, int columns, double scale) {
        double all = 0;
        for (int column = 0; column < columns; column++) {
            all += RowCell.get(predictions, row, column);
        }
        double loss = 0;
        // sum over columns of q dloss/dq: what dividing by the sum takes from every slope
        double shared = 0;
        for (int column = 0; column < columns; column++) {
            double q = RowCell.get(predictions, row, column) / all;
            double target = RowCell.get(targets, row, column);
            loss -= target * StrictMath.log(Probability.clip(q));
            shared -= Probability.isClipped(q) ? 0 : target;
        }
        for (int column = 0; gradient != null && column < columns; column++) {
            double q = RowCell.get(predictions, row, column) / all;
            double own = Probability.isClipped(q) ? 0 : -RowCell.get(targets, row, column) / q;
            RowCell.set(gradient, row, column, scale * (own - shared) / all);
        }
        return loss;
    }

    private static double ofLogits(RowsView predictions, RowsView targets, RowsView gradient, int row, int columns,
            double scale) {
        double highest = Softmax.highest(predictions, row, columns);
        double all = Softmax.sum(predictions, row, columns, highest);
        double logAll = StrictMath.log(all);
        double loss = 0;
        double targetSum = 0;
        for (int column = 0; column < columns; column++) {
            double target = RowCell.get(targets, row, column);
            loss -= target * (RowCell.get(predictions, row, column) - highest - logAll);
            targetSum += target;
        }
        for (int column = 0; gradient != null && column < columns; column++) {
            double q = StrictMath.exp(RowCell.get(predictions, row, column) - highest) / all;
            RowCell.set(gradient, row, column, scale * (q * targetSum - RowCell.get(targets, row, column)));
        }
        return loss;
    }
}
