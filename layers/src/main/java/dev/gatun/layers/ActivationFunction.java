package dev.gatun.layers;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.function.ActivationKind;
import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The activation functions, with Keras 3's names, formulas and arguments. All give the same bits for any vector width. The
 * constants have Keras's default arguments; {@link #leakyRelu} and the other methods take others.
 */
public final class ActivationFunction {

    /** x. */
    public static final ActivationFunction LINEAR = new ActivationFunction(ActivationKind.LINEAR);
    /** tanh x. */
    public static final ActivationFunction TANH = new ActivationFunction(ActivationKind.TANH);
    /** 1 / (1 + e^-x). */
    public static final ActivationFunction SIGMOID = new ActivationFunction(ActivationKind.SIGMOID);
    /** max(x, 0). */
    public static final ActivationFunction RELU = new ActivationFunction(ActivationKind.RELU);
    /** min(max(x, 0), 6). */
    public static final ActivationFunction RELU6 = new ActivationFunction(ActivationKind.RELU6);
    /** x, or 0.2 x below zero. */
    public static final ActivationFunction LEAKY_RELU = new ActivationFunction(ActivationKind.LEAKY_RELU);
    /** x, or e^x - 1 below zero. */
    public static final ActivationFunction ELU = new ActivationFunction(ActivationKind.ELU);
    /** 1.0507 x, or 1.0507 * 1.67326 (e^x - 1) below zero (Klambauer et al. 2017). */
    public static final ActivationFunction SELU = new ActivationFunction(ActivationKind.SELU);
    /** log(1 + e^x). */
    public static final ActivationFunction SOFTPLUS = new ActivationFunction(ActivationKind.SOFTPLUS);
    /** x / (1 + |x|). */
    public static final ActivationFunction SOFTSIGN = new ActivationFunction(ActivationKind.SOFTSIGN);
    /** Keras 3: clip(x / 6 + 0.5, 0, 1). */
    public static final ActivationFunction HARD_SIGMOID = new ActivationFunction(ActivationKind.HARD_SIGMOID);
    /** Keras 1 and 2: clip(0.2 x + 0.5, 0, 1). */
    public static final ActivationFunction HARD_SIGMOID_KERAS2 = new ActivationFunction(
            ActivationKind.HARD_SIGMOID_KERAS2);
    /** e^x. */
    public static final ActivationFunction EXPONENTIAL = new ActivationFunction(ActivationKind.EXPONENTIAL);
    /** x (1 + erf(x / sqrt 2)) / 2, the exact form (Hendrycks and Gimpel 2016). */
    public static final ActivationFunction GELU = new ActivationFunction(ActivationKind.GELU);
    /** x sigmoid(x), also called swish. */
    public static final ActivationFunction SILU = new ActivationFunction(ActivationKind.SILU);
    /** e^x divided by the sum of e^x over the last axis. */
    public static final ActivationFunction SOFTMAX = new ActivationFunction(ActivationKind.SOFTMAX);
    /** x, or e^x - 1 below zero: {@link #ELU}, but for its argument (Barron 2017). */
    public static final ActivationFunction CELU = new ActivationFunction(ActivationKind.CELU);
    /** min(max(x, -1), 1). */
    public static final ActivationFunction HARD_TANH = new ActivationFunction(ActivationKind.HARD_TANH);
    /** x clip(x / 6 + 0.5, 0, 1), also called hard swish. */
    public static final ActivationFunction HARD_SILU = new ActivationFunction(ActivationKind.HARD_SILU);
    /** x, or 0 between -0.5 and 0.5. */
    public static final ActivationFunction HARD_SHRINK = new ActivationFunction(ActivationKind.HARD_SHRINK);
    /** x nearer to 0 by 0.5, or 0 between -0.5 and 0.5. */
    public static final ActivationFunction SOFT_SHRINK = new ActivationFunction(ActivationKind.SOFT_SHRINK);
    /** x - tanh x. */
    public static final ActivationFunction TANH_SHRINK = new ActivationFunction(ActivationKind.TANH_SHRINK);
    /** log(1 / (1 + e^-x)). */
    public static final ActivationFunction LOG_SIGMOID = new ActivationFunction(ActivationKind.LOG_SIGMOID);
    /** clip(x / 2 + 0.5, 0, 1). */
    public static final ActivationFunction SPARSE_SIGMOID = new ActivationFunction(ActivationKind.SPARSE_SIGMOID);
    /** 0 up to -1, (x + 1)^2 / 4 up to 1, then x. */
    public static final ActivationFunction SPARSE_PLUS = new ActivationFunction(ActivationKind.SPARSE_PLUS);
    /** (x + sqrt(x^2 + 4)) / 2 (Barron 2021). */
    public static final ActivationFunction SQUAREPLUS = new ActivationFunction(ActivationKind.SQUAREPLUS);
    /** x tanh(log(1 + e^x)) (Misra 2019). */
    public static final ActivationFunction MISH = new ActivationFunction(ActivationKind.MISH);
    /** The logarithm of {@link #SOFTMAX}. */
    public static final ActivationFunction LOG_SOFTMAX = new ActivationFunction(ActivationKind.LOG_SOFTMAX);
    /** The nearest probabilities over the last axis (Martins and Astudillo 2016): most are 0. */
    public static final ActivationFunction SPARSEMAX = new ActivationFunction(ActivationKind.SPARSEMAX);
    /** Of 2 N numbers the first N times the sigmoid of the others (Dauphin et al. 2017); for Dense and Activation. */
    public static final ActivationFunction GLU = new ActivationFunction(ActivationKind.GLU);

    private final ActivationFormula formula;

    private ActivationFunction(ActivationKind kind) {
        this(ActivationFormula.of(kind));
    }

    private ActivationFunction(ActivationFormula formula) {
        this.formula = formula;
    }

    private static ActivationFunction with(ActivationKind kind, double... arguments) {
        float[] narrow = new float[arguments.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) arguments[i];
        }
        return new ActivationFunction(ActivationFormula.of(kind, narrow));
    }

    /**
     * min(x, maximum) above a threshold, slope (x - threshold) below.
     *
     * @param slope     at least 0; Keras's default is 0
     * @param maximum   at least 0; infinity, Keras's default, for none
     * @param threshold at least 0; Keras's default is 0
     * @return the function
     * @throws IllegalArgumentException if one is less or not a number
     */
    public static ActivationFunction relu(double slope, double maximum, double threshold) {
        return with(ActivationKind.RELU, slope, maximum, threshold);
    }

    /**
     * x, or slope x below zero.
     *
     * @param slope at least 0; Keras's default is 0.2
     * @return the function
     * @throws IllegalArgumentException if it is less or not finite
     */
    public static ActivationFunction leakyRelu(double slope) {
        return with(ActivationKind.LEAKY_RELU, slope);
    }

    /**
     * x, or alpha (e^x - 1) below zero.
     *
     * @param alpha above 0; Keras's default is 1
     * @return the function
     * @throws IllegalArgumentException if it is not above 0 or not finite
     */
    public static ActivationFunction elu(double alpha) {
        return with(ActivationKind.ELU, alpha);
    }

    /**
     * x, or alpha (e^(x / alpha) - 1) below zero (Barron 2017).
     *
     * @param alpha above 0; Keras's default is 1
     * @return the function
     * @throws IllegalArgumentException if it is not above 0 or not finite
     */
    public static ActivationFunction celu(double alpha) {
        return with(ActivationKind.CELU, alpha);
    }

    /**
     * x, or 0 if |x| is at most a threshold.
     *
     * @param threshold at least 0; Keras's default is 0.5
     * @return the function
     * @throws IllegalArgumentException if it is less or not finite
     */
    public static ActivationFunction hardShrink(double threshold) {
        return with(ActivationKind.HARD_SHRINK, threshold);
    }

    /**
     * x nearer to 0 by a threshold, or 0 if |x| is at most that.
     *
     * @param threshold at least 0; Keras's default is 0.5
     * @return the function
     * @throws IllegalArgumentException if it is less or not finite
     */
    public static ActivationFunction softShrink(double threshold) {
        return with(ActivationKind.SOFT_SHRINK, threshold);
    }

    /**
     * x above a threshold, another value up to it.
     *
     * @param threshold finite
     * @param otherwise finite
     * @return the function
     * @throws IllegalArgumentException if one is not finite
     */
    public static ActivationFunction threshold(double threshold, double otherwise) {
        return with(ActivationKind.THRESHOLD, threshold, otherwise);
    }

    /**
     * (x + sqrt(x^2 + b)) / 2 (Barron 2021).
     *
     * @param b at least 0; Keras's default is 4
     * @return the function
     * @throws IllegalArgumentException if it is less or not finite
     */
    public static ActivationFunction squareplus(double b) {
        return with(ActivationKind.SQUAREPLUS, b);
    }

    /**
     * x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2, the approximate form of {@link #GELU}.
     *
     * @return the function
     */
    public static ActivationFunction approximateGelu() {
        return with(ActivationKind.GELU, 1);
    }

    /**
     * All functions that need no argument and give as many numbers as they take, with Keras's defaults.
     *
     * @return the constants of this class but {@link #GLU}
     */
    public static List<ActivationFunction> all() {
        List<ActivationFunction> all = new ArrayList<>();
        for (ActivationKind kind : ActivationKind.values()) {
            if (kind != ActivationKind.THRESHOLD && kind.keepsWidth()) {
                all.add(new ActivationFunction(kind));
            }
        }
        return List.copyOf(all);
    }

    /**
     * The function of a name, with Keras's default arguments.
     *
     * @param keyword Keras's name: tanh, relu, ...; swish is silu
     * @return the function
     * @throws IllegalArgumentException naming the functions there are
     */
    public static ActivationFunction of(String keyword) {
        return of(keyword, Map.of());
    }

    /**
     * The function of a name and arguments.
     *
     * @param keyword   Keras's name: leaky_relu, elu, ...
     * @param arguments by Keras's names; what is left out has Keras's default
     * @return the function
     * @throws IllegalArgumentException if there is no such function or argument, naming those there are, or an argument is
     *                                  missing or makes no sense
     */
    public static ActivationFunction of(String keyword, Map<String, ? extends Number> arguments) {
        Arguments.required(keyword, "ActivationFunction.of", "keyword", "a name, for example tanh");
        Arguments.all(arguments, "ActivationFunction.of", "arguments", "numbers by name, an empty map for none");
        return new ActivationFunction(ActivationFormula.of(keyword, arguments));
    }

    /**
     * The name in configurations and files.
     *
     * @return lower case, as in Keras
     */
    public String keyword() {
        return formula.kind().keyword();
    }

    /**
     * The arguments that are not Keras's defaults.
     *
     * @return by Keras's names; empty for the constants
     */
    public Map<String, Float> arguments() {
        Map<String, Float> others = new LinkedHashMap<>();
        for (int i = 0; i < formula.kind().arguments().size(); i++) {
            ActivationKind.Argument argument = formula.kind().arguments().get(i);
            if (argument.standard() == null || argument.standard() != formula.argument(i)) {
                others.put(argument.name(), formula.argument(i));
            }
        }
        return others;
    }

    /**
     * What computes it, for the operation of a layer of your own.
     *
     * @return of rows, and of numbers where {@link #isElementwise} says so
     */
    public ActivationFormula formula() {
        return formula;
    }

    /**
     * Whether the function looks at one number at a time.
     *
     * @return false for softmax and its kin, which look at a row
     */
    public boolean isElementwise() {
        return formula.isElementwise();
    }

    ActivationKind kind() {
        return formula.kind();
    }

    /** In Keras's order, defaults included. */
    float argument(int index) {
        return formula.argument(index);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ActivationFunction that && formula.equals(that.formula);
    }

    @Override
    public int hashCode() {
        return formula.hashCode();
    }

    /** The keyword, and arguments where there are some: {@code leaky_relu{negative_slope=0.1}}. */
    @Override
    public String toString() {
        return arguments().isEmpty() ? keyword() : keyword() + arguments();
    }
}
