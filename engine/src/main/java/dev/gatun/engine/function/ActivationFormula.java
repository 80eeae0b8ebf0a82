package dev.gatun.engine.function;

import static dev.gatun.engine.cpu.Fma.fma;

import dev.gatun.engine.kernel.scalar.ScalarMath;
import dev.gatun.memory.check.Arguments;
import java.util.Locale;

/**
 * The formulas of the activation functions ({@link #value}) and their derivatives, under Keras 3's names; users see
 * {@code ActivationFunction}, which has the same. {@link #TANH}, {@link #SIGMOID} and {@link #RELU} have SIMD kernels; the
 * others run their scalar formula. All give the same bits for any vector width.
 */
public enum ActivationFormula {
    LINEAR, TANH, SIGMOID, RELU, RELU6, LEAKY_RELU, ELU, SELU, SOFTPLUS, SOFTSIGN, HARD_SIGMOID, HARD_SIGMOID_KERAS2, //
    EXPONENTIAL, GELU, SILU, SOFTMAX;

    private static final float SELU_SCALE = 1.05070098f;
    private static final float SELU_SCALE_ALPHA = 1.75809934f;
    private static final float LEAK = 0.2f;

    /** The name in configurations and files: lower case, as in Keras. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException naming the functions there are */
    public static ActivationFormula of(String keyword) {
        Arguments.required(keyword, "ActivationFormula.of", "keyword", "a name, for example tanh");
        for (ActivationFormula function : values()) {
            if (function.keyword().equals(keyword)) {
                return function;
            }
        }
        if (keyword.equals("swish")) {
            return SILU;
        }
        StringBuilder known = new StringBuilder();
        for (ActivationFormula function : values()) {
            known.append(known.isEmpty() ? "" : ", ").append(function.keyword());
        }
        throw new IllegalArgumentException("Unknown activation '" + keyword + "'; there are " + known);
    }

    /** Whether the function looks at one number at a time; softmax looks at a row. */
    public boolean isElementwise() {
        return this != SOFTMAX;
    }

    /** Whether {@link #derivative} needs x, because y does not tell it. */
    public boolean derivativeNeedsInput() {
        return this == GELU || this == SILU || this == SOFTSIGN || this == HARD_SIGMOID || this == HARD_SIGMOID_KERAS2;
    }

    /** f(x) of an elementwise function. */
    public float value(float x) {
        return switch (this) {
            case LINEAR -> x;
            case TANH -> ScalarMath.tanh(x);
            case SIGMOID -> ScalarMath.sigmoid(x);
            case RELU -> Math.max(x, 0f);
            case RELU6 -> Math.min(Math.max(x, 0f), 6f);
            case LEAKY_RELU -> x < 0 ? LEAK * x : x;
            case ELU -> x < 0 ? expm1(x) : x;
            case SELU -> x < 0 ? SELU_SCALE_ALPHA * expm1(x) : SELU_SCALE * x;
            case SOFTPLUS ->
                (float) (StrictMath.max(x, 0.0) + StrictMath.log1p(StrictMath.exp(-StrictMath.abs((double) x))));
            case SOFTSIGN -> x / (1f + Math.abs(x));
            case HARD_SIGMOID -> clip(fma(x, 1f / 6f, 0.5f));
            case HARD_SIGMOID_KERAS2 -> clip(fma(x, 0.2f, 0.5f));
            case EXPONENTIAL -> ScalarMath.exp(x);
            case GELU -> Gelu.value(x);
            case SILU -> x * ScalarMath.sigmoid(x);
            case SOFTMAX -> throw new IllegalStateException("softmax is not elementwise");
        };
    }

    /**
     * f'(x) of an elementwise function; at a kink the value Keras's back ends use.
     *
     * @param x read only if {@link #derivativeNeedsInput}
     * @param y f(x)
     */
    public float derivative(float x, float y) {
        return switch (this) {
            case LINEAR -> 1f;
            case TANH -> fma(-y, y, 1f);
            case SIGMOID -> y * (1f - y);
            case RELU -> y > 0 ? 1f : 0f;
            case RELU6 -> y > 0 && y < 6f ? 1f : 0f;
            case LEAKY_RELU -> y > 0 ? 1f : LEAK;
            // In this order, so that the slope at NaN is NaN.
            case ELU -> y >= 0 ? 1f : y + 1f;
            case SELU -> y >= 0 ? SELU_SCALE : y + SELU_SCALE_ALPHA;
            case SOFTPLUS -> -expm1(-y);
            case SOFTSIGN -> softsignSlope(x);
            case HARD_SIGMOID -> x > -3f && x < 3f ? 1f / 6f : 0f;
            case HARD_SIGMOID_KERAS2 -> x > -2.5f && x < 2.5f ? 0.2f : 0f;
            case EXPONENTIAL -> y;
            case GELU -> Gelu.derivative(x);
            case SILU -> siluSlope(x);
            case SOFTMAX -> throw new IllegalStateException("softmax is not elementwise");
        };
    }

    private static float clip(float x) {
        return Math.min(Math.max(x, 0f), 1f);
    }

    /** In double and StrictMath: rare, and the same on every machine. */
    private static float expm1(float x) {
        return (float) StrictMath.expm1(x);
    }

    private static float softsignSlope(float x) {
        float d = 1f + Math.abs(x);
        return 1f / (d * d);
    }

    private static float siluSlope(float x) {
        float s = ScalarMath.sigmoid(x);
        return fma(x, s * (1f - s), s);
    }
}
