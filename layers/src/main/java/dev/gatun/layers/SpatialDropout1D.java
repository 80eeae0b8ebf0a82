package dev.gatun.layers;

/**
 * In training sets some of the features of each sequence [B,T,F] to zero, in all of its steps, and divides the others by (1 - rate)
 * (Tompson et al. 2014); otherwise passes everything through. Which features fall depends on seed, training step, layer and
 * position only.
 */
public final class SpatialDropout1D extends ConfiguredLayer<SpatialDropout1D> {

    private static final Option<Double> RATE = Option.of("rate", OptionKind.NUMBER, 0.0).check(new Share());

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("SpatialDropout1D", RATE)
            .ignoring("seed", "the trainer's seed serves")
            .without("noise_shape");

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public SpatialDropout1D(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer that drops.
     *
     * @param rate probability that a feature becomes zero, from 0 to below 1
     * @return the layer
     * @throws IllegalArgumentException if the rate is not in that range
     */
    public static SpatialDropout1D rate(double rate) {
        return new SpatialDropout1D(Configuration.of(OPTIONS).with(RATE, rate));
    }

    @Override
    protected SpatialDropout1D of(Configuration configuration) {
        return new SpatialDropout1D(configuration);
    }

    /**
     * Probability that a feature becomes zero.
     *
     * @return from 0 to below 1
     */
    public double rate() {
        return get(RATE);
    }
}
