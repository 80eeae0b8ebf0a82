package dev.gatun.layers.model;

import dev.gatun.layers.graph.Graph;
import dev.gatun.memory.check.Arguments;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Node;
import dev.gatun.layers.OptionReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A model's architecture to and from a plain map: numbers, text, booleans, lists and maps only.
 *
 * <pre>
 * name, sequential
 * layers   each with class_name, name, config, calls: for each call inputs, and initial_state and mask if they are given
 * inputs   names of layers
 * outputs  values
 * </pre>
 *
 * A value is a list of layer, number of its call, number of the output. A call may also be one list of values in Keras's
 * order of positions, as files of format version 1 have it.
 */
public final class ModelConfig {

    private ModelConfig() {}

    /**
     * What {@link #nodes(Map)} makes the same graph of.
     *
     * @param graph of a model
     * @return plain values only
     */
    public static Map<String, Object> toMap(Graph graph) {
        Arguments.required(graph, "ModelConfig.toMap", "graph", "a graph");
        List<Object> layers = new ArrayList<>();
        List<List<Graph.Step>> calls = graph.calls();
        for (int index = 0; index < graph.layers().size(); index++) {
            Graph.NamedLayer layer = graph.layers().get(index);
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("class_name", layer.layer().kind());
            map.put("name", layer.name());
            map.put("config", layer.layer().config());
            if (!(layer.layer() instanceof Input)) {
                map.put("calls", calls.get(index).stream()
                        .map(step -> CallConfig.toMap(step.arguments().map(ref -> value(graph, ref))))
                        .toList());
            }
            layers.add(map);
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", graph.name());
        map.put("sequential", graph.sequential());
        map.put("layers", layers);
        map.put("inputs", graph.inputs().stream().map(step -> graph.layerOf(graph.steps().get(step)).name()).toList());
        map.put("outputs", graph.outputs().stream().map(ref -> value(graph, ref).plain()).toList());
        return map;
    }

    private static CallConfig.Value value(Graph graph, Graph.Ref ref) {
        Graph.Step step = graph.steps().get(ref.step());
        return new CallConfig.Value(graph.layerOf(step).name(), step.callIndex(), ref.output());
    }

    /**
     * The nodes of a configuration.
     *
     * @param map as {@link #toMap} gives it
     * @return layers and nodes, wired
     * @throws IllegalArgumentException naming the layer, and what of it is missing, unknown or not supported
     */
    public static ModelNodes nodes(Map<String, Object> map) {
        Arguments.required(map, "ModelConfig.nodes", "map", "a map as ModelConfig.toMap makes it");
        return nodes(map, layer -> layer);
    }

    /**
     * As {@link #nodes(Map)}, with other layers.
     *
     * @param map    as {@link #toMap} gives it
     * @param change every layer but inputs is replaced by what this makes of it, before it is wired
     * @return layers and nodes, wired
     * @throws IllegalArgumentException naming the layer, and what of it is missing, unknown or not supported
     */
    public static ModelNodes nodes(Map<String, Object> map, UnaryOperator<Layer> change) {
        Arguments.required(map, "ModelConfig.nodes", "map", "a map as ModelConfig.toMap makes it");
        Arguments.required(change, "ModelConfig.nodes", "change", "UnaryOperator.identity() for no change");
        OptionReader options = new OptionReader("Model", map);
        Wiring wiring = new Wiring();
        for (Object layer : options.list("layers")) {
            wiring.add(OptionReader.asMap(layer, "Model: layers"), change);
        }
        wiring.connect();
        List<Input> inputs = new ArrayList<>();
        for (Object name : options.list("inputs")) {
            inputs.add(wiring.input(name));
        }
        List<Node> outputs = new ArrayList<>();
        for (Object value : options.list("outputs")) {
            outputs.add(wiring.node(CallConfig.Value.of("Model: outputs", value)));
        }
        String name = options.text("name");
        boolean sequential = options.flag("sequential", false);
        options.requireNothingLeft();
        return new ModelNodes(name, sequential, wiring.layers(), wiring.calls(), inputs, outputs);
    }
}
