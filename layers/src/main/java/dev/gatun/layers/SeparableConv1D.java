package dev.gatun.layers;

/**
 * A convolution over time in two: M filters for each feature by itself, and then all features of a step together, as a
 * {@link Dense} layer has them. Of [B,T,F] comes [B,T',N]. A mask of the input ends here, as in Keras. Weights: depthwise_kernel
 * [K,F,M], pointwise_kernel [1,F M,N], bias [N].
 */
public final class SeparableConv1D extends DepthwiseLayer<SeparableConv1D> {

    private static final Option<Initializer> POINTWISE = Option.of("pointwise_initializer", OptionKind.INITIALIZER,
            Initializer.GLOROT_UNIFORM);
    private static final Option<Regularizer> POINTWISE_PENALTY = Option.of("pointwise_regularizer",
            OptionKind.REGULARIZER, Regularizer.NONE);
    private static final Option<Constraint> POINTWISE_BOUND = Option.of("pointwise_constraint", OptionKind.CONSTRAINT,
            Constraint.NONE);

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet
            .of("SeparableConv1D", ConvolutionLayer.FILTERS, ConvolutionLayer.KERNEL_SIZE, ConvolutionLayer.STRIDES,
                    PADDING, ConvolutionLayer.DILATION, MULTIPLIER, ConvolutionLayer.ACTIVATION, KernelLayer.USE_BIAS,
                    DEPTHWISE, POINTWISE, KernelLayer.BIAS, DEPTHWISE_PENALTY, POINTWISE_PENALTY,
                    KernelLayer.BIAS_PENALTY, DEPTHWISE_BOUND, POINTWISE_BOUND, KernelLayer.BIAS_BOUND)
            .only("data_format", "channels_last");

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public SeparableConv1D(Configuration configuration) {
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
    public static SeparableConv1D of(int filters, int kernelSize) {
        return new SeparableConv1D(Configuration.of(OPTIONS).with(ConvolutionLayer.FILTERS, filters)
                .with(ConvolutionLayer.KERNEL_SIZE, kernelSize));
    }

    @Override
    protected SeparableConv1D of(Configuration configuration) {
        return new SeparableConv1D(configuration);
    }

    /**
     * How the kernel of all features begins.
     *
     * @param initializer default Glorot uniform
     * @return this layer with it
     */
    public SeparableConv1D pointwiseInitializer(Initializer initializer) {
        return with(POINTWISE, initializer);
    }

    /**
     * A penalty on the kernel of all features, added to the loss.
     *
     * @param regularizer default none
     * @return this layer with it
     */
    public SeparableConv1D pointwiseRegularizer(Regularizer regularizer) {
        return with(POINTWISE_PENALTY, regularizer);
    }

    /**
     * What every step of a training holds the kernel of all features to.
     *
     * @param constraint default none
     * @return this layer with it
     */
    public SeparableConv1D pointwiseConstraint(Constraint constraint) {
        return with(POINTWISE_BOUND, constraint);
    }

    /**
     * How many features come out.
     *
     * @return at least 1
     */
    public int filters() {
        return get(ConvolutionLayer.FILTERS);
    }

    /**
     * How the kernel of all features begins.
     *
     * @return default Glorot uniform
     */
    public Initializer pointwiseInitializer() {
        return get(POINTWISE);
    }

    /**
     * The penalty on the kernel of all features.
     *
     * @return default none
     */
    public Regularizer pointwiseRegularizer() {
        return get(POINTWISE_PENALTY);
    }

    /**
     * What every step of a training holds the kernel of all features to.
     *
     * @return default none
     */
    public Constraint pointwiseConstraint() {
        return get(POINTWISE_BOUND);
    }
}
