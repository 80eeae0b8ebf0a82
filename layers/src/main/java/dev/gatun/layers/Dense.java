package dev.gatun.layers;

/**
 * A fully connected layer: {@code y = activation(x kernel + bias)} over the last axis, for [B,I] or every step of [B,T,I].
 * Weights: kernel [I,N], bias [N].
 */
public final class Dense extends ConfiguredLayer<Dense> {

    private static final Option<Integer> UNITS = Option.required("units", OptionKind.WHOLE).check(new UnitCount());
    private static final Option<ActivationFunction> ACTIVATION = Option.of("activation", OptionKind.ACTIVATION,
            ActivationFunction.LINEAR);
    private static final Option<Boolean> USE_BIAS = Option.of("use_bias", OptionKind.FLAG, true);
    private static final Option<Initializer> KERNEL = Option.of("kernel_initializer", OptionKind.INITIALIZER,
            Initializer.GLOROT_UNIFORM);
    private static final Option<Initializer> BIAS = Option.of("bias_initializer", OptionKind.INITIALIZER,
            Initializer.ZEROS);
    private static final Option<Regularizer> KERNEL_PENALTY = Option.of("kernel_regularizer", OptionKind.REGULARIZER,
            Regularizer.NONE);
    private static final Option<Regularizer> BIAS_PENALTY = Option.of("bias_regularizer", OptionKind.REGULARIZER,
            Regularizer.NONE);
    private static final Option<Constraint> KERNEL_BOUND = Option.of("kernel_constraint", OptionKind.CONSTRAINT,
            Constraint.NONE);
    private static final Option<Constraint> BIAS_BOUND = Option.of("bias_constraint", OptionKind.CONSTRAINT,
            Constraint.NONE);

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("Dense", UNITS, ACTIVATION, USE_BIAS, KERNEL, BIAS,
            KERNEL_PENALTY, BIAS_PENALTY, KERNEL_BOUND, BIAS_BOUND)
            .without("quantization_config", "lora_rank")
            .ignoring("lora_alpha", "scales what lora_rank adds");

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public Dense(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer with Keras's defaults.
     *
     * @param units N, at least 1
     * @return a layer of N units
     * @throws IllegalArgumentException if there are too few or too many
     */
    public static Dense units(int units) {
        return new Dense(Configuration.of(OPTIONS).with(UNITS, units));
    }

    @Override
    protected Dense of(Configuration configuration) {
        return new Dense(configuration);
    }

    /**
     * Another activation.
     *
     * @param function default linear
     * @return this layer with it
     */
    public Dense activation(ActivationFunction function) {
        return with(ACTIVATION, function);
    }

    /**
     * Another activation.
     *
     * @param keyword Keras's name: relu, softmax, ...
     * @return this layer with it
     * @throws IllegalArgumentException naming the functions there are
     */
    public Dense activation(String keyword) {
        return activation(ActivationFunction.of(keyword));
    }

    /**
     * Without a bias.
     *
     * @return this layer without it
     */
    public Dense noBias() {
        return with(USE_BIAS, false);
    }

    /**
     * How the kernel begins.
     *
     * @param initializer default Glorot uniform
     * @return this layer with it
     */
    public Dense kernelInitializer(Initializer initializer) {
        return with(KERNEL, initializer);
    }

    /**
     * How the bias begins.
     *
     * @param initializer default zeros
     * @return this layer with it
     */
    public Dense biasInitializer(Initializer initializer) {
        return with(BIAS, initializer);
    }

    /**
     * A penalty on the kernel, added to the loss.
     *
     * @param regularizer default none
     * @return this layer with it
     */
    public Dense kernelRegularizer(Regularizer regularizer) {
        return with(KERNEL_PENALTY, regularizer);
    }

    /**
     * What every step of a training holds the kernel to.
     *
     * @param constraint default none
     * @return this layer with it
     */
    public Dense kernelConstraint(Constraint constraint) {
        return with(KERNEL_BOUND, constraint);
    }

    /**
     * A penalty on the bias, added to the loss.
     *
     * @param regularizer default none
     * @return this layer with it
     */
    public Dense biasRegularizer(Regularizer regularizer) {
        return with(BIAS_PENALTY, regularizer);
    }

    /**
     * What every step of a training holds the bias to.
     *
     * @param constraint default none
     * @return this layer with it
     */
    public Dense biasConstraint(Constraint constraint) {
        return with(BIAS_BOUND, constraint);
    }

    /**
     * N.
     *
     * @return at least 1
     */
    public int units() {
        return get(UNITS);
    }

    /**
     * The activation.
     *
     * @return default linear
     */
    public ActivationFunction activation() {
        return get(ACTIVATION);
    }

    /**
     * Whether there is a bias.
     *
     * @return default true
     */
    public boolean useBias() {
        return get(USE_BIAS);
    }

    /**
     * How the kernel begins.
     *
     * @return default Glorot uniform
     */
    public Initializer kernelInitializer() {
        return get(KERNEL);
    }

    /**
     * How the bias begins.
     *
     * @return default zeros
     */
    public Initializer biasInitializer() {
        return get(BIAS);
    }

    /**
     * The penalty on the kernel.
     *
     * @return default none
     */
    public Regularizer kernelRegularizer() {
        return get(KERNEL_PENALTY);
    }

    /**
     * What every step of a training holds the kernel to.
     *
     * @return default none
     */
    public Constraint kernelConstraint() {
        return get(KERNEL_BOUND);
    }

    /**
     * The penalty on the bias.
     *
     * @return default none
     */
    public Regularizer biasRegularizer() {
        return get(BIAS_PENALTY);
    }

    /**
     * What every step of a training holds the bias to.
     *
     * @return default none
     */
    public Constraint biasConstraint() {
        return get(BIAS_BOUND);
    }
}
