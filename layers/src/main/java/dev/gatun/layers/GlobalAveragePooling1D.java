package dev.gatun.layers;

/**
 * The mean of each feature over all steps: of [B,T,F] comes [B,F]. Steps that a mask leaves out do not count; the mean of none is
 * NaN, as in Keras.
 */
public final class GlobalAveragePooling1D extends GlobalPoolingLayer<GlobalAveragePooling1D> {

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("GlobalAveragePooling1D", KEEP_DIMS)
            .only("data_format", "channels_last");

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public GlobalAveragePooling1D(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer with Keras's defaults.
     *
     * @return the layer
     */
    public static GlobalAveragePooling1D of() {
        return new GlobalAveragePooling1D(Configuration.of(OPTIONS));
    }

    @Override
    protected GlobalAveragePooling1D of(Configuration configuration) {
        return new GlobalAveragePooling1D(configuration);
    }
}
