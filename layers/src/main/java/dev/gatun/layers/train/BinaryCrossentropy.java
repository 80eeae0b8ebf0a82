package dev.gatun.layers.train;

/**
 * {@code binary_crossentropy}: the mean over columns of -t log p - (1 - t) log(1 - p).
 *
 * <p>From probabilities p is first clipped to [1e-7, 1 - 1e-7] as floats, as Keras does, with slope 0 outside. From logits
 * x, p = sigmoid(x), the form max(x, 0) - x t + log(1 + e^-|x|) never overflows: prefer it.
 *
 * @param logits whether predictions are logits
 */
public record BinaryCrossentropy(boolean logits) implements ColumnLoss, LogitsLoss {

    /** {@return the same loss on logits: the last layer has no activation} */
    @Override
    public BinaryCrossentropy fromLogits() {
        return new BinaryCrossentropy(true);
    }

    @Override
    public String keyword() {
        return "binary_crossentropy";
    }

    @Override
    public Answers answers(int columns) {
        return logits ? Answers.LOGITS : Answers.PROBABILITIES;
    }

    @Override
    public double value(double prediction, double target) {
        return logits ? ofLogit(prediction, target) : ofProbability(prediction, target);
    }

    @Override
    public double slope(double prediction, double target) {
        return logits ? slopeOfLogit(prediction, target) : slopeOfProbability(prediction, target);
    }

    private static double ofProbability(double prediction, double target) {
        double p = Probability.clip(prediction);
        return -(target * StrictMath.log(p) + (1 - target) * StrictMath.log(1 - p));
    }

    private static double slopeOfProbability(double p, double target) {
        return Probability.isClipped(p) ? 0 : (p - target) / (p * (1 - p));
    }

    private static double ofLogit(double x, double target) {
        return Math.max(x, 0) - x * target + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    }

    private static double slopeOfLogit(double x, double target) {
        double decay = StrictMath.exp(-Math.abs(x));
        return (x >= 0 ? 1 / (1 + decay) : decay / (1 + decay)) - target;
    }
}
