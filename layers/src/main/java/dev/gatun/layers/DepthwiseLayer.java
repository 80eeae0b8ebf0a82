package dev.gatun.layers;

/**
 * What convolutions have in common that filter each feature by itself.
 *
 * @param <L> the class itself
 */
public abstract class DepthwiseLayer<L extends DepthwiseLayer<L>> extends ConfiguredLayer<L> {

    static final Option<Integer> MULTIPLIER = Option.of("depth_multiplier", OptionKind.WHOLE, 1)
            .check(new StepOptions.Positive());
    static final Option<Padding> PADDING = Option.of("padding", Padding.KIND, Padding.VALID)
            .check(new Padding.NotCausal());
    static final Option<Initializer> DEPTHWISE = Option.of("depthwise_initializer", OptionKind.INITIALIZER,
            Initializer.GLOROT_UNIFORM);
    static final Option<Regularizer> DEPTHWISE_PENALTY = Option.of("depthwise_regularizer", OptionKind.REGULARIZER,
            Regularizer.NONE);
    static final Option<Constraint> DEPTHWISE_BOUND = Option.of("depthwise_constraint", OptionKind.CONSTRAINT,
            Constraint.NONE);

    /**
     * A layer of these options.
     *
     * @param configuration of the class's option set
     */
    DepthwiseLayer(Configuration configuration) {
        super(configuration);
    }

    /**
     * How many filters each feature has.
     *
     * @param count default 1
     * @return this layer with it
     * @throws IllegalArgumentException if it is not positive
     */
    public final L depthMultiplier(int count) {
        return with(MULTIPLIER, count);
    }

    /**
     * How many steps it moves from one output to the next.
     *
     * @param steps default 1
     * @return this layer with it
     * @throws IllegalArgumentException if it is not positive
     */
    public final L strides(int steps) {
        return with(ConvolutionLayer.STRIDES, steps);
    }

    /**
     * How many steps lie from one tap of the kernel to the next.
     *
     * @param steps default 1: the taps are neighbours
     * @return this layer with it
     * @throws IllegalArgumentException if it is not positive
     */
    public final L dilationRate(int steps) {
        return with(ConvolutionLayer.DILATION, steps);
    }

    /**
     * How the layer pads: valid or same.
     *
     * @param padding default valid
     * @return this layer with it
     * @throws IllegalArgumentException if it is causal
     */
    public final L padding(Padding padding) {
        return with(PADDING, padding);
    }

    /**
     * How the layer pads.
     *
     * @param keyword Keras's word: valid, same
     * @return this layer with it
     * @throws IllegalArgumentException if it is another word
     */
    public final L padding(String keyword) {
        return padding(Padding.of(keyword));
    }

    /**
     * Another activation.
     *
     * @param function default linear
     * @return this layer with it
     */
    public final L activation(ActivationFunction function) {
        return with(ConvolutionLayer.ACTIVATION, function);
    }

    /**
     * Another activation.
     *
     * @param keyword Keras's name: relu, tanh, ...
     * @return this layer with it
     * @throws IllegalArgumentException naming the functions there are
     */
    public final L activation(String keyword) {
        return activation(ActivationFunction.of(keyword));
    }

    /**
     * Without a bias.
     *
     * @return this layer without it
     */
    public final L noBias() {
        return useBias(false);
    }

    /**
     * Whether there is a bias.
     *
     * @param value default true
     * @return this layer with it
     */
    public final L useBias(boolean value) {
        return with(KernelLayer.USE_BIAS, value);
    }

    /**
     * How the kernel of single features begins.
     *
     * @param initializer default Glorot uniform
     * @return this layer with it
     */
    public final L depthwiseInitializer(Initializer initializer) {
        return with(DEPTHWISE, initializer);
    }

    /**
     * A penalty on the kernel of single features, added to the loss.
     *
     * @param regularizer default none
     * @return this layer with it
     */
    public final L depthwiseRegularizer(Regularizer regularizer) {
        return with(DEPTHWISE_PENALTY, regularizer);
    }

    /**
     * What every step of a training holds the kernel of single features to.
     *
     * @param constraint default none
     * @return this layer with it
     */
    public final L depthwiseConstraint(Constraint constraint) {
        return with(DEPTHWISE_BOUND, constraint);
    }

    /**
     * How the bias begins.
     *
     * @param initializer default zeros
     * @return this layer with it
     */
    public final L biasInitializer(Initializer initializer) {
        return with(KernelLayer.BIAS, initializer);
    }

    /**
     * A penalty on the bias, added to the loss.
     *
     * @param regularizer default none
     * @return this layer with it
     */
    public final L biasRegularizer(Regularizer regularizer) {
        return with(KernelLayer.BIAS_PENALTY, regularizer);
    }

    /**
     * What every step of a training holds the bias to.
     *
     * @param constraint default none
     * @return this layer with it
     */
    public final L biasConstraint(Constraint constraint) {
        return with(KernelLayer.BIAS_BOUND, constraint);
    }

    /**
     * How many filters each feature has.
     *
     * @return default 1
     */
    public final int depthMultiplier() {
        return get(MULTIPLIER);
    }

    /**
     * K, how many steps a filter looks at.
     *
     * @return at least 1
     */
    public final int kernelSize() {
        return get(ConvolutionLayer.KERNEL_SIZE);
    }

    /**
     * How many steps it moves.
     *
     * @return default 1
     */
    public final int strides() {
        return get(ConvolutionLayer.STRIDES);
    }

    /**
     * How many steps lie from one tap of the kernel to the next.
     *
     * @return default 1
     */
    public final int dilationRate() {
        return get(ConvolutionLayer.DILATION);
    }

    /**
     * How the layer pads.
     *
     * @return default valid
     */
    public final Padding padding() {
        return get(PADDING);
    }

    /**
     * The activation.
     *
     * @return default linear
     */
    public final ActivationFunction activation() {
        return get(ConvolutionLayer.ACTIVATION);
    }

    /**
     * Whether there is a bias.
     *
     * @return default true
     */
    public final boolean useBias() {
        return get(KernelLayer.USE_BIAS);
    }

    /**
     * How the kernel of single features begins.
     *
     * @return default Glorot uniform
     */
    public final Initializer depthwiseInitializer() {
        return get(DEPTHWISE);
    }

    /**
     * The penalty on the kernel of single features.
     *
     * @return default none
     */
    public final Regularizer depthwiseRegularizer() {
        return get(DEPTHWISE_PENALTY);
    }

    /**
     * What every step of a training holds the kernel of single features to.
     *
     * @return default none
     */
    public final Constraint depthwiseConstraint() {
        return get(DEPTHWISE_BOUND);
    }

    /**
     * How the bias begins.
     *
     * @return default zeros
     */
    public final Initializer biasInitializer() {
        return get(KernelLayer.BIAS);
    }

    /**
     * The penalty on the bias.
     *
     * @return default none
     */
    public final Regularizer biasRegularizer() {
        return get(KernelLayer.BIAS_PENALTY);
    }

    /**
     * What every step of a training holds the bias to.
     *
     * @return default none
     */
    public final Constraint biasConstraint() {
        return get(KernelLayer.BIAS_BOUND);
    }
}
