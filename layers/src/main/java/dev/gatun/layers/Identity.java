package dev.gatun.layers;

/** Hands on what it reads. Where a model only predicts, nothing is copied. */
public final class Identity extends ConfiguredLayer<Identity> {

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("Identity");

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public Identity(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer that changes nothing.
     *
     * @return the layer
     */
    public static Identity of() {
        return new Identity(Configuration.of(OPTIONS));
    }

    @Override
    protected Identity of(Configuration configuration) {
        return new Identity(configuration);
    }
}
