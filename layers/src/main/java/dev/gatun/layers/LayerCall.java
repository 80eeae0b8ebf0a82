package dev.gatun.layers;

import dev.gatun.memory.check.Arguments;
import java.util.List;

/**
 * One application of a layer to values. Two calls of the same layer object share its weights, as in Keras; identity counts,
 * not equality.
 */
public final class LayerCall {

    private final Layer layer;
    private final List<Node> inputs;

    /**
     * Applies a layer; {@link Layer#on} is the usual way.
     *
     * @param layer  what is applied
     * @param inputs the values it reads, in the order the layer wants them; copied
     * @throws NullPointerException if the layer, the list or one of its elements is null
     */
    public LayerCall(Layer layer, List<Node> inputs) {
        Arguments.required(layer, "LayerCall", "layer", "a layer");
        Arguments.all(inputs, "LayerCall", "inputs", "the nodes that are read");
        this.layer = layer;
        this.inputs = List.copyOf(inputs);
    }

    /** {@return the layer that is applied; calls of the same object share its weights} */
    public Layer layer() {
        return layer;
    }

    /** {@return the values the call reads, unmodifiable} */
    public List<Node> inputs() {
        return inputs;
    }

    /**
     * {@return one output of this call, as a value for other layers to read}
     * @param index which output of the layer, from 0
     */
    public Node output(int index) {
        return new Output(this, index);
    }

    private record Output(LayerCall call, int output) implements Node {}
}
