package dev.gatun.formats.build;

import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Node;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.type.BuiltInTypes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Layers one after the other, declared by class name and options, as files declare them. */
public final class LayerChain {

    private final Input input;
    private Node value;

    /**
     * Nothing behind an input.
     *
     * @param input of the model
     */
    public LayerChain(Input input) {
        this.input = input;
        this.value = input;
    }

    /**
     * Adds a layer.
     *
     * @param kind    Keras's class name
     * @param name    of the layer; null for the one its model gives it
     * @param options by their names; those that are not given have their defaults
     * @throws IllegalArgumentException naming the layer and the option that is not supported
     */
    public void add(String kind, String name, Map<String, Object> options) {
        value = layer(kind, name, options).on(value);
    }

    /**
     * What there is at the end.
     *
     * @return to be read by further layers
     */
    public Node value() {
        return value;
    }

    /**
     * Where values enter.
     *
     * @return the input
     */
    public Input input() {
        return input;
    }

    /**
     * A layer by class name and options.
     *
     * @param kind    Keras's class name
     * @param name    null for the one its model gives it
     * @param options by their names
     * @return the layer
     * @throws IllegalArgumentException naming the layer and the option that is not supported
     */
    public static Layer layer(String kind, String name, Map<String, Object> options) {
        return BuiltInTypes.ALL.layer(kind, name, options);
    }

    /**
     * Options in a map that can be added to.
     *
     * @param pairs names and values in turn
     * @return a new map, in this order
     */
    public static Map<String, Object> options(Object... pairs) {
        Map<String, Object> options = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            options.put((String) pairs[i], pairs[i + 1]);
        }
        return options;
    }

    /**
     * The graph of the chain.
     *
     * @return checked, with all shapes
     * @throws IllegalArgumentException naming the layer that does not fit
     */
    public Graph graph() {
        return Graph.of("sequential", true, List.of(input), List.of(value));
    }

    /**
     * The graph of a chain around which a value goes, as models that add their input to what they make have it.
     *
     * @param outputs what is computed
     * @return checked, with all shapes
     * @throws IllegalArgumentException naming the layer that does not fit
     */
    public Graph graph(List<Node> outputs) {
        return Graph.of("functional", false, List.of(input), outputs);
    }
}
