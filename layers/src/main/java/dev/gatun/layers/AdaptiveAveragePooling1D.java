package dev.gatun.layers;

/**
 * The mean of each feature in n parts of a sequence: of [B,T,F] comes [B,n,F], whatever T is. A mask of the input ends here, as in
 * Keras.
 */
public final class AdaptiveAveragePooling1D extends AdaptivePoolingLayer<AdaptiveAveragePooling1D> {

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("AdaptiveAveragePooling1D", OUTPUT_SIZE)
            .only("data_format", "channels_last");

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public AdaptiveAveragePooling1D(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer with Keras's defaults.
     *
     * @param outputSize n, how many steps come out, at least 1
     * @return the layer
     * @throws IllegalArgumentException if it is not positive
     */
    public static AdaptiveAveragePooling1D of(int outputSize) {
        return new AdaptiveAveragePooling1D(Configuration.of(OPTIONS).with(OUTPUT_SIZE, outputSize));
    }

    @Override
    protected AdaptiveAveragePooling1D of(Configuration configuration) {
        return new AdaptiveAveragePooling1D(configuration);
    }
}
