package dev.gatun.layers;

/** An activation function as a layer of its own; values keep their shape. */
public final class Activation extends ConfiguredLayer<Activation> {

    private static final Option<ActivationFunction> FUNCTION = Option.of("activation", OptionKind.ACTIVATION,
            ActivationFunction.LINEAR);

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("Activation", FUNCTION);

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public Activation(Configuration configuration) {
        super(configuration);
    }

    /**
     * A function as a layer.
     *
     * @param function what is applied
     * @return the layer
     */
    public static Activation of(ActivationFunction function) {
        return new Activation(Configuration.of(OPTIONS).with(FUNCTION, function));
    }

    /**
     * A function as a layer.
     *
     * @param keyword Keras's name: sigmoid, softmax, ...
     * @return the layer
     * @throws IllegalArgumentException naming the functions there are
     */
    public static Activation of(String keyword) {
        return of(ActivationFunction.of(keyword));
    }

    @Override
    protected Activation of(Configuration configuration) {
        return new Activation(configuration);
    }

    /**
     * What is applied.
     *
     * @return the function
     */
    public ActivationFunction function() {
        return get(FUNCTION);
    }
}
