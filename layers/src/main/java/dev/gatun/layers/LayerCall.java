package dev.gatun.layers;

import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.check.Arguments;

/**
 * One application of a layer to values. Two calls of the same layer object share its weights, as in Keras; identity counts,
 * not equality.
 */
public final class LayerCall {

    private final Layer layer;
    private final CallArguments<Node> arguments;

    /**
     * A call.
     *
     * @param layer     what is applied
     * @param arguments to what
     */
    public LayerCall(Layer layer, CallArguments<Node> arguments) {
        Arguments.required(layer, "LayerCall", "layer", "a layer");
        Arguments.required(arguments, "LayerCall", "arguments", "what the layer reads");
        this.layer = layer;
        this.arguments = arguments;
    }

    /**
     * What is applied.
     *
     * @return the layer
     */
    public Layer layer() {
        return layer;
    }

    /**
     * To what it is applied.
     *
     * @return values by name
     */
    public CallArguments<Node> arguments() {
        return arguments;
    }

    /**
     * A value the layer makes.
     *
     * @param index which output of the layer, from 0
     * @return a value of the graph
     */
    public Node output(int index) {
        return new Output(this, index);
    }

    /** By identity of the call: the calls behind it may be many, and are not walked. */
    private record Output(LayerCall call, int output) implements Node {
        @Override
        public String toString() {
            return "output " + output + " of a call of " + call.layer();
        }
    }
}
