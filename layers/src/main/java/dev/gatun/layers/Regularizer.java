package dev.gatun.layers;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.util.Map;

/**
 * A penalty on the numbers of a weight, or of what a layer returns, that is added to the loss, with Keras's names and formulas.
 */
public sealed interface Regularizer {

    /** No penalty. */
    Regularizer NONE = new L1L2(0, 0);

    /**
     * The penalty.
     *
     * @param values numbers of a shape that {@link #requireFit} takes
     * @return a number of at least 0, summed in double in the order of the numbers
     */
    double penalty(Tensor values);

    /**
     * Adds the gradient of the penalty.
     *
     * @param values   as {@link #penalty} takes them
     * @param factor   by which the penalty counts in the loss; 1 for a weight
     * @param gradient of the same shape; changed
     */
    void addGradient(Tensor values, double factor, Tensor gradient);

    /** {@return whether there is no penalty, whatever the numbers} */
    default boolean isNone() {
        // The equals of a record is made when it is first called, which takes a start of the JVM ten milliseconds.
        return this == NONE || this instanceof L1L2 sums && sums.l1() == 0 && sums.l2() == 0;
    }

    /** {@return whether each number has its penalty, whatever the shape} */
    boolean isElementwise();

    /**
     * Holds a shape against what the penalty is defined for.
     *
     * @param what  whose numbers these are, for the message: {@code weight 'kernel' of Dense 'dense'}
     * @param shape of the numbers
     * @throws ShapeException if there is no such penalty: names both, and the fix
     */
    default void requireFit(String what, Shape shape) {
        Arguments.required(what, "Regularizer.requireFit", "what", "whose numbers these are");
        Arguments.required(shape, "Regularizer.requireFit", "shape", "of the numbers");
        // each number for itself fits every shape
    }

    /** {@return Keras's class name, for example {@code L2}} */
    String kind();

    /** {@return the arguments under Keras's names} */
    Map<String, Object> config();

    /**
     * A penalty on absolute values: {@code factor sum |w|}.
     *
     * @param factor at least 0; Keras's default is 0.01
     * @return the penalty
     * @throws IllegalArgumentException if the factor is negative or not finite
     */
    static Regularizer l1(double factor) {
        return new L1L2(factor, 0);
    }

    /**
     * A penalty on squares: {@code factor sum w^2}.
     *
     * @param factor at least 0; Keras's default is 0.01
     * @return the penalty
     * @throws IllegalArgumentException if the factor is negative or not finite
     */
    static Regularizer l2(double factor) {
        return new L1L2(0, factor);
    }

    /**
     * A penalty on absolute values and on squares.
     *
     * @param l1 factor of {@code sum |w|}, at least 0
     * @param l2 factor of {@code sum w^2}, at least 0
     */
    record L1L2(double l1, double l2) implements Regularizer {
        /**
         * Checks the factors.
         *
         * @throws IllegalArgumentException if one is negative or not finite
         */
        public L1L2 {
            NumberCheck.factor("Regularizer L1L2", "l1", l1);
            NumberCheck.factor("Regularizer L1L2", "l2", l2);
        }

        @Override
        public double penalty(Tensor values) {
            Arguments.required(values, "Regularizer.penalty", "values", "the numbers");
            double absolutes = 0;
            double squares = 0;
            for (long row = 0; row < values.rows(); row++) {
                long at = values.baseBytes() + row * values.rowBytes();
                for (long column = 0; column < values.columns(); column++) {
                    double value = values.segment().get(JAVA_FLOAT, at + column * Float.BYTES);
                    absolutes += Math.abs(value);
                    squares += value * value;
                }
            }
            return (l1 == 0 ? 0 : l1 * absolutes) + (l2 == 0 ? 0 : l2 * squares);
        }

        @Override
        public void addGradient(Tensor values, double factor, Tensor gradient) {
            Arguments.required(values, "Regularizer.addGradient", "values", "the numbers");
            Arguments.required(gradient, "Regularizer.addGradient", "gradient", "a tensor of the same shape");
            float sign = (float) (l1 * factor);
            float slope = (float) (2 * l2 * factor);
            for (long row = 0; row < values.rows(); row++) {
                long from = values.baseBytes() + row * values.rowBytes();
                long to = gradient.baseBytes() + row * gradient.rowBytes();
                for (long column = 0; column < values.columns(); column++) {
                    float value = values.segment().get(JAVA_FLOAT, from + column * Float.BYTES);
                    long at = to + column * Float.BYTES;
                    float slopes = gradient.segment().get(JAVA_FLOAT, at) + sign * Math.signum(value);
                    gradient.segment().set(JAVA_FLOAT, at, slope * value + slopes);
                }
            }
        }

        @Override
        public boolean isElementwise() {
            return true;
        }

        @Override
        public String kind() {
            return l2 == 0 && l1 != 0 ? "L1" : l1 == 0 && l2 != 0 ? "L2" : "L1L2";
        }

        @Override
        public Map<String, Object> config() {
            return switch (kind()) {
                case "L1" -> Map.of("l1", l1);
                case "L2" -> Map.of("l2", l2);
                default -> InitializerFill.ordered("l1", l1, "l2", l2);
            };
        }
    }

    /**
     * A penalty on rows or columns of a matrix that are not at right angles:
     * {@code factor / pairs sum over pairs |cos of the angle|}. Of one row or column it is 0. It takes R^2 C multiplications for
     * R rows of C numbers, and memory for twice the matrix in doubles.
     *
     * @param factor  at least 0; Keras's default is 0.01
     * @param ofRows  true for rows, Keras's default; false for columns
     */
    record Orthogonal(double factor, boolean ofRows) implements Regularizer {
        /**
         * Checks the factor.
         *
         * @throws IllegalArgumentException if it is negative or not finite
         */
        public Orthogonal {
            NumberCheck.factor("Regularizer OrthogonalRegularizer", "factor", factor);
        }

        @Override
        public double penalty(Tensor values) {
            Arguments.required(values, "Regularizer.penalty", "values", "a matrix");
            requireFit("the penalty", values.shape());
            return factor * new Angles(values, ofRows).mean();
        }

        @Override
        public void addGradient(Tensor values, double scale, Tensor gradient) {
            Arguments.required(values, "Regularizer.addGradient", "values", "a matrix");
            Arguments.required(gradient, "Regularizer.addGradient", "gradient", "a matrix of the same shape");
            requireFit("the penalty", values.shape());
            new Angles(values, ofRows).addGradient(factor * scale, gradient);
        }

        @Override
        public boolean isElementwise() {
            return false;
        }

        @Override
        public void requireFit(String what, Shape shape) {
            Regularizer.super.requireFit(what, shape);
            if (shape.rank() != 2) {
                throw new ShapeException("OrthogonalRegularizer compares the " + (ofRows ? "rows" : "columns")
                        + " of a matrix (rank 2), but " + what + " has shape " + shape
                        + "; use L1 or L2 there, or none");
            }
        }

        @Override
        public String kind() {
            return "OrthogonalRegularizer";
        }

        @Override
        public Map<String, Object> config() {
            return InitializerFill.ordered("factor", factor, "mode", ofRows ? "rows" : "columns");
        }
    }
}
