package dev.gatun.layers;

/**
 * The largest number of each feature in a window of steps: of [B,T,F] comes [B,T',F]. A mask of the input ends here, as in Keras.
 * Of equal numbers the first has the gradient.
 */
public final class MaxPooling1D extends PoolingLayer<MaxPooling1D> {

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("MaxPooling1D", POOL_SIZE, STRIDES, PADDING)
            .only("data_format", "channels_last");

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public MaxPooling1D(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer with Keras's defaults but for the size; 2 is Keras's.
     *
     * @param poolSize how many steps the window looks at, at least 1
     * @return the layer
     * @throws IllegalArgumentException if it is not positive
     */
    public static MaxPooling1D of(int poolSize) {
        return new MaxPooling1D(Configuration.of(OPTIONS).with(POOL_SIZE, poolSize));
    }

    @Override
    protected MaxPooling1D of(Configuration configuration) {
        return new MaxPooling1D(configuration);
    }
}
