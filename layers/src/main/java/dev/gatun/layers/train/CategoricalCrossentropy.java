package dev.gatun.layers.train;

/**
 * {@code categorical_crossentropy}: -sum over columns of t log q, targets one-hot or any distribution.
 *
 * <p>From probabilities p, q = p / sum(p), clipped to [1e-7, 1 - 1e-7] with slope 0 outside, as Keras does. From logits x,
 * q = softmax(x) by way of the largest x, which never overflows: prefer it.
 *
 * @param logits whether predictions are logits
 */
public record CategoricalCrossentropy(boolean logits) implements LogitsLoss {

    /** {@return the same loss on logits: the last layer has no activation} */
    @Override
    public CategoricalCrossentropy fromLogits() {
        return new CategoricalCrossentropy(true);
    }

    @Override
    public String keyword() {
        return "categorical_crossentropy";
    }

    @Override
    public double row(BatchRows predictions, BatchRows targets, int row, double factor, BatchRows gradient) {
        return logits
                ? ofLogits(predictions, targets, gradient, row, factor)
                : ofProbabilities(predictions, targets, gradient, row, factor);
    }

    private static double ofProbabilities(
            BatchRows predictions, BatchRows targets, BatchRows gradient, int row, double scale) {
        int columns = predictions.columns();
        double all = 0;
        for (int column = 0; column < columns; column++) {
            all += predictions.get(row, column);
        }
        double loss = 0;
        // sum over columns of q dloss/dq: what dividing by the sum takes from every slope
        double shared = 0;
        for (int column = 0; column < columns; column++) {
            double q = predictions.get(row, column) / all;
            double target = targets.get(row, column);
            loss -= target * StrictMath.log(Probability.clip(q));
            shared -= Probability.isClipped(q) ? 0 : target;
        }
        for (int column = 0; gradient != null && column < columns; column++) {
            double q = predictions.get(row, column) / all;
            double own = Probability.isClipped(q) ? 0 : -targets.get(row, column) / q;
            gradient.set(row, column, scale * (own - shared) / all);
        }
        return loss;
    }

    private static double ofLogits(BatchRows predictions, BatchRows targets, BatchRows gradient, int row,
            double scale) {
        int columns = predictions.columns();
        double highest = Softmax.highest(predictions, row);
        double all = Softmax.sum(predictions, row, highest);
        double logAll = StrictMath.log(all);
        double loss = 0;
        double targetSum = 0;
        for (int column = 0; column < columns; column++) {
            double target = targets.get(row, column);
            loss -= target * (predictions.get(row, column) - highest - logAll);
            targetSum += target;
        }
        for (int column = 0; gradient != null && column < columns; column++) {
            double q = StrictMath.exp(predictions.get(row, column) - highest) / all;
            gradient.set(row, column, scale * (q * targetSum - targets.get(row, column)));
        }
        return loss;
    }
}
