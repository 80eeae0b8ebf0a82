package dev.gatun.layers;

/**
 * In training sets some of the numbers to what SELU tends to for small ones, and moves and stretches all, so that mean and variance
 * stay what they were (Klambauer et al. 2017); otherwise passes everything through. Which numbers fall depends on seed, training
 * step, layer and position only.
 */
public final class AlphaDropout extends ConfiguredLayer<AlphaDropout> {

    private static final Option<Double> RATE = Option.required("rate", OptionKind.NUMBER).check(new Share());

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("AlphaDropout", RATE)
            .ignoring("seed", "the trainer's seed serves")
            .without("noise_shape");

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public AlphaDropout(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer that drops.
     *
     * @param rate probability that a number falls, from 0 to below 1
     * @return the layer
     * @throws IllegalArgumentException if the rate is not in that range
     */
    public static AlphaDropout rate(double rate) {
        return new AlphaDropout(Configuration.of(OPTIONS).with(RATE, rate));
    }

    @Override
    protected AlphaDropout of(Configuration configuration) {
        return new AlphaDropout(configuration);
    }

    /**
     * Probability that a number falls.
     *
     * @return from 0 to below 1
     */
    public double rate() {
        return get(RATE);
    }
}
