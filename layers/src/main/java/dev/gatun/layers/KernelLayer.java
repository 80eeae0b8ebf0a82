package dev.gatun.layers;

/**
 * A layer with a kernel and, unless it is said otherwise, a bias: how they begin, and what a training holds them to.
 *
 * @param <L> the class itself
 */
public abstract class KernelLayer<L extends KernelLayer<L>> extends ConfiguredLayer<L> {

    static final Option<Boolean> USE_BIAS = Option.of("use_bias", OptionKind.FLAG, true);
    static final Option<Initializer> KERNEL = Option.of("kernel_initializer", OptionKind.INITIALIZER,
            Initializer.GLOROT_UNIFORM);
    static final Option<Initializer> BIAS = Option.of("bias_initializer", OptionKind.INITIALIZER, Initializer.ZEROS);
    static final Option<Regularizer> KERNEL_PENALTY = Option.of("kernel_regularizer", OptionKind.REGULARIZER,
            Regularizer.NONE);
    static final Option<Regularizer> BIAS_PENALTY = Option.of("bias_regularizer", OptionKind.REGULARIZER,
            Regularizer.NONE);
    static final Option<Constraint> KERNEL_BOUND = Option.of("kernel_constraint", OptionKind.CONSTRAINT,
            Constraint.NONE);
    static final Option<Constraint> BIAS_BOUND = Option.of("bias_constraint", OptionKind.CONSTRAINT, Constraint.NONE);

    /**
     * A layer of these options.
     *
     * @param configuration of the class's option set
     */
    KernelLayer(Configuration configuration) {
        super(configuration);
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
     * @return this layer with or without it
     */
    public final L useBias(boolean value) {
        return with(USE_BIAS, value);
    }

    /**
     * How the kernel begins.
     *
     * @param initializer default Glorot uniform
     * @return this layer with it
     */
    public final L kernelInitializer(Initializer initializer) {
        return with(KERNEL, initializer);
    }

    /**
     * How the bias begins.
     *
     * @param initializer default zeros
     * @return this layer with it
     */
    public final L biasInitializer(Initializer initializer) {
        return with(BIAS, initializer);
    }

    /**
     * A penalty on the kernel, added to the loss.
     *
     * @param regularizer default none
     * @return this layer with it
     */
    public final L kernelRegularizer(Regularizer regularizer) {
        return with(KERNEL_PENALTY, regularizer);
    }

    /**
     * A penalty on the bias, added to the loss.
     *
     * @param regularizer default none
     * @return this layer with it
     */
    public final L biasRegularizer(Regularizer regularizer) {
        return with(BIAS_PENALTY, regularizer);
    }

    /**
     * What every step of a training holds the kernel to.
     *
     * @param constraint default none
     * @return this layer with it
     */
    public final L kernelConstraint(Constraint constraint) {
        return with(KERNEL_BOUND, constraint);
    }

    /**
     * What every step of a training holds the bias to.
     *
     * @param constraint default none
     * @return this layer with it
     */
    public final L biasConstraint(Constraint constraint) {
        return with(BIAS_BOUND, constraint);
    }

    /**
     * Whether there is a bias.
     *
     * @return default true
     */
    public final boolean useBias() {
        return get(USE_BIAS);
    }

    /**
     * How the kernel begins.
     *
     * @return default Glorot uniform
     */
    public final Initializer kernelInitializer() {
        return get(KERNEL);
    }

    /**
     * How the bias begins.
     *
     * @return default zeros
     */
    public final Initializer biasInitializer() {
        return get(BIAS);
    }

    /**
     * The penalty on the kernel.
     *
     * @return default none
     */
    public final Regularizer kernelRegularizer() {
        return get(KERNEL_PENALTY);
    }

    /**
     * The penalty on the bias.
     *
     * @return default none
     */
    public final Regularizer biasRegularizer() {
        return get(BIAS_PENALTY);
    }

    /**
     * What every step of a training holds the kernel to.
     *
     * @return default none
     */
    public final Constraint kernelConstraint() {
        return get(KERNEL_BOUND);
    }

    /**
     * What every step of a training holds the bias to.
     *
     * @return default none
     */
    public final Constraint biasConstraint() {
        return get(BIAS_BOUND);
    }
}
