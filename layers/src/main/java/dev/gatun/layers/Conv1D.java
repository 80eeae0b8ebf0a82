package dev.gatun.layers;

/**
 * A convolution over time: each of N filters looks at K steps at once, and moves along the sequence. Of [B,T,I] comes
 * {@code y[t] = activation(bias + sum over k of x[t strides + k dilation_rate - padding] kernel[k])}, [B,T',N]; what lies outside of
 * the sequence is zero. With padding causal and strides 1 the layer runs step by step in a stream, too. A mask of the input ends
 * here, as in Keras. Weights: kernel [K,I/groups,N], bias [N].
 */
public final class Conv1D extends ConvolutionLayer<Conv1D> {

    private static final Option<Padding> PADDING = Option.of("padding", Padding.KIND, Padding.VALID);
    private static final Option<Integer> GROUPS = Option.of("groups", OptionKind.WHOLE, 1)
            .check(new StepOptions.Positive());

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("Conv1D", FILTERS, KERNEL_SIZE, STRIDES, PADDING, DILATION,
            GROUPS, ACTIVATION, USE_BIAS, KERNEL, BIAS, KERNEL_PENALTY, BIAS_PENALTY, KERNEL_BOUND, BIAS_BOUND)
            .only("data_format", "channels_last")
            .ignoring("lora_rank", "what it added is part of the weights that are read")
            .ignoring("lora_alpha", "scales what lora_rank adds");

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public Conv1D(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer with Keras's defaults.
     *
     * @param filters    N, how many features come out, at least 1
     * @param kernelSize K, how many steps a filter looks at, at least 1
     * @return the layer
     * @throws IllegalArgumentException if one of them is not positive, or too large
     */
    public static Conv1D of(int filters, int kernelSize) {
        return new Conv1D(Configuration.of(OPTIONS).with(FILTERS, filters).with(KERNEL_SIZE, kernelSize));
    }

    @Override
    protected Conv1D of(Configuration configuration) {
        return new Conv1D(configuration);
    }

    /**
     * How the layer pads: valid, same or causal.
     *
     * @param padding default valid
     * @return this layer with it
     */
    @Override
    public Conv1D padding(Padding padding) {
        return with(PADDING, padding);
    }

    /**
     * Divides features and filters into groups, and has the filters of each see the features of its own only.
     *
     * @param count default 1; features and filters must be multiples of it, which is looked at when the layer is built
     * @return this layer with them
     * @throws IllegalArgumentException if it is not positive
     */
    public Conv1D groups(int count) {
        return with(GROUPS, count);
    }

    /**
     * How the layer pads.
     *
     * @return default valid
     */
    @Override
    public Padding padding() {
        return get(PADDING);
    }

    /**
     * How many groups features and filters are divided into.
     *
     * @return default 1
     */
    public int groups() {
        return get(GROUPS);
    }
}
