package dev.gatun.layers;

/**
 * The largest number of each feature over all steps: of [B,T,F] comes [B,F]. Steps that a mask leaves out count as well, as in Keras;
 * several equal numbers share the gradient.
 */
public final class GlobalMaxPooling1D extends GlobalPoolingLayer<GlobalMaxPooling1D> {

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("GlobalMaxPooling1D", KEEP_DIMS)
            .only("data_format", "channels_last");

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public GlobalMaxPooling1D(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer with Keras's defaults.
     *
     * @return the layer
     */
    public static GlobalMaxPooling1D of() {
        return new GlobalMaxPooling1D(Configuration.of(OPTIONS));
    }

    @Override
    protected GlobalMaxPooling1D of(Configuration configuration) {
        return new GlobalMaxPooling1D(configuration);
    }
}
