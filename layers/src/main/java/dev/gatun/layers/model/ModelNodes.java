package dev.gatun.layers.model;

import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerCall;
import dev.gatun.layers.Node;
import dev.gatun.layers.nested.Nested;
import dev.gatun.layers.nested.Wired;
import dev.gatun.layers.State;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

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
    /**
     * Refuses what is missing and keeps copies of lists and maps.
     *
     * @throws NullPointerException naming what is missing
     */
    public ModelNodes {
        Arguments.required(name, "ModelNodes", "name", "a name");
        Arguments.all(layers, "ModelNodes", "layers", "layers by name");
        Arguments.all(calls, "ModelNodes", "calls", "calls by name");
        inputs = Arguments.copy(inputs, "ModelNodes", "inputs", "the inputs");
        outputs = Arguments.copy(outputs, "ModelNodes", "outputs", "nodes");
        layers = Collections.unmodifiableMap(new LinkedHashMap<>(layers));
        Map<String, List<LayerCall>> copies = new LinkedHashMap<>();
        for (Map.Entry<String, List<LayerCall>> made : calls.entrySet()) {
            copies.put(made.getKey(),
                    List.copyOf(Arguments.all(made.getValue(), "ModelNodes", "calls", "the calls of each layer")));
        }
        calls = Collections.unmodifiableMap(copies);
    }

    /**
     * The first output of a layer's first call.
     *
     * @param layer its name
     * @return the value as a node, to be an output or to be read by other layers
     * @throws IllegalArgumentException if there is no such layer, naming those there are
     */
    public Node node(String layer) {
        Arguments.required(layer, "ModelNodes.node", "layer", "the name of a layer");
        return call(layer).output(0);
    }

    /**
     * The states of a recurrent layer after the last step of its first call: of an LSTM h and c.
     *
     * @param layer its name
     * @return values [B,U] as nodes
     * @throws IllegalArgumentException if there is no such layer, or it does not return its state
     */
    public State state(String layer) {
        Arguments.required(layer, "ModelNodes.state", "layer", "the name of a layer");
        LayerCall call = call(layer);
        int outputs = BuiltInTypes.ALL.of(call.layer()).outputs(call.layer()).size();
        if (outputs == 1) {
            throw new IllegalArgumentException("Layer '" + layer + "' is not a recurrent layer that returns its state");
        }
        return new State(IntStream.range(1, outputs).mapToObj(call::output).toList());
    }

    private LayerCall call(String layer) {
        List<LayerCall> found = calls.get(layer);
        if (found == null) {
            throw new IllegalArgumentException("There is no layer '" + layer + "'; there are " + calls.keySet());
        }
        return found.getFirst();
    }

    /**
     * What is wired here, as a layer of other models.
     *
     * @return of the model's name, unless that is the default; to be called as often as you like, with one set of weights
     * @throws IllegalArgumentException if an input leads nowhere
     */
    public Nested layer() {
        return Nested.of(Wired.of(name, sequential, inputs, outputs));
    }

    /**
     * The checked graph, with all shapes inferred; no memory is taken for weights.
     *
     * @return what {@link Model#zeros} makes a model of
     * @throws IllegalArgumentException naming the layer, what it expected, what it got and the fix
     */
    public Graph graph() {
        return Graph.of(name, sequential, inputs, outputs);
    }

    /**
     * The model.
     *
     * @return to be closed; its weights are drawn with seed 0
     * @throws IllegalArgumentException naming the layer, what it expected, what it got and the fix
     * @throws OutOfMemoryError         if the weights do not fit, naming the largest
     */
    public Model model() {
        return Model.build(name, sequential, inputs, outputs);
    }

    /**
     * The model with more outputs behind its own; it is no plain chain any more, whatever was declared.
     *
     * @param moreOutputs for example what {@link #node} and {@link #state} give
     * @return to be closed; its weights are drawn with seed 0
     * @throws IllegalArgumentException naming the layer, what it expected, what it got and the fix
     * @throws OutOfMemoryError         if the weights do not fit, naming the largest
     */
    public Model model(List<? extends Node> moreOutputs) {
        Arguments.all(moreOutputs, "ModelNodes.model", "moreOutputs", "nodes");
        List<Node> all = new ArrayList<>(outputs);
        all.addAll(moreOutputs);
        return Model.named(name, inputs, all);
    }
}
