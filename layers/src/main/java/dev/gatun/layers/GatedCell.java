package dev.gatun.layers;

/**
 * A cell with gates: of an LSTM or a GRU.
 *
 * @param <C> the class itself
 */
public abstract class GatedCell<C extends GatedCell<C>> extends KernelCell<C> {

    /**
     * A cell of these options.
     *
     * @param configuration of the class's option set
     */
    GatedCell(Configuration configuration) {
        super(configuration);
    }

    /**
     * The activation of the gates.
     *
     * @param function default sigmoid
     * @return this cell with it
     * @throws IllegalArgumentException if a cell cannot have it
     */
    public final C recurrentActivation(ActivationFunction function) {
        return with(GatedLayer.RECURRENT_ACTIVATION, function);
    }

    /**
     * As {@link #recurrentActivation(ActivationFunction)}.
     *
     * @param keyword Keras's name: relu, hard_sigmoid, ...
     * @return this cell with it
     * @throws IllegalArgumentException naming the functions there are
     */
    public final C recurrentActivation(String keyword) {
        return recurrentActivation(ActivationFunction.of(keyword));
    }

    /**
     * The activation of the gates.
     *
     * @return default sigmoid
     */
    public final ActivationFunction recurrentActivation() {
        return get(GatedLayer.RECURRENT_ACTIVATION);
    }
}
