package dev.gatun.layers;

/**
 * A fully connected layer: {@code y = activation(x kernel + bias)} over the last axis, for [B,I] or every step of [B,T,I].
 * Weights: kernel [I,N], bias [N].
 */
public final class Dense extends KernelLayer<Dense> {

    private static final Option<Integer> UNITS = Option.required("units", OptionKind.WHOLE).check(new UnitCount());
    private static final Option<ActivationFunction> ACTIVATION = Option.of("activation", OptionKind.ACTIVATION,
            ActivationFunction.LINEAR);

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("Dense", UNITS, ACTIVATION, USE_BIAS, KERNEL, BIAS,
            KERNEL_PENALTY, BIAS_PENALTY, KERNEL_BOUND, BIAS_BOUND)
            .without("quantization_config")
            .ignoring("lora_rank", "what it added is part of the weights that are read")
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
}
