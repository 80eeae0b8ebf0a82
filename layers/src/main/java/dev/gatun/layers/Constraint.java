package dev.gatun.layers;

import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.util.List;
import java.util.Map;

/**
 * What a weight is held to after every step of a training, with Keras's names and formulas. A norm is the length of the vectors
 * along some axes of the weight: along axis 0 of a kernel [I,N], those of what goes into each of its N units.
 */
public sealed interface Constraint {

    /** Any numbers. */
    Constraint NONE = new None();

    /**
     * Changes a weight so that it keeps the constraint.
     *
     * @param weight changed
     * @throws ShapeException if it has no such axis
     */
    void apply(Tensor weight);

    /**
     * Holds a shape against the axes.
     *
     * @param what  whose numbers these are, for the message: {@code weight 'kernel' of Dense 'dense'}
     * @param shape of the numbers
     * @throws ShapeException if it has no such axis
     */
    default void requireFit(String what, Shape shape) {
        Arguments.required(what, "Constraint.requireFit", "what", "whose numbers these are");
        Arguments.required(shape, "Constraint.requireFit", "shape", "of the numbers");
        // each number for itself fits every shape
    }

    /** {@return whether nothing is changed} */
    default boolean isNone() {
        return this instanceof None;
    }

    /** {@return Keras's class name, for example {@code MaxNorm}} */
    String kind();

    /** {@return the arguments under Keras's names} */
    default Map<String, Object> config() {
        return Map.of();
    }

    /**
     * No vector longer than a limit, along axis 0.
     *
     * @param maximum at least 0; Keras's default is 2
     * @return the constraint
     * @throws IllegalArgumentException if the limit is negative or not finite
     */
    static Constraint maxNorm(double maximum) {
        return new MaxNorm(maximum, List.of(0));
    }

    /**
     * No number below 0.
     *
     * @return the constraint
     */
    static Constraint nonNegative() {
        return new NonNegative();
    }

    /**
     * Every vector of length 1, along axis 0.
     *
     * @return the constraint
     */
    static Constraint unitNorm() {
        return new UnitNorm(List.of(0));
    }

    /** Nothing is changed. */
    record None() implements Constraint {
        @Override
        public void apply(Tensor weight) {
            Arguments.required(weight, "Constraint.apply", "weight", "a weight");
        }

        @Override
        public String kind() {
            return "None";
        }
    }

    /** Numbers below 0 become 0; Keras's {@code NonNeg}. */
    record NonNegative() implements Constraint {
        @Override
        public void apply(Tensor weight) {
            Arguments.required(weight, "Constraint.apply", "weight", "a weight");
            AxisNorms.raiseToZero(weight);
        }

        @Override
        public String kind() {
            return "NonNeg";
        }
    }

    /**
     * Vectors longer than a limit are shortened to it: {@code w min(norm, maximum) / (norm + 1e-7)}.
     *
     * @param maximum at least 0
     * @param axes    along which a vector lies; negative ones count from the last
     */
    record MaxNorm(double maximum, List<Integer> axes) implements Constraint {
        /**
         * Keeps a copy of the axes.
         *
         * @throws NullPointerException     if they are null
         * @throws IllegalArgumentException if the limit is negative or not finite, or there is no axis
         */
        public MaxNorm {
            NumberCheck.norm("Constraint MaxNorm", "maximum (max_value)", maximum);
            axes = AxisNorms.axes("MaxNorm", axes);
        }

        @Override
        public void apply(Tensor weight) {
            Arguments.required(weight, "Constraint.apply", "weight", "a weight");
            AxisNorms.rescale(weight, axes, norm -> Math.min(norm, maximum));
        }

        @Override
        public void requireFit(String what, Shape shape) {
            Constraint.super.requireFit(what, shape);
            AxisNorms.requireFit(kind(), axes, what, shape);
        }

        @Override
        public String kind() {
            return "MaxNorm";
        }

        @Override
        public Map<String, Object> config() {
            return InitializerFill.ordered("max_value", maximum, "axis", AxisNorms.plain(axes));
        }
    }

    /**
     * Vectors are brought to length 1: {@code w / (norm + 1e-7)}.
     *
     * @param axes along which a vector lies; negative ones count from the last
     */
    record UnitNorm(List<Integer> axes) implements Constraint {
        /**
         * Keeps a copy of the axes.
         *
         * @throws NullPointerException     if they are null
         * @throws IllegalArgumentException if there is no axis
         */
        public UnitNorm {
            axes = AxisNorms.axes("UnitNorm", axes);
        }

        @Override
        public void apply(Tensor weight) {
            Arguments.required(weight, "Constraint.apply", "weight", "a weight");
            AxisNorms.rescale(weight, axes, norm -> 1);
        }

        @Override
        public void requireFit(String what, Shape shape) {
            Constraint.super.requireFit(what, shape);
            AxisNorms.requireFit(kind(), axes, what, shape);
        }

        @Override
        public String kind() {
            return "UnitNorm";
        }

        @Override
        public Map<String, Object> config() {
            return Map.of("axis", AxisNorms.plain(axes));
        }
    }

    /**
     * Vectors are brought nearer to a range of lengths:
     * {@code w (rate clip(norm, minimum, maximum) + (1 - rate) norm) / (norm + 1e-7)}.
     *
     * @param minimum at least 0; Keras's default is 0
     * @param maximum not below the minimum; Keras's default is 1
     * @param rate    0 for nothing, 1 for all at once, Keras's default
     * @param axes    along which a vector lies; negative ones count from the last
     */
    record MinMaxNorm(double minimum, double maximum, double rate, List<Integer> axes) implements Constraint {
        /**
         * Checks the numbers and keeps a copy of the axes.
         *
         * @throws NullPointerException     if the axes are null
         * @throws IllegalArgumentException if a limit is negative or not finite, the minimum is above the maximum, the rate is
         *                                  not in 0 to 1, or there is no axis
         */
        public MinMaxNorm {
            NumberCheck.norm("Constraint MinMaxNorm", "minimum (min_value)", minimum);
            NumberCheck.norm("Constraint MinMaxNorm", "maximum (max_value)", maximum);
            if (minimum > maximum) {
                throw new IllegalArgumentException("Constraint MinMaxNorm: the minimum (min_value) " + minimum
                        + " is above the maximum (max_value) " + maximum + "; exchange them");
            }
            if (!(rate >= 0 && rate <= 1)) {
                throw new IllegalArgumentException(
                        "Constraint MinMaxNorm: rate must be 0 to 1, got " + rate + "; 1 is usual");
            }
            axes = AxisNorms.axes("MinMaxNorm", axes);
        }

        @Override
        public void apply(Tensor weight) {
            Arguments.required(weight, "Constraint.apply", "weight", "a weight");
            AxisNorms.rescale(weight, axes,
                    norm -> rate * Math.clamp(norm, minimum, maximum) + (1 - rate) * norm);
        }

        @Override
        public void requireFit(String what, Shape shape) {
            Constraint.super.requireFit(what, shape);
            AxisNorms.requireFit(kind(), axes, what, shape);
        }

        @Override
        public String kind() {
            return "MinMaxNorm";
        }

        @Override
        public Map<String, Object> config() {
            return InitializerFill.ordered("min_value", minimum, "max_value", maximum, "rate", rate, "axis",
                    AxisNorms.plain(axes));
        }
    }
}
