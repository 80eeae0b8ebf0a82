package dev.gatun.layers;

/**
 * In training adds to each number a normal one of mean 0; otherwise passes everything through. The noise depends on seed, training
 * step, layer and position only.
 */
public final class GaussianNoise extends ConfiguredLayer<GaussianNoise> {

    private static final Option<Double> STDDEV = Option.required("stddev", OptionKind.NUMBER)
            .check(new NotNegative());

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("GaussianNoise", STDDEV)
            .ignoring("seed", "the trainer's seed serves");

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public GaussianNoise(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer that adds noise.
     *
     * @param stddev deviation of the noise, at least 0
     * @return the layer
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public static GaussianNoise stddev(double stddev) {
        return new GaussianNoise(Configuration.of(OPTIONS).with(STDDEV, stddev));
    }

    @Override
    protected GaussianNoise of(Configuration configuration) {
        return new GaussianNoise(configuration);
    }

    /**
     * Deviation of the noise.
     *
     * @return at least 0
     */
    public double stddev() {
        return get(STDDEV);
    }
}
