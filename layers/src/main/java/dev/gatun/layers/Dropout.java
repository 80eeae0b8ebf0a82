package dev.gatun.layers;

/**
 * In training sets some of the numbers to zero and divides the others by (1 - rate) (Srivastava et al. 2014), so that the mean
 * stays; otherwise passes everything through. Which numbers fall depends on seed, training step, layer and position only.
 */
public final class Dropout extends ConfiguredLayer<Dropout> {

    private static final Option<Double> RATE = Option.of("rate", OptionKind.NUMBER, 0.0).check(new Share());

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("Dropout", RATE)
            .ignoring("seed", "the trainer's seed serves")
            .without("noise_shape");

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public Dropout(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer that drops.
     *
     * @param rate probability that a number becomes zero, from 0 to below 1
     * @return the layer
     * @throws IllegalArgumentException if the rate is not in that range
     */
    public static Dropout rate(double rate) {
        return new Dropout(Configuration.of(OPTIONS).with(RATE, rate));
    }

    @Override
    protected Dropout of(Configuration configuration) {
        return new Dropout(configuration);
    }

    /**
     * Probability that a number becomes zero.
     *
     * @return from 0 to below 1
     */
    public double rate() {
        return get(RATE);
    }
}
