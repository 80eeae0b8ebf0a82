package dev.gatun.layers;

import java.util.Optional;

/**
 * x between a threshold and a largest value: above that value it is that value, and up to the threshold it is
 * {@code negative_slope (x - threshold)}. Values keep their shape.
 */
public final class Relu extends FunctionLayer<Relu> {

    private static final Option<Optional<Double>> MAXIMUM = Option
            .of("max_value", OptionKind.OPTIONAL_NUMBER, Optional.<Double>empty()).check(new Maximum());
    private static final Option<Double> SLOPE = Option.of("negative_slope", OptionKind.NUMBER, 0.0)
            .check(new NotNegative());
    private static final Option<Double> THRESHOLD = Option.of("threshold", OptionKind.NUMBER, 0.0)
            .check(new NotNegative());

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("ReLU", MAXIMUM, SLOPE, THRESHOLD);

    /** The condition on the largest value, if there is one. */
    private static final class Maximum implements OptionCheck<Optional<Double>> {
        @Override
        public String problem(String option, Optional<Double> maximum) {
            return maximum.isEmpty() ? null : new NotNegative().problem(option, maximum.get());
        }
    }

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public Relu(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer with Keras's defaults: x, or 0 below zero.
     *
     * @return the layer
     */
    public static Relu of() {
        return new Relu(Configuration.of(OPTIONS));
    }

    @Override
    protected Relu of(Configuration configuration) {
        return new Relu(configuration);
    }

    /**
     * The largest value there is.
     *
     * @param value at least 0; without it values have no limit
     * @return this layer with it
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public Relu maxValue(double value) {
        return with(MAXIMUM, Optional.of(value));
    }

    /**
     * The slope up to the threshold.
     *
     * @param value at least 0; default 0
     * @return this layer with it
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public Relu negativeSlope(double value) {
        return with(SLOPE, value);
    }

    /**
     * Up to where x is damped.
     *
     * @param value at least 0; default 0
     * @return this layer with it
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public Relu threshold(double value) {
        return with(THRESHOLD, value);
    }

    @Override
    public ActivationFunction function() {
        return ActivationFunction.relu(negativeSlope(), maxValue().orElse(Double.POSITIVE_INFINITY), threshold());
    }

    /**
     * The largest value there is.
     *
     * @return empty for none, the default
     */
    public Optional<Double> maxValue() {
        return get(MAXIMUM);
    }

    /**
     * The slope up to the threshold.
     *
     * @return default 0
     */
    public double negativeSlope() {
        return get(SLOPE);
    }

    /**
     * Up to where x is damped.
     *
     * @return default 0
     */
    public double threshold() {
        return get(THRESHOLD);
    }
}
