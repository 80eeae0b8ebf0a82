package dev.gatun.layers;

/**
 * The mean of each feature in a window of steps: of [B,T,F] comes [B,T',F]. A mask of the input ends here, as in Keras.
 * At the ends the mean is that of the steps that are there.
 */
public final class AveragePooling1D extends PoolingLayer<AveragePooling1D> {

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("AveragePooling1D", POOL_SIZE, STRIDES, PADDING)
            .only("data_format", "channels_last");

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public AveragePooling1D(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer with Keras's defaults but for the size; 2 is Keras's.
     *
     * @param poolSize how many steps the window looks at, at least 1
     * @return the layer
     * @throws IllegalArgumentException if it is not positive
     */
    public static AveragePooling1D of(int poolSize) {
        return new AveragePooling1D(Configuration.of(OPTIONS).with(POOL_SIZE, poolSize));
    }

    @Override
    protected AveragePooling1D of(Configuration configuration) {
        return new AveragePooling1D(configuration);
    }
}
