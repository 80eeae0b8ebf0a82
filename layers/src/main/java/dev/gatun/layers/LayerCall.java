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

    public LayerCall(Layer layer, List<Node> inputs) {
        Arguments.required(layer, "LayerCall", "layer", "a layer");
        Arguments.all(inputs, "LayerCall", "inputs", "the nodes that are read");
        this.layer = layer;
        this.inputs = List.copyOf(inputs);
    }

    public Layer layer() {
        return layer;
    }

    public List<Node> inputs() {
        return inputs;
    }

    /** @param index which output of the layer */
    public Node output(int index) {
        return new Output(this, index);
    }

    private record Output(LayerCall call, int output) implements Node {}
}
