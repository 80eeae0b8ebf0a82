package dev.gatun.layers;

/**
 * A convolution over time of each feature by itself, with M filters for each: of [B,T,F] comes [B,T',F M], of which column
 * {@code f M + m} reads feature f alone. A mask of the input ends here, as in Keras. Weights: kernel [K,F,M], bias [F M].
 */
public final class DepthwiseConv1D extends DepthwiseLayer<DepthwiseConv1D> {

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet
            .of("DepthwiseConv1D", ConvolutionLayer.KERNEL_SIZE, MULTIPLIER, ConvolutionLayer.STRIDES, PADDING,
                    ConvolutionLayer.DILATION, ConvolutionLayer.ACTIVATION, KernelLayer.USE_BIAS, DEPTHWISE,
                    KernelLayer.BIAS, DEPTHWISE_PENALTY, KernelLayer.BIAS_PENALTY, DEPTHWISE_BOUND,
                    KernelLayer.BIAS_BOUND)
            .only("data_format", "channels_last");

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public DepthwiseConv1D(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer with Keras's defaults.
     *
     * @param kernelSize K, how many steps a filter looks at, at least 1
     * @return the layer
     * @throws IllegalArgumentException if it is not positive, or too large
     */
    public static DepthwiseConv1D of(int kernelSize) {
        return new DepthwiseConv1D(Configuration.of(OPTIONS).with(ConvolutionLayer.KERNEL_SIZE, kernelSize));
    }

    @Override
    protected DepthwiseConv1D of(Configuration configuration) {
        return new DepthwiseConv1D(configuration);
    }
}
