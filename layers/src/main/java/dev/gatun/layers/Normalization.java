package dev.gatun.layers;

import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.util.Arrays;
import java.util.List;

/**
 * Takes a mean away and divides by the root of a variance: y = (x - mean) / max(sqrt(variance), 1e-7). Of each feature its own,
 * unless other axes are named. They are given, or found in data by {@link #adapt}; without either they are weights, mean, variance
 * and count, that no training changes: 0 and 1 until they are set, or read from a file of Keras's.
 *
 * <pre>{@code
 * Sequential.of(Input.shape(96, 7), Normalization.of().adapt(x), Lstm.units(64), Dense.units(1))
 * }</pre>
 */
public final class Normalization extends ConfiguredLayer<Normalization> {

    private static final Option<List<Integer>> AXIS = Option.of("axis", OptionKind.WHOLES, List.of(-1))
            .check(new Axes());
    private static final Option<List<Double>> MEAN = Option.of("mean", OptionKind.NUMBERS, List.of())
            .check(new FiniteNumbers());
    private static final Option<List<Double>> VARIANCE = Option.of("variance", OptionKind.NUMBERS, List.of())
            .check(new Variances());
    private static final Option<Boolean> INVERT = Option.of("invert", OptionKind.FLAG, false);

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("Normalization", AXIS, MEAN, VARIANCE, INVERT);

    /** The condition on the axes: the batch has no mean of its own for each sample. */
    private static final class Axes implements OptionCheck<List<Integer>> {
        @Override
        public String problem(String option, List<Integer> axes) {
            return axes.contains(0)
                    ? "expected as " + option + " axes behind the batch, which is axis 0, got " + axes
                    : axes.stream().distinct().count() < axes.size()
                            ? "expected each axis once as " + option + ", got " + axes
                            : null;
        }
    }

    /** The condition on variances. */
    private static final class Variances implements OptionCheck<List<Double>> {
        @Override
        public String problem(String option, List<Double> numbers) {
            for (double number : numbers) {
                if (!(number >= 0 && number <= Float.MAX_VALUE)) {
                    return "expected finite numbers of at least 0 as " + option + ", got " + number;
                }
            }
            return null;
        }
    }

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public Normalization(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer with a mean and a variance for each feature, which it does not know yet.
     *
     * @return the layer
     */
    public static Normalization of() {
        return new Normalization(Configuration.of(OPTIONS));
    }

    @Override
    protected Normalization of(Configuration configuration) {
        return new Normalization(configuration);
    }

    /**
     * Which axes have a mean and a variance for each of their places.
     *
     * @param axes counted with the batch as 0, negative ones from the end; none for one mean of all numbers; default -1, features
     * @return this layer with them
     * @throws IllegalArgumentException if the batch is among them, or an axis stands twice
     */
    public Normalization axes(int... axes) {
        Arguments.required(axes, "Normalization.axes", "axes", "axes behind the batch, none for one mean of all");
        return with(AXIS, Arrays.stream(axes).boxed().toList());
    }

    /**
     * Gives the mean. The variance has to be given too.
     *
     * @param numbers one for all, or one for each place of the axes, row by row
     * @return this layer with it
     * @throws IllegalArgumentException if a number is not finite
     */
    public Normalization mean(double... numbers) {
        Arguments.required(numbers, "Normalization.mean", "numbers", "a number, or one for each place of the axes");
        return with(MEAN, FiniteNumbers.of(numbers));
    }

    /**
     * Gives the variance. The mean has to be given too.
     *
     * @param numbers one for all, or one for each place of the axes, row by row
     * @return this layer with it
     * @throws IllegalArgumentException if a number is negative or not finite
     */
    public Normalization variance(double... numbers) {
        Arguments.required(numbers, "Normalization.variance", "numbers",
                "a number, or one for each place of the axes");
        return with(VARIANCE, FiniteNumbers.of(numbers));
    }

    /**
     * Takes mean and variance from data, as they are over all axes but those that are named; the variance is the mean of squared
     * distances.
     *
     * @param data [N,F] or [N,T,F]: what the layer will be given in training
     * @return this layer with them
     * @throws IllegalArgumentException if there are no data, they hold whole numbers or a number that is not finite, or an axis is
     *                                  not there
     * @throws IllegalStateException    if the memory of the data has been freed
     */
    public Normalization adapt(Tensor data) {
        Arguments.required(data, "Normalization.adapt", "data",
                "a tensor [samples, features] or [samples, time, features]");
        AxisMoments moments = AxisMoments.of(data, axis());
        return mean(moments.means()).variance(moments.variances());
    }

    /**
     * Goes the other way: y = mean + x max(sqrt(variance), 1e-7).
     *
     * @return this layer doing so
     */
    public Normalization invert() {
        return invert(true);
    }

    /**
     * Whether it goes the other way.
     *
     * @param value default false
     * @return this layer doing so
     */
    public Normalization invert(boolean value) {
        return with(INVERT, value);
    }

    /**
     * Which axes have a mean and a variance for each of their places.
     *
     * @return counted with the batch as 0, negative ones from the end
     */
    public List<Integer> axis() {
        return get(AXIS);
    }

    /**
     * The mean.
     *
     * @return as it was given; empty if it is a weight
     */
    public List<Double> mean() {
        return get(MEAN);
    }

    /**
     * The variance.
     *
     * @return as it was given; empty if it is a weight
     */
    public List<Double> variance() {
        return get(VARIANCE);
    }

    /**
     * Whether it goes the other way.
     *
     * @return default false
     */
    public boolean isInverted() {
        return get(INVERT);
    }
}
