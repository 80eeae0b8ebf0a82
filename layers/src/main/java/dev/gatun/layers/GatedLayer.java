package dev.gatun.layers;

/**
 * A recurrent layer with gates: an LSTM or a GRU.
 *
 * @param <L> the class itself
 */
public abstract class GatedLayer<L extends GatedLayer<L>> extends RecurrentLayer<L> {

    static final Option<ActivationFunction> RECURRENT_ACTIVATION = Option
            .of("recurrent_activation", OptionKind.ACTIVATION, ActivationFunction.SIGMOID)
            .check(new KeepsWidth());

    /**
     * A layer of these options.
     *
     * @param configuration of the class's option set
     */
    GatedLayer(Configuration configuration) {
        super(configuration);
    }

    /**
     * The activation of the gates. One that looks at more than one number, as softmax does, looks at all units of a gate.
     *
     * @param function default sigmoid
     * @return this layer with it
     */
    public final L recurrentActivation(ActivationFunction function) {
        return with(RECURRENT_ACTIVATION, function);
    }

    /**
     * As {@link #recurrentActivation(ActivationFunction)}.
     *
     * @param keyword Keras's name: relu, hard_sigmoid, ...
     * @return this layer with it
     * @throws IllegalArgumentException naming the functions there are
     */
    public final L recurrentActivation(String keyword) {
        return recurrentActivation(ActivationFunction.of(keyword));
    }

    /**
     * The activation of the gates.
     *
     * @return default sigmoid
     */
    public final ActivationFunction recurrentActivation() {
        return get(RECURRENT_ACTIVATION);
    }
}
