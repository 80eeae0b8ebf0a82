package dev.gatun.engine.function;

import dev.gatun.memory.check.Arguments;
import java.util.List;
import java.util.Locale;

/** The activation functions there are, under Keras 3's names, and the arguments they take. {@link ActivationFormula} has the formulas. */
public enum ActivationKind {
    LINEAR, TANH, SIGMOID, //
    RELU(false, new Argument("negative_slope", 0), new Argument("max_value", Float.POSITIVE_INFINITY),
            new Argument("threshold", 0)), //
    RELU6, LEAKY_RELU(false, new Argument("negative_slope", 0.2f)), ELU(false, new Argument("alpha", 1)), SELU, //
    SOFTPLUS, SOFTSIGN(true), HARD_SIGMOID(true), HARD_SIGMOID_KERAS2(true), EXPONENTIAL, //
    GELU(true, new Argument("approximate", 0)), SILU(true), SOFTMAX, //
    CELU(false, new Argument("alpha", 1)), HARD_TANH(true), HARD_SILU(true), //
    HARD_SHRINK(false, new Argument("threshold", 0.5f)), SOFT_SHRINK(false, new Argument("threshold", 0.5f)), //
    TANH_SHRINK(true), THRESHOLD(true, new Argument("threshold", null), new Argument("default_value", null)), //
    LOG_SIGMOID, SPARSE_SIGMOID, SPARSE_PLUS(true), SQUAREPLUS(true, new Argument("b", 4)), MISH(true), LOG_SOFTMAX, //
    SPARSEMAX, GLU;

    /** An argument of a function. */
    public static final class Argument {

        private final String name;
        private final Float standard;

        private Argument(String name, Float standard) {
            this.name = name;
            this.standard = standard;
        }

        private Argument(String name, int standard) {
            this(name, (float) standard);
        }

        /** As in Keras. */
        public String name() {
            return name;
        }

        /** The default; null if there is none. */
        public Float standard() {
            return standard;
        }
    }

    private final boolean derivativeNeedsInput;
    private final List<Argument> arguments;

    ActivationKind() {
        this(false);
    }

    ActivationKind(boolean derivativeNeedsInput, Argument... arguments) {
        this.derivativeNeedsInput = derivativeNeedsInput;
        this.arguments = List.of(arguments);
    }

    /** The name in configurations and files: lower case, as in Keras. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** At most three. */
    public List<Argument> arguments() {
        return arguments;
    }

    /** Whether the function looks at one number at a time; softmax and its kin look at a row. */
    public boolean isElementwise() {
        return this != SOFTMAX && this != LOG_SOFTMAX && this != SPARSEMAX && keepsWidth();
    }

    /** Whether it gives as many numbers as it takes; a gated linear unit gives half as many ({@link Glu}). */
    public boolean keepsWidth() {
        return this != GLU;
    }

    boolean derivativeNeedsInput() {
        return derivativeNeedsInput;
    }

    boolean hasDefaults() {
        return this != THRESHOLD;
    }

    /** @throws IllegalArgumentException naming the functions there are */
    public static ActivationKind of(String keyword) {
        Arguments.required(keyword, "ActivationKind.of", "keyword", "a name, for example tanh");
        for (ActivationKind kind : values()) {
            if (kind.keyword().equals(keyword)) {
                return kind;
            }
        }
        if (keyword.equals("swish")) {
            return SILU;
        }
        if (keyword.equals("hard_swish")) {
            return HARD_SILU;
        }
        StringBuilder known = new StringBuilder();
        for (ActivationKind kind : values()) {
            known.append(known.isEmpty() ? "" : ", ").append(kind.keyword());
        }
        throw new IllegalArgumentException("Unknown activation '" + keyword + "'; there are " + known);
    }
}
