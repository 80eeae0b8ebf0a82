package dev.gatun.engine.function;

import static dev.gatun.engine.cpu.Fma.fma;

import dev.gatun.engine.kernel.scalar.ScalarMath;
import dev.gatun.memory.check.Arguments;
import java.util.Arrays;
import java.util.Map;

/**
 * The formula of an activation function ({@link #value}) and its derivative, arguments included; users see
 * {@code ActivationFunction}. Those of a few operations have SIMD kernels; the others run their scalar formula. All give the same
 * bits for any vector width. A function with its default arguments is one object.
 */
public final class ActivationFormula {

    private static final ActivationFormula[] PLAIN = new ActivationFormula[ActivationKind.values().length];

    static {
        for (ActivationKind kind : ActivationKind.values()) {
            if (kind.hasDefaults()) {
                PLAIN[kind.ordinal()] = new ActivationFormula(kind, standards(kind));
            }
        }
    }

    public static final ActivationFormula LINEAR = of(ActivationKind.LINEAR);
    public static final ActivationFormula TANH = of(ActivationKind.TANH);
    public static final ActivationFormula SIGMOID = of(ActivationKind.SIGMOID);
    public static final ActivationFormula RELU = of(ActivationKind.RELU);

    private static final float SELU_SCALE = 1.05070098f;
    private static final float SELU_SCALE_ALPHA = 1.75809934f;

    private final ActivationKind kind;
    private final float[] arguments;
    private final float first;
    private final float second;
    private final float third;
    /** What x is clipped to. */
    private final float limit;

    private ActivationFormula(ActivationKind kind, float[] arguments) {
        this(kind, arguments, Float.POSITIVE_INFINITY);
    }

    private ActivationFormula(ActivationKind kind, float[] arguments, float limit) {
        this.kind = kind;
        this.arguments = arguments;
        this.limit = limit;
        this.first = arguments.length > 0 ? arguments[0] : 0;
        this.second = arguments.length > 1 ? arguments[1] : 0;
        this.third = arguments.length > 2 ? arguments[2] : 0;
    }

    private static float[] standards(ActivationKind kind) {
        float[] standards = new float[kind.arguments().size()];
        for (int i = 0; i < standards.length; i++) {
            standards[i] = kind.arguments().get(i).standard();
        }
        return standards;
    }

    /**
     * The function with its default arguments.
     *
     * @throws IllegalArgumentException if it has none
     */
    public static ActivationFormula of(ActivationKind kind) {
        Arguments.required(kind, "ActivationFormula.of", "kind", "for example ActivationKind.TANH");
        if (!kind.hasDefaults()) {
            throw new IllegalArgumentException("The activation '" + kind.keyword() + "' has no defaults; give "
                    + kind.arguments().stream().map(ActivationKind.Argument::name).toList());
        }
        return PLAIN[kind.ordinal()];
    }

    /**
     * The function of a name, with its default arguments.
     *
     * @throws IllegalArgumentException naming the functions there are
     */
    public static ActivationFormula of(String keyword) {
        return of(ActivationKind.of(keyword));
    }

    /**
     * A function with arguments.
     *
     * @param arguments as many as the kind has, in its order
     * @throws IllegalArgumentException if there is another number of them, or one makes no function
     */
    public static ActivationFormula of(ActivationKind kind, float... arguments) {
        Arguments.required(kind, "ActivationFormula.of", "kind", "for example ActivationKind.ELU");
        Arguments.required(arguments, "ActivationFormula.of", "arguments", "numbers, in the order of the kind");
        ArgumentCheck.of(kind, arguments);
        ActivationFormula plain = PLAIN[kind.ordinal()];
        return plain != null && Arrays.equals(plain.arguments, arguments)
                ? plain
                : new ActivationFormula(kind, arguments.clone());
    }

    /**
     * The function of a name and arguments.
     *
     * @param arguments by Keras's names; what is left out has its default
     * @throws IllegalArgumentException if there is no such function or argument, naming those there are, or an argument is
     *                                  missing or makes no function
     */
    public static ActivationFormula of(String keyword, Map<String, ? extends Number> arguments) {
        Arguments.required(keyword, "ActivationFormula.of", "keyword", "a name, for example elu");
        Arguments.all(arguments, "ActivationFormula.of", "arguments", "numbers by name, an empty map for none");
        ActivationKind kind = ActivationKind.of(keyword);
        if (arguments.isEmpty()) {
            return of(kind);
        }
        float[] numbers = new float[kind.arguments().size()];
        int given = 0;
        for (int i = 0; i < numbers.length; i++) {
            ActivationKind.Argument argument = kind.arguments().get(i);
            Number number = arguments.get(argument.name());
            given += number == null ? 0 : 1;
            if (number == null && argument.standard() == null) {
                throw new IllegalArgumentException("The activation '" + keyword + "' needs " + argument.name());
            }
            numbers[i] = number == null ? argument.standard() : number.floatValue();
        }
        if (given < arguments.size()) {
            throw new IllegalArgumentException("The activation '" + keyword + "' has the arguments "
                    + kind.arguments().stream().map(ActivationKind.Argument::name).toList() + ", got "
                    + arguments.keySet());
        }
        return of(kind, numbers);
    }

    /**
     * The same function of x that has been clipped to [-limit, limit]: what is beyond has the value of the limit, and no slope.
     *
     * @param most above 0
     * @throws IllegalArgumentException if it is not
     */
    public ActivationFormula clipped(float most) {
        if (!(most > 0)) {
            throw new IllegalArgumentException("An activation is clipped at a limit above 0, got " + most);
        }
        return new ActivationFormula(kind, arguments, most);
    }

    public ActivationKind kind() {
        return kind;
    }

    /** In the order of the kind. */
    public float argument(int index) {
        return arguments[index];
    }

    /** Whether the arguments are the defaults. */
    public boolean isPlain() {
        return this == PLAIN[kind.ordinal()];
    }

    /** Whether x is clipped before the function sees it. */
    boolean isClipped() {
        return limit != Float.POSITIVE_INFINITY;
    }

    /** Whether the function looks at one number at a time. */
    public boolean isElementwise() {
        return kind.isElementwise();
    }

    /** Whether {@link #derivative} needs x, because y does not tell it. */
    public boolean derivativeNeedsInput() {
        return kind.derivativeNeedsInput() || kind == ActivationKind.RELU && !isPlain()
                || isClipped();
    }

    /** f(x) of an elementwise function. */
    public float value(float x) {
        return isClipped() ? formula(Math.min(Math.max(x, -limit), limit)) : formula(x);
    }

    private float formula(float x) {
        return switch (kind) {
            case LINEAR -> x;
            case TANH -> ScalarMath.tanh(x);
            case SIGMOID -> ScalarMath.sigmoid(x);
            case RELU -> isPlain() ? Math.max(x, 0f) : x <= third ? first * (x - third) : Math.min(x, second);
            case RELU6 -> Math.min(Math.max(x, 0f), 6f);
            case LEAKY_RELU -> x < 0 ? first * x : x;
            case ELU -> x < 0 ? first * expm1(x) : x;
            case SELU -> x < 0 ? SELU_SCALE_ALPHA * expm1(x) : SELU_SCALE * x;
            case CELU -> x < 0 ? first * expm1(x / first) : x;
            case SOFTPLUS -> softplus(x);
            case SOFTSIGN -> x / (1f + Math.abs(x));
            case HARD_SIGMOID -> clip(fma(x, 1f / 6f, 0.5f));
            case HARD_SIGMOID_KERAS2 -> clip(fma(x, 0.2f, 0.5f));
            case HARD_TANH -> Math.min(Math.max(x, -1f), 1f);
            case HARD_SILU -> x * clip(fma(x, 1f / 6f, 0.5f));
            // In this order, so that NaN stays NaN.
            case HARD_SHRINK -> Math.abs(x) <= first ? 0f : x;
            case SOFT_SHRINK -> Math.abs(x) <= first ? 0f : x > 0 ? x - first : x + first;
            case TANH_SHRINK -> (float) (x - StrictMath.tanh(x));
            case THRESHOLD -> x <= first ? second : x;
            case LOG_SIGMOID -> -softplus(-x);
            case SPARSE_SIGMOID -> clip(fma(x, 0.5f, 0.5f));
            case SPARSE_PLUS -> x <= -1 ? 0f : x < 1 ? 0.25f * (x + 1) * (x + 1) : x;
            case SQUAREPLUS -> (float) SmoothUnits.squareplus(x, first);
            case EXPONENTIAL -> ScalarMath.exp(x);
            case GELU -> first == 0 ? Gelu.value(x) : (float) SmoothUnits.tanhGelu(x);
            case SILU -> x * ScalarMath.sigmoid(x);
            case MISH -> (float) SmoothUnits.mish(x);
            case SOFTMAX, LOG_SOFTMAX, SPARSEMAX, GLU -> throw new IllegalStateException(kind + " is not elementwise");
        };
    }

    /**
     * f'(x) of an elementwise function; at a kink the value Keras's back ends use.
     *
     * @param x read only if {@link #derivativeNeedsInput}
     * @param y f(x)
     */
    public float derivative(float x, float y) {
        return Math.abs(x) > limit ? 0f : slope(x, y);
    }

    private float slope(float x, float y) {
        return switch (kind) {
            case LINEAR -> 1f;
            case TANH -> fma(-y, y, 1f);
            case SIGMOID -> y * (1f - y);
            case RELU -> isPlain() ? y > 0 ? 1f : 0f : x <= third ? first : x < second ? 1f : 0f;
            case RELU6 -> y > 0 && y < 6f ? 1f : 0f;
            case LEAKY_RELU -> y > 0 ? 1f : first;
            // In this order, so that the slope at NaN is NaN.
            case ELU -> y >= 0 ? 1f : y + first;
            case SELU -> y >= 0 ? SELU_SCALE : y + SELU_SCALE_ALPHA;
            case CELU -> y >= 0 ? 1f : y / first + 1f;
            case SOFTPLUS -> -expm1(-y);
            case SOFTSIGN -> softsignSlope(x);
            case HARD_SIGMOID -> x > -3f && x < 3f ? 1f / 6f : 0f;
            case HARD_SIGMOID_KERAS2 -> x > -2.5f && x < 2.5f ? 0.2f : 0f;
            case HARD_TANH -> x >= -1f && x <= 1f ? 1f : 0f;
            case HARD_SILU -> x <= -3f ? 0f : x < 3f ? fma(x, 1f / 3f, 0.5f) : 1f;
            case HARD_SHRINK, SOFT_SHRINK -> y == 0 ? 0f : 1f;
            case TANH_SHRINK -> tanhShrinkSlope(x);
            case THRESHOLD -> x <= first ? 0f : 1f;
            case LOG_SIGMOID -> -expm1(y);
            case SPARSE_SIGMOID -> y > 0 && y < 1f ? 0.5f : 0f;
            case SPARSE_PLUS -> x <= -1 ? 0f : x < 1 ? fma(x, 0.5f, 0.5f) : 1f;
            case SQUAREPLUS -> (float) SmoothUnits.squareplusSlope(x, first);
            case EXPONENTIAL -> y;
            case GELU -> first == 0 ? Gelu.derivative(x) : (float) SmoothUnits.tanhGeluSlope(x);
            case SILU -> siluSlope(x);
            case MISH -> (float) SmoothUnits.mishSlope(x);
            case SOFTMAX, LOG_SOFTMAX, SPARSEMAX, GLU -> throw new IllegalStateException(kind + " is not elementwise");
        };
    }

    private static float clip(float x) {
        return Math.min(Math.max(x, 0f), 1f);
    }

    private static float softplus(float x) {
        return (float) SmoothUnits.softplus(x);
    }

    /** In double and StrictMath: rare, and the same on every machine. */
    private static float expm1(float x) {
        return (float) StrictMath.expm1(x);
    }

    private static float softsignSlope(float x) {
        float d = 1f + Math.abs(x);
        return 1f / (d * d);
    }

    private static float tanhShrinkSlope(float x) {
        float t = ScalarMath.tanh(x);
        return t * t;
    }

    private static float siluSlope(float x) {
        float s = ScalarMath.sigmoid(x);
        return fma(x, s * (1f - s), s);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof ActivationFormula that && kind == that.kind
                && Arrays.equals(arguments, that.arguments) && limit == that.limit;
    }

    @Override
    public int hashCode() {
        return 31 * kind.hashCode() + Arrays.hashCode(arguments);
    }

    @Override
    public String toString() {
        return isPlain() ? kind.keyword() : kind.keyword() + Arrays.toString(arguments);
    }
}
