package dev.gatun.tests.reference;

import static java.lang.Math.abs;
import static java.lang.Math.exp;
import static java.lang.Math.max;
import static java.lang.Math.min;

import dev.gatun.layers.ActivationFunction;
import java.util.Arrays;
import java.util.Locale;

/**
 * Keras's activations in double precision: value and derivative, both as functions of the pre-activation. At a kink the
 * derivative is the one of the flat side, as in TensorFlow.
 */
public enum RefActivation {
    LINEAR, TANH, SIGMOID, RELU(0), ELU(0), SELU(0), SOFTSIGN(0), SOFTPLUS,
    /** Keras 3: {@code clip(x/6 + 0.5, 0, 1)}. */
    HARD_SIGMOID(-3, 3),
    /** Keras 1 and 2: {@code clip(0.2x + 0.5, 0, 1)}. */
    HARD_SIGMOID_KERAS2(-2.5, 2.5), EXPONENTIAL,
    /** Exact: {@code x Phi(x)} with the normal distribution's Phi. */
    GELU, SILU, RELU6(0, 6),
    /** Keras 3's default negative slope 0.2. */
    LEAKY_RELU(0),
    /** Works on a row, not on a number: {@link #row} and {@link #rowGradient}. */
    SOFTMAX,
    /** Keras's alpha 1. */
    CELU(0), HARD_TANH(-1, 1), HARD_SILU(-3, 3),
    /** Keras's threshold 0.5. */
    HARD_SHRINK(-0.5, 0.5), SOFT_SHRINK(-0.5, 0.5), TANH_SHRINK, LOG_SIGMOID, SPARSE_SIGMOID(-1, 1), SPARSE_PLUS(-1, 1),
    /** Keras's b 4. */
    SQUAREPLUS, MISH,
    /** Of a row. */
    LOG_SOFTMAX,
    /** Of a row; by sorting. */
    SPARSEMAX,
    /** Of a row of 2 N numbers, N. */
    GLU;

    private static final double SELU_ALPHA = 1.6732632423543772848170429916717;
    private static final double SELU_SCALE = 1.0507009873554804934193349852946;
    private static final double LEAKY_SLOPE = 0.2;

    private final double[] kinks;

    RefActivation(double... kinks) {
        this.kinks = kinks;
    }

    /** The activation of a Keras configuration of the fixtures, where plain {@code hard_sigmoid} is that of Keras 2. */
    public static RefActivation ofFixture(String name) {
        return switch (name) {
            case "hard_sigmoid" -> HARD_SIGMOID_KERAS2;
            case "hard_sigmoid_keras3" -> HARD_SIGMOID;
            case "swish" -> SILU;
            default -> valueOf(name.toUpperCase(Locale.ROOT));
        };
    }

    /** The value at {@code x}. */
    public double value(double x) {
        return switch (this) {
            case LINEAR -> x;
            case TANH -> Math.tanh(x);
            case SIGMOID -> sigmoid(x);
            case RELU -> max(x, 0);
            case ELU -> x > 0 ? x : Math.expm1(x);
            case SELU -> x > 0 ? SELU_SCALE * x : SELU_SCALE * SELU_ALPHA * Math.expm1(x);
            case SOFTSIGN -> x / (1 + abs(x));
            case SOFTPLUS -> max(x, 0) + Math.log1p(exp(-abs(x)));
            case HARD_SIGMOID -> min(max(x / 6 + 0.5, 0), 1);
            case HARD_SIGMOID_KERAS2 -> min(max(0.2 * x + 0.5, 0), 1);
            case EXPONENTIAL -> exp(x);
            case GELU -> x * normal(x);
            case SILU -> x * sigmoid(x);
            case RELU6 -> min(max(x, 0), 6);
            case LEAKY_RELU -> x > 0 ? x : LEAKY_SLOPE * x;
            case CELU -> x > 0 ? x : Math.expm1(x);
            case HARD_TANH -> min(max(x, -1), 1);
            case HARD_SILU -> x * min(max(x / 6 + 0.5, 0), 1);
            case HARD_SHRINK -> abs(x) <= 0.5 ? 0 : x;
            case SOFT_SHRINK -> abs(x) <= 0.5 ? 0 : x - Math.copySign(0.5, x);
            case TANH_SHRINK -> x - Math.tanh(x);
            case LOG_SIGMOID -> -SOFTPLUS.value(-x);
            case SPARSE_SIGMOID -> min(max(0.5 * (x + 1), 0), 1);
            case SPARSE_PLUS -> x <= -1 ? 0 : x < 1 ? (x + 1) * (x + 1) / 4 : x;
            case SQUAREPLUS -> x < 0 ? 2 / (Math.sqrt(x * x + 4) - x) : (x + Math.sqrt(x * x + 4)) / 2;
            case MISH -> x * Math.tanh(SOFTPLUS.value(x));
            case SOFTMAX, LOG_SOFTMAX, SPARSEMAX, GLU ->
                throw new UnsupportedOperationException(this + " works on rows");
        };
    }

    /** The derivative at {@code x}. */
    public double derivative(double x) {
        return switch (this) {
            case LINEAR -> 1;
            case TANH -> 1 - Math.tanh(x) * Math.tanh(x);
            case SIGMOID -> sigmoid(x) * (1 - sigmoid(x));
            case RELU -> x > 0 ? 1 : 0;
            case ELU -> x > 0 ? 1 : exp(x);
            case SELU -> x > 0 ? SELU_SCALE : SELU_SCALE * SELU_ALPHA * exp(x);
            case SOFTSIGN -> 1 / ((1 + abs(x)) * (1 + abs(x)));
            case SOFTPLUS -> sigmoid(x);
            case HARD_SIGMOID -> abs(x) < 3 ? 1.0 / 6 : 0;
            case HARD_SIGMOID_KERAS2 -> abs(x) < 2.5 ? 0.2 : 0;
            case EXPONENTIAL -> exp(x);
            case GELU -> normal(x) + x * exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
            case SILU -> sigmoid(x) * (1 + x * (1 - sigmoid(x)));
            case RELU6 -> x > 0 && x < 6 ? 1 : 0;
            case LEAKY_RELU -> x > 0 ? 1 : LEAKY_SLOPE;
            case CELU -> x > 0 ? 1 : exp(x);
            case HARD_TANH -> abs(x) <= 1 ? 1 : 0;
            case HARD_SILU -> x <= -3 ? 0 : x < 3 ? x / 3 + 0.5 : 1;
            case HARD_SHRINK, SOFT_SHRINK -> abs(x) <= 0.5 ? 0 : 1;
            case TANH_SHRINK -> Math.tanh(x) * Math.tanh(x);
            case LOG_SIGMOID -> sigmoid(-x);
            case SPARSE_SIGMOID -> abs(x) < 1 ? 0.5 : 0;
            case SPARSE_PLUS -> x <= -1 ? 0 : x < 1 ? (x + 1) / 2 : 1;
            case SQUAREPLUS -> (1 + x / Math.sqrt(x * x + 4)) / 2;
            case MISH -> {
                double t = Math.tanh(SOFTPLUS.value(x));
                yield t + x * (1 - t * t) * sigmoid(x);
            }
            case SOFTMAX, LOG_SOFTMAX, SPARSEMAX, GLU ->
                throw new UnsupportedOperationException(this + " works on rows");
        };
    }

    /** Of a name, with Keras's default arguments. */
    public static RefActivation of(ActivationFunction function) {
        if (!function.arguments().isEmpty()) {
            throw new UnsupportedOperationException(function + " has arguments");
        }
        return valueOf(function.keyword().toUpperCase(Locale.ROOT));
    }

    /** Whether it looks at more than one number. */
    public boolean isOfRows() {
        return this == SOFTMAX || this == LOG_SOFTMAX || this == SPARSEMAX || this == GLU;
    }

    /** The activation of a whole row; softmax is taken over the row, the others element by element. */
    public double[] row(double[] x) {
        double[] y = new double[x.length];
        if (this == LOG_SOFTMAX) {
            double largest = Arrays.stream(x).max().orElseThrow();
            double sum = Arrays.stream(x).map(value -> exp(value - largest)).sum();
            for (int j = 0; j < x.length; j++) {
                y[j] = x[j] - largest - Math.log(sum);
            }
            return y;
        }
        if (this == SPARSEMAX) {
            return sparsemax(x);
        }
        if (this == GLU) {
            return glu(x);
        }
        if (this != SOFTMAX) {
            for (int j = 0; j < x.length; j++) {
                y[j] = value(x[j]);
            }
            return y;
        }
        double largest = Double.NEGATIVE_INFINITY;
        for (double v : x) {
            largest = max(largest, v);
        }
        double sum = 0;
        for (int j = 0; j < x.length; j++) {
            y[j] = exp(x[j] - largest);
            sum += y[j];
        }
        for (int j = 0; j < x.length; j++) {
            y[j] /= sum;
        }
        return y;
    }

    /** Gradient of the row {@code x} from the gradient {@code gy} of its activation. */
    public double[] rowGradient(double[] x, double[] gy) {
        if (this == GLU) {
            return gluGradient(x, gy);
        }
        double[] gx = new double[x.length];
        if (this == LOG_SOFTMAX) {
            double sum = Arrays.stream(gy).sum();
            double[] shares = SOFTMAX.row(x);
            for (int j = 0; j < x.length; j++) {
                gx[j] = gy[j] - shares[j] * sum;
            }
            return gx;
        }
        if (this == SPARSEMAX) {
            double[] y = row(x);
            double mean = 0;
            int support = 0;
            for (int j = 0; j < x.length; j++) {
                mean += y[j] > 0 ? gy[j] : 0;
                support += y[j] > 0 ? 1 : 0;
            }
            for (int j = 0; j < x.length; j++) {
                gx[j] = y[j] > 0 ? gy[j] - mean / support : 0;
            }
            return gx;
        }
        if (this != SOFTMAX) {
            for (int j = 0; j < x.length; j++) {
                gx[j] = gy[j] * derivative(x[j]);
            }
            return gx;
        }
        double[] y = row(x);
        double mean = 0;
        for (int j = 0; j < x.length; j++) {
            mean += y[j] * gy[j];
        }
        for (int j = 0; j < x.length; j++) {
            gx[j] = y[j] * (gy[j] - mean);
        }
        return gx;
    }

    private static double[] glu(double[] x) {
        double[] y = new double[x.length / 2];
        for (int j = 0; j < y.length; j++) {
            y[j] = x[j] * sigmoid(x[y.length + j]);
        }
        return y;
    }

    private static double[] gluGradient(double[] x, double[] gy) {
        double[] gx = new double[x.length];
        for (int j = 0; j < gy.length; j++) {
            double gate = sigmoid(x[gy.length + j]);
            gx[j] = gy[j] * gate;
            gx[gy.length + j] = gy[j] * x[j] * gate * (1 - gate);
        }
        return gx;
    }

    private static double[] sparsemax(double[] x) {
        double[] y = new double[x.length];
        if (Arrays.stream(x).anyMatch(Double::isNaN)) {
            Arrays.fill(y, Double.NaN);
            return y;
        }
        double[] sorted = x.clone();
        Arrays.sort(sorted);
        double sum = 0;
        double threshold = 0;
        for (int k = 1; k <= x.length; k++) {
            double value = sorted[x.length - k];
            sum += value;
            if (1 + k * value > sum) {
                threshold = (sum - 1) / k;
            }
        }
        for (int j = 0; j < x.length; j++) {
            y[j] = max(x[j] - threshold, 0);
        }
        return y;
    }

    /** Distance from {@code x} to the nearest place where this function is not smooth; infinite when it has none. */
    public double kinkDistance(double x) {
        double nearest = Double.POSITIVE_INFINITY;
        for (double kink : kinks) {
            nearest = min(nearest, abs(x - kink));
        }
        return nearest;
    }

    /** {@code 1 / (1 + exp(-x))} without overflow on either side. */
    static double sigmoid(double x) {
        return x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x));
    }

    /** The normal distribution's Phi: {@code (1 + erf(x / sqrt 2)) / 2}. */
    private static double normal(double x) {
        return 0.5 * (1 + erf(x / Math.sqrt(2)));
    }

    /**
     * {@code erf(x) = 2/sqrt(pi) exp(-x^2) sum_n 2^n x^(2n+1) / (1*3*5*...*(2n+1))} (Abramowitz and Stegun 7.1.6): all
     * terms have one sign, so nothing cancels. Beyond 6 it is 1 in double.
     */
    public static double erf(double x) {
        if (abs(x) > 6) {
            return Math.signum(x);
        }
        double term = x;
        double sum = x;
        for (int n = 1; abs(term) > 1e-18 * abs(sum); n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * exp(-x * x) * sum;
    }
}
