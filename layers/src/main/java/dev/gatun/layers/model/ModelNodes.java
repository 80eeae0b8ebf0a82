package dev.gatun.layers.model;

import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerCall;
import dev.gatun.layers.Node;
import dev.gatun.layers.rnn.Lstm;
import dev.gatun.layers.rnn.State;
import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A configuration turned into layers and nodes that are wired, but not yet a model: the place to take other outputs, or to
 * look before memory is taken.
 *
 * @param name       of the model
 * @param sequential whether it was declared as a plain chain
 * @param layers     by name, in the configuration's order
 * @param calls      of each layer, by its name, in order
 * @param inputs     of the model
 * @param outputs    of the model
 */
public record ModelNodes(
        String name, boolean sequential, Map<String, Layer> layers, Map<String, List<LayerCall>> calls,
        List<Input> inputs, List<Node> outputs) {
    /** @throws NullPointerException naming what is missing */
    public ModelNodes {
        Arguments.required(name, "ModelNodes", "name", "a name");
        Arguments.all(layers, "ModelNodes", "layers", "layers by name");
        Arguments.all(calls, "ModelNodes", "calls", "calls by name");
        Arguments.all(inputs, "ModelNodes", "inputs", "the inputs");
        Arguments.all(outputs, "ModelNodes", "outputs", "nodes");
    }

    /**
     * The first output of a layer's first call.
     *
     * @throws IllegalArgumentException if there is no such layer
     */
    public Node node(String layer) {
        Arguments.required(layer, "ModelNodes.node", "layer", "the name of a layer");
        return call(layer).output(0);
    }

    /**
     * h and c of an LSTM after its last step.
     *
     * @throws IllegalArgumentException if there is no such LSTM, or it does not return its state
     */
    public State state(String layer) {
        Arguments.required(layer, "ModelNodes.state", "layer", "the name of a layer");
        LayerCall call = call(layer);
        if (!(call.layer() instanceof Lstm lstm && lstm.state())) {
            throw new IllegalArgumentException("Layer '" + layer + "' is not an LSTM that returns its state");
        }
        return new State(call.output(1), call.output(2));
    }

    private LayerCall call(String layer) {
        List<LayerCall> found = calls.get(layer);
        if (found == null) {
            throw new IllegalArgumentException("There is no layer '" + layer + "'; there are " + calls.keySet());
        }
        return found.getFirst();
    }

    /** Shapes inferred and checked; no memory is taken for weights. */
    public Graph graph() {
        return Graph.of(name, sequential, inputs, outputs);
    }

    /** The model, its weights newly drawn. */
    public Model model() {
        return Model.build(name, sequential, inputs, outputs);
    }

    /** The model with more outputs behind its own. */
    public Model model(List<? extends Node> moreOutputs) {
        Arguments.all(moreOutputs, "ModelNodes.model", "moreOutputs", "nodes");
        List<Node> all = new ArrayList<>(outputs);
        all.addAll(moreOutputs);
        return Model.named(name, inputs, all);
    }
}
