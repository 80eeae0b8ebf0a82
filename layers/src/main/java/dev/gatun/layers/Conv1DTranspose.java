package dev.gatun.layers;

import java.util.Optional;

/**
 * A convolution over time the other way, which makes a sequence longer: each step of [B,T,I] adds K steps of N features to the
 * output, {@code strides} steps behind those of the step before, and bias and activation follow. The sequence has then
 * {@code T strides} steps with padding same, {@code (T - 1) strides + max(span, strides)} with valid, where the span of the kernel
 * is {@code (K - 1) dilation_rate + 1}. A mask of the input ends here, as in Keras. Weights: kernel [K,N,I], bias [N].
 */
public final class Conv1DTranspose extends ConvolutionLayer<Conv1DTranspose> {

    private static final Option<Padding> PADDING = Option.of("padding", Padding.KIND, Padding.VALID)
            .check(new Padding.NotCausal());
    private static final Option<Optional<Integer>> OUTPUT_PADDING = Option
            .of("output_padding", StepOptions.OPTIONAL, Optional.<Integer>empty())
            .check(new StepOptions.NotNegativeIfGiven());

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("Conv1DTranspose", FILTERS, KERNEL_SIZE, STRIDES, PADDING,
            OUTPUT_PADDING, DILATION, ACTIVATION, USE_BIAS, KERNEL, BIAS, KERNEL_PENALTY, BIAS_PENALTY, KERNEL_BOUND,
            BIAS_BOUND)
            .only("data_format", "channels_last");

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public Conv1DTranspose(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer with Keras's defaults.
     *
     * @param filters    N, how many features come out, at least 1
     * @param kernelSize K, how many steps an input adds to, at least 1
     * @return the layer
     * @throws IllegalArgumentException if one of them is not positive, or too large
     */
    public static Conv1DTranspose of(int filters, int kernelSize) {
        return new Conv1DTranspose(Configuration.of(OPTIONS).with(FILTERS, filters).with(KERNEL_SIZE, kernelSize));
    }

    @Override
    protected Conv1DTranspose of(Configuration configuration) {
        return new Conv1DTranspose(configuration);
    }

    /**
     * How the layer pads: valid or same.
     *
     * @param padding default valid
     * @return this layer with it
     * @throws IllegalArgumentException if it is causal
     */
    @Override
    public Conv1DTranspose padding(Padding padding) {
        return with(PADDING, padding);
    }

    /**
     * How many steps are added behind the last one, for strides that several lengths lead to.
     *
     * @param steps less than the strides, which is looked at when the layer is built; without it the output has the lengths of the
     *              class's description
     * @return this layer with it
     * @throws IllegalArgumentException if it is negative
     */
    public Conv1DTranspose outputPadding(int steps) {
        return with(OUTPUT_PADDING, Optional.of(steps));
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
     * How many steps are added behind the last one.
     *
     * @return empty if the lengths follow from the strides
     */
    public Optional<Integer> outputPadding() {
        return get(OUTPUT_PADDING);
    }
}
