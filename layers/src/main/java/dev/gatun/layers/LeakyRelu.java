package dev.gatun.layers;

/** x, or a part of it below zero (Maas, Hannun and Ng 2013); values keep their shape. */
public final class LeakyRelu extends FunctionLayer<LeakyRelu> {

    private static final Option<Double> SLOPE = Option.of("negative_slope", OptionKind.NUMBER, 0.3)
            .check(new NotNegative()).formerly("alpha");

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("LeakyReLU", SLOPE);

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public LeakyRelu(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer with a slope.
     *
     * @param negativeSlope what x is multiplied by below zero, at least 0; Keras's default is 0.3
     * @return the layer
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public static LeakyRelu slope(double negativeSlope) {
        return new LeakyRelu(Configuration.of(OPTIONS).with(SLOPE, negativeSlope));
    }

    @Override
    protected LeakyRelu of(Configuration configuration) {
        return new LeakyRelu(configuration);
    }

    @Override
    public ActivationFunction function() {
        return ActivationFunction.leakyRelu(negativeSlope());
    }

    /**
     * What x is multiplied by below zero.
     *
     * @return default 0.3
     */
    public double negativeSlope() {
        return get(SLOPE);
    }
}
