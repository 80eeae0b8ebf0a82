package dev.gatun.layers;

/**
 * Passes everything through, and adds a penalty on it to the loss of a batch: {@code l1 sum |x| + l2 sum x^2}, divided by the
 * samples of the batch.
 */
public final class ActivityRegularization extends ConfiguredLayer<ActivityRegularization> {

    private static final Option<Double> L1 = Option.of("l1", OptionKind.NUMBER, 0.0).check(new NotNegative());
    private static final Option<Double> L2 = Option.of("l2", OptionKind.NUMBER, 0.0).check(new NotNegative());

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("ActivityRegularization", L1, L2);

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     * @throws IllegalArgumentException if it has an activity regularizer besides
     */
    public ActivityRegularization(Configuration configuration) {
        super(configuration);
        if (!configuration.activityRegularizer().isNone()) {
            throw new IllegalArgumentException("ActivityRegularization"
                    + (configuration.name() == null ? "" : " '" + configuration.name() + "'")
                    + " is an activity regularizer, and has another, " + configuration.activityRegularizer()
                    + ", as activity_regularizer; give l1 and l2, or the other one to the layer before");
        }
    }

    /**
     * A penalty on what goes through.
     *
     * @param l1 factor of the absolute values, at least 0; Keras's default is 0
     * @param l2 factor of the squares, likewise
     * @return the layer
     * @throws IllegalArgumentException if one is negative or not finite
     */
    public static ActivityRegularization of(double l1, double l2) {
        return new ActivityRegularization(Configuration.of(OPTIONS).with(L1, l1).with(L2, l2));
    }

    @Override
    protected ActivityRegularization of(Configuration configuration) {
        return new ActivityRegularization(configuration);
    }

    @Override
    public Regularizer activityRegularizer() {
        return new Regularizer.L1L2(l1(), l2());
    }

    /**
     * Factor of the absolute values.
     *
     * @return default 0
     */
    public double l1() {
        return get(L1);
    }

    /**
     * Factor of the squares.
     *
     * @return default 0
     */
    public double l2() {
        return get(L2);
    }
}
