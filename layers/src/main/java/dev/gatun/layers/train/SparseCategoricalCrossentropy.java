package dev.gatun.layers.train;

/**
 * {@code sparse_categorical_crossentropy}: -log q[k], where the target is the class number k, 0 to columns - 1.
 *
 * <p>From probabilities p, q = c / sum(c) with c = p clipped to [1e-7, 1 - 1e-7], slope 0 outside: Keras on TensorFlow,
 * where clipping comes first, unlike {@link CategoricalCrossentropy}. From logits x, q = softmax(x) by way of the largest
 * x, which never overflows: prefer it.
 *
 * @param logits whether predictions are logits
 */
public record SparseCategoricalCrossentropy(boolean logits) implements LogitsLoss {

    /** {@return the same loss on logits: the last layer has no activation} */
    @Override
    public SparseCategoricalCrossentropy fromLogits() {
        return new SparseCategoricalCrossentropy(true);
    }

    @Override
    public String keyword() {
        return "sparse_categorical_crossentropy";
    }

    @Override
    public boolean takesClassNumbers() {
        return true;
    }

    @Override
    public double row(BatchRows predictions, BatchRows targets, int row, double factor, BatchRows gradient) {
        int label = (int) targets.get(row, 0);
        return logits
                ? ofLogits(predictions, label, gradient, row, factor)
                : ofProbabilities(predictions, label, gradient, row, factor);
    }

    private static double ofProbabilities(
            BatchRows predictions, int label, BatchRows gradient, int row, double scale) {
        int columns = predictions.columns();
        double all = 0;
        for (int column = 0; column < columns; column++) {
            all += Probability.clip(predictions.get(row, column));
        }
        double own = Probability.clip(predictions.get(row, label));
        for (int column = 0; gradient != null && column < columns; column++) {
            double slope = 1 / all - (column == label ? 1 / own : 0);
            boolean clipped = Probability.isClipped(predictions.get(row, column));
            gradient.set(row, column, clipped ? 0 : scale * slope);
        }
        return StrictMath.log(all) - StrictMath.log(own);
    }

    private static double ofLogits(BatchRows predictions, int label, BatchRows gradient, int row, double scale) {
        int columns = predictions.columns();
        double highest = Softmax.highest(predictions, row);
        double all = Softmax.sum(predictions, row, highest);
        double own = predictions.get(row, label);
        for (int column = 0; gradient != null && column < columns; column++) {
            double q = StrictMath.exp(predictions.get(row, column) - highest) / all;
            gradient.set(row, column, scale * (column == label ? q - 1 : q));
        }
        return StrictMath.log(all) - (own - highest);
    }
}
