package dev.gatun.layers;

/** Repeats each step: of [B,T,F] comes [B,T size,F]. A mask of the input ends here, as in Keras. */
public final class UpSampling1D extends ConfiguredLayer<UpSampling1D> {

    private static final Option<Integer> SIZE = Option.of("size", OptionKind.WHOLE, 2)
            .check(new StepOptions.Positive());

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("UpSampling1D", SIZE);

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public UpSampling1D(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer that repeats steps.
     *
     * @param size how often each step comes, at least 1; Keras's default is 2
     * @return the layer
     * @throws IllegalArgumentException if it is not positive
     */
    public static UpSampling1D of(int size) {
        return new UpSampling1D(Configuration.of(OPTIONS).with(SIZE, size));
    }

    @Override
    protected UpSampling1D of(Configuration configuration) {
        return new UpSampling1D(configuration);
    }

    /**
     * How often each step comes.
     *
     * @return default 2
     */
    public int size() {
        return get(SIZE);
    }
}
