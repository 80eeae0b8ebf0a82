package dev.gatun.layers;

/**
 * In training multiplies each number by a normal one of mean 1 and deviation sqrt(rate / (1 - rate)) (Srivastava et al. 2014, 10);
 * otherwise passes everything through. The factors depend on seed, training step, layer and position only.
 */
public final class GaussianDropout extends ConfiguredLayer<GaussianDropout> {

    private static final Option<Double> RATE = Option.required("rate", OptionKind.NUMBER).check(new Share());

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("GaussianDropout", RATE)
            .ignoring("seed", "the trainer's seed serves");

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public GaussianDropout(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer with as much noise as dropout of this rate makes.
     *
     * @param rate from 0 to below 1
     * @return the layer
     * @throws IllegalArgumentException if the rate is not in that range
     */
    public static GaussianDropout rate(double rate) {
        return new GaussianDropout(Configuration.of(OPTIONS).with(RATE, rate));
    }

    @Override
    protected GaussianDropout of(Configuration configuration) {
        return new GaussianDropout(configuration);
    }

    /**
     * The rate of the dropout that makes as much noise.
     *
     * @return from 0 to below 1
     */
    public double rate() {
        return get(RATE);
    }
}
