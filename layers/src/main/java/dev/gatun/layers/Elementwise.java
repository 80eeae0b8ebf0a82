package dev.gatun.layers;

import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A function of numbers, applied number by number to values of equal sizes or of size 1 along an axis; some of its arguments may
 * be numbers that stand for a whole value. It is what {@code keras.ops} writes into functional models, such as
 * {@code x * 2 + y} or {@code ops.sqrt(x)}. What is true is 1 and what is false 0. Masks end here, as they do in Keras.
 *
 * <pre>{@code
 * Node y = Elementwise.of(Elementwise.Function.DIVIDE).on(x, length);
 * Node half = Elementwise.of(Elementwise.Function.POWER).argument(1, 0.5).on(x);
 * }</pre>
 */
public final class Elementwise extends MergeLayer<Elementwise> {

    /** The functions there are. */
    public enum Function {
        /** x itself. */
        IDENTITY(1),
        /** x itself, through which no gradient goes back. */
        STOP_GRADIENT(1),
        /** An activation function, which is told apart. */
        ACTIVATION(1),
        /** -x. */
        NEGATIVE(1),
        /** The size of x. */
        ABSOLUTE(1),
        /** x x. */
        SQUARE(1),
        /** The root of x. */
        SQRT(1),
        /** One over the root of x. */
        RSQRT(1),
        /** The natural logarithm. */
        LOG(1),
        /** The natural logarithm of 1 + x. */
        LOG1P(1),
        /** One over x. */
        RECIPROCAL(1),
        /** The sine of x in radians. */
        SIN(1),
        /** The cosine of x in radians. */
        COS(1),
        /** -1, 0 or 1. */
        SIGN(1),
        /** The largest whole number that is not above x. */
        FLOOR(1),
        /** The smallest whole number that is not below x. */
        CEIL(1),
        /** The nearest whole number, of two the even one. */
        ROUND(1),
        /** x without what stands behind the point. */
        TRUNCATE(1),
        /** 0. */
        ZEROS_LIKE(1),
        /** 1. */
        ONES_LIKE(1),
        /** Whether x is not 0. */
        IS_TRUE(1),
        /** Whether x is 0. */
        LOGICAL_NOT(1),
        /** x + y. */
        ADD(2),
        /** x - y. */
        SUBTRACT(2),
        /** x y. */
        MULTIPLY(2),
        /** x / y. */
        DIVIDE(2),
        /** The largest whole number that is not above x / y. */
        FLOOR_DIVIDE(2),
        /** x to the power of y. */
        POWER(2),
        /** The larger one; NaN if one is. */
        MAXIMUM(2),
        /** The smaller one; NaN if one is. */
        MINIMUM(2),
        /** x = y. */
        EQUAL(2),
        /** Whether they differ. */
        NOT_EQUAL(2),
        /** Whether x is above y. */
        GREATER(2),
        /** Whether x is y or above. */
        GREATER_EQUAL(2),
        /** Whether x is below y. */
        LESS(2),
        /** Whether x is y or below. */
        LESS_EQUAL(2),
        /** Whether none of both is 0. */
        LOGICAL_AND(2),
        /** Whether one of both is not 0. */
        LOGICAL_OR(2),
        /** Whether just one of both is not 0. */
        LOGICAL_XOR(2),
        /** y where x is not 0, otherwise z. */
        WHERE(3),
        /** x, but at least y and at most z. */
        CLIP(3);

        private final int arity;

        Function(int arity) {
            this.arity = arity;
        }

        /**
         * How many arguments it has.
         *
         * @return 1 to 3
         */
        public int arity() {
            return arity;
        }

        /**
         * Its name in files.
         *
         * @return in small letters
         */
        public String keyword() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final OptionKind<Function> FUNCTIONS = new OptionKind<>("a function") {
        @Override
        public Function read(OptionReader reader, String key) {
            String word = reader.text(key);
            return Arrays.stream(Function.values()).filter(function -> function.keyword().equals(word)).findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(reader.owner() + ": expected as " + key + " one of "
                            + Arrays.stream(Function.values()).map(Function::keyword).toList() + ", got '" + word
                            + "'"));
        }

        @Override
        public Object write(Function value) {
            return value.keyword();
        }
    };

    private static final OptionKind<List<Optional<Double>>> PLACES = new OptionKind<>(
            "a number for each argument that is one, null for a value") {
        @Override
        public List<Optional<Double>> read(OptionReader reader, String key) {
            List<Optional<Double>> places = new ArrayList<>();
            for (Object number : reader.list(key)) {
                if (number != null && !(number instanceof Number)) {
                    throw new IllegalArgumentException(
                            reader.owner() + ": expected as " + key + " " + words() + ", got " + number);
                }
                places.add(Optional.ofNullable(number).map(given -> ((Number) given).doubleValue()));
            }
            return List.copyOf(places);
        }

        @Override
        public Object write(List<Optional<Double>> value) {
            return value.stream().map(place -> place.orElse(null)).toList();
        }
    };

    private static final Option<Function> FUNCTION = Option.required("function", FUNCTIONS);
    private static final Option<List<Optional<Double>>> ARGUMENTS = Option.of("arguments", PLACES, List.of());
    private static final Option<Optional<ActivationFunction>> ACTIVATION = Option.of("activation",
            OptionKind.OPTIONAL_ACTIVATION, Optional.empty());

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("Elementwise", FUNCTION, ARGUMENTS, ACTIVATION);

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public Elementwise(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer that applies a function.
     *
     * @param function of values, in the order in which they are given
     * @return the layer
     */
    public static Elementwise of(Function function) {
        Arguments.required(function, "Elementwise.of", "function", "for example Elementwise.Function.ADD");
        return new Elementwise(Configuration.of(OPTIONS).with(FUNCTION, function));
    }

    /**
     * A layer that applies an activation function; unlike an {@link Activation} it ends masks.
     *
     * @param activation of one value
     * @return the layer
     */
    public static Elementwise of(ActivationFunction activation) {
        Arguments.required(activation, "Elementwise.of", "activation", "for example ActivationFunction.TANH");
        return of(Function.ACTIVATION).with(ACTIVATION, Optional.of(activation));
    }

    @Override
    protected Elementwise of(Configuration configuration) {
        return new Elementwise(configuration);
    }

    /**
     * Says that an argument is a number, which stands for a whole value; the others are the values that the layer is called with.
     *
     * @param place  of the argument, counted from 0
     * @param number in its place
     * @return this layer with it
     * @throws IllegalArgumentException if the function has no such argument
     */
    public Elementwise argument(int place, double number) {
        int arity = function().arity();
        if (place < 0 || place >= arity) {
            throw new IllegalArgumentException("Elementwise.argument: " + function().keyword() + " has " + arity
                    + (arity == 1 ? " argument" : " arguments") + ", got place " + place + "; give one from 0 to "
                    + (arity - 1));
        }
        List<Optional<Double>> places = new ArrayList<>(
                arguments().isEmpty() ? Collections.nCopies(arity, Optional.empty()) : arguments());
        places.set(place, Optional.of(number));
        return with(ARGUMENTS, List.copyOf(places));
    }

    /**
     * What is applied.
     *
     * @return the function
     */
    public Function function() {
        return get(FUNCTION);
    }

    /**
     * Which arguments are numbers.
     *
     * @return for each argument the number, or none for a value; default that all of them are values
     */
    public List<Optional<Double>> arguments() {
        return get(ARGUMENTS);
    }

    /**
     * The activation function, of {@link Function#ACTIVATION}.
     *
     * @return default none
     */
    public Optional<ActivationFunction> activation() {
        return get(ACTIVATION);
    }
}
