package dev.gatun.layers;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.memory.check.Arguments;

/** The activation functions, with Keras 3's names and formulas. All give the same bits for any vector width. */
public enum ActivationFunction {
    /** x. */
    LINEAR,
    /** tanh x. */
    TANH,
    /** 1 / (1 + e^-x). */
    SIGMOID,
    /** max(x, 0). */
    RELU,
    /** min(max(x, 0), 6). */
    RELU6,
    /** x, or 0.2 x below zero. */
    LEAKY_RELU,
    /** x, or e^x - 1 below zero. */
    ELU,
    /** 1.0507 x, or 1.0507 * 1.67326 (e^x - 1) below zero (Klambauer et al. 2017). */
    SELU,
    /** log(1 + e^x). */
    SOFTPLUS,
    /** x / (1 + |x|). */
    SOFTSIGN,
    /** Keras 3: clip(x / 6 + 0.5, 0, 1). */
    HARD_SIGMOID,
    /** Keras 1 and 2: clip(0.2 x + 0.5, 0, 1). */
    HARD_SIGMOID_KERAS2,
    /** e^x. */
    EXPONENTIAL,
    /** x (1 + erf(x / sqrt 2)) / 2, the exact form. */
    GELU,
    /** x sigmoid(x), also called swish. */
    SILU,
    /** e^x divided by the sum of e^x over the last axis. */
    SOFTMAX;

    /**
     * The name in configurations and files.
     *
     * @return lower case, as in Keras
     */
    public String keyword() {
        return formula().keyword();
    }

    /**
     * The function of a name.
     *
     * @param keyword Keras's name: tanh, relu, ...; swish is silu
     * @return the function
     * @throws IllegalArgumentException naming the functions there are
     */
    public static ActivationFunction of(String keyword) {
        Arguments.required(keyword, "ActivationFunction.of", "keyword", "a name, for example tanh");
        return valueOf(ActivationFormula.of(keyword).name());
    }

    /**
     * Whether the function looks at one number at a time.
     *
     * @return false for softmax, which looks at a row
     */
    public boolean isElementwise() {
        return formula().isElementwise();
    }

    /** The engine's constants have the same names. */
    private ActivationFormula formula() {
        return ActivationFormula.valueOf(name());
    }
}
