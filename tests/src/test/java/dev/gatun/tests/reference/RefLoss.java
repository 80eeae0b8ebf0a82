package dev.gatun.tests.reference;

/**
 * Keras's losses in double precision (keras/src/losses/losses.py and backend/tensorflow/nn.py). A sample is a row: the
 * last dimension is reduced by the loss itself, all leading dimensions are samples. The value is the sum of
 * {@code weight * perSample} divided by the number of samples, not by the sum of the weights.
 *
 * @param kind which loss
 * @param fromLogits for the cross-entropies: whether predictions are logits
 * @param delta Huber's delta
 */
public record RefLoss(Kind kind, boolean fromLogits, double delta) {
    /** Which loss. */
    public enum Kind {
        MSE, MAE, HUBER, BINARY_CROSSENTROPY, CATEGORICAL_CROSSENTROPY,
        /** Its truth is one class index per sample. */
        SPARSE_CATEGORICAL_CROSSENTROPY
    }

    /** Value, loss of each sample before weighting, gradient of the predictions. */
    public record Result(double value, double[] perSample, double[] gradient) {}

    /** Probabilities are clipped to {@code [EPSILON, 1 - EPSILON]}. */
    public static final double EPSILON = 1e-7;

    public static RefLoss of(Kind kind) {
        return new RefLoss(kind, false, 1);
    }

    public static RefLoss logits(Kind kind) {
        return new RefLoss(kind, true, 1);
    }

    public static RefLoss huber(double delta) {
        return new RefLoss(Kind.HUBER, false, delta);
    }

    /** The loss with all weights one. */
    public Result evaluate(double[] truth, RefTensor prediction) {
        return evaluate(truth, prediction, null, null);
    }

    /**
     * The loss.
     *
     * @param truth of the prediction's shape; for the sparse loss one index per sample
     * @param prediction {@code [..., F]}
     * @param sampleWeights one per sample, or one per batch row for all its samples; null = ones
     * @param mask one per sample, 0 = leave out; the rest is weighted up by samples / unmasked samples; null = all
     */
    public Result evaluate(double[] truth, RefTensor prediction, double[] sampleWeights, double[] mask) {
        double[][] p = prediction.matrix();
        int samples = p.length;
        int width = p[0].length;
        double unmasked = 0;
        for (int n = 0; n < samples; n++) {
            unmasked += mask == null || mask[n] != 0 ? 1 : 0;
        }
        double value = 0;
        double[] perSample = new double[samples];
        double[] gradient = new double[samples * width];
        for (int n = 0; n < samples; n++) {
            double[] gRow = new double[width];
            perSample[n] = sample(truthRow(truth, n, width), p[n], gRow);
            double weight = sampleWeights == null ? 1 : sampleWeights[n / (samples / sampleWeights.length)];
            if (mask != null) {
                weight *= mask[n] == 0 ? 0 : samples / unmasked;
            }
            value += weight * perSample[n] / samples;
            for (int j = 0; j < width; j++) {
                gradient[n * width + j] = weight * gRow[j] / samples;
            }
        }
        return new Result(value, perSample, gradient);
    }

    private double[] truthRow(double[] truth, int sample, int width) {
        double[] row = new double[width];
        if (kind == Kind.SPARSE_CATEGORICAL_CROSSENTROPY) {
            row[(int) truth[sample]] = 1;
        } else {
            System.arraycopy(truth, sample * width, row, 0, width);
        }
        return row;
    }

    /** Loss of one sample with truth {@code y} and prediction {@code p}; its gradient goes to {@code g}. */
    private double sample(double[] y, double[] p, double[] g) {
        return switch (kind) {
            case MSE, MAE, HUBER -> elementwise(y, p, g);
            case BINARY_CROSSENTROPY -> fromLogits ? binaryLogits(y, p, g) : binary(y, p, g);
            case CATEGORICAL_CROSSENTROPY -> fromLogits ? softmaxCrossEntropy(y, p, g) : categorical(y, p, g);
            case SPARSE_CATEGORICAL_CROSSENTROPY -> fromLogits ? softmaxCrossEntropy(y, p, g) : sparse(y, p, g);
        };
    }

    /** Means over the row of a function of the difference. */
    private double elementwise(double[] y, double[] p, double[] g) {
        double sum = 0;
        for (int j = 0; j < p.length; j++) {
            double d = p[j] - y[j];
            boolean near = Math.abs(d) <= delta;
            switch (kind) {
                case MSE -> {
                    sum += d * d;
                    g[j] = 2 * d / p.length;
                }
                case MAE -> {
                    sum += Math.abs(d);
                    g[j] = Math.signum(d) / p.length;
                }
                default -> {
                    sum += near ? 0.5 * d * d : delta * Math.abs(d) - 0.5 * delta * delta;
                    g[j] = (near ? d : delta * Math.signum(d)) / p.length;
                }
            }
        }
        return sum / p.length;
    }

    /** Mean of {@code -y log p - (1 - y) log(1 - p)}, p clipped; where clipping acts the gradient is zero. */
    private static double binary(double[] y, double[] p, double[] g) {
        double sum = 0;
        for (int j = 0; j < p.length; j++) {
            double q = clip(p[j]);
            sum -= y[j] * Math.log(q) + (1 - y[j]) * Math.log(1 - q);
            g[j] = clipped(p[j]) ? 0 : (-y[j] / q + (1 - y[j]) / (1 - q)) / p.length;
        }
        return sum / p.length;
    }

    /** Mean of {@code max(x, 0) - x y + log(1 + exp(-|x|))}: the same without overflow. */
    private static double binaryLogits(double[] y, double[] x, double[] g) {
        double sum = 0;
        for (int j = 0; j < x.length; j++) {
            sum += Math.max(x[j], 0) - x[j] * y[j] + Math.log1p(Math.exp(-Math.abs(x[j])));
            g[j] = (RefActivation.sigmoid(x[j]) - y[j]) / x.length;
        }
        return sum / x.length;
    }

    /** {@code -sum y log q} where {@code q = p / sum(p)} is then clipped. */
    private static double categorical(double[] y, double[] p, double[] g) {
        double total = sum(p);
        double loss = 0;
        double[] gq = new double[p.length];
        double along = 0;
        for (int j = 0; j < p.length; j++) {
            double q = p[j] / total;
            loss -= y[j] * Math.log(clip(q));
            gq[j] = clipped(q) ? 0 : -y[j] / q;
            along += gq[j] * q;
        }
        for (int j = 0; j < p.length; j++) {
            g[j] = (gq[j] - along) / total; // dq_k/dp_j = ([j = k] - q_k) / total
        }
        return loss;
    }

    /** Keras on TensorFlow clips first and takes {@code log q} as logits, which divides by the sum of the clipped. */
    private static double sparse(double[] y, double[] p, double[] g) {
        double[] logits = new double[p.length];
        for (int j = 0; j < p.length; j++) {
            logits[j] = Math.log(clip(p[j]));
        }
        double loss = softmaxCrossEntropy(y, logits, g);
        for (int j = 0; j < p.length; j++) {
            g[j] = clipped(p[j]) ? 0 : g[j] / p[j];
        }
        return loss;
    }

    /** {@code -sum y log softmax(x)}. */
    private static double softmaxCrossEntropy(double[] y, double[] x, double[] g) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double v : x) {
            largest = Math.max(largest, v);
        }
        double exponentials = 0;
        for (double v : x) {
            exponentials += Math.exp(v - largest);
        }
        double loss = 0;
        double truths = sum(y);
        for (int j = 0; j < x.length; j++) {
            double logSoftmax = x[j] - largest - Math.log(exponentials);
            loss -= y[j] * logSoftmax;
            g[j] = Math.exp(logSoftmax) * truths - y[j];
        }
        return loss;
    }

    private static double clip(double p) {
        return Math.min(Math.max(p, EPSILON), 1 - EPSILON);
    }

    private static boolean clipped(double p) {
        return p < EPSILON || p > 1 - EPSILON;
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double v : values) {
            sum += v;
        }
        return sum;
    }
}
