package dev.gatun.layers.model;

import dev.gatun.layers.graph.Graph;
import dev.gatun.memory.check.Arguments;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.OptionReader;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.layers.wire.CallConfig;
import dev.gatun.layers.wire.Wiring;
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
 * shared   for each further place of a layer that stands in several the first one, if there are such
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
        Map<String, String> shared = graph.shared();
        if (!shared.isEmpty()) {
            map.put(SharedLayers.KEY, shared.entrySet().stream()
                    .map(place -> List.<Object>of(place.getKey(), place.getValue())).toList());
        }
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
        return wired(map, null);
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
        return wired(map, Arguments.required(change, "ModelConfig.nodes", "change",
                "UnaryOperator.identity() for no change"));
    }

    /** @param change null for none */
    private static ModelNodes wired(Map<String, Object> map, UnaryOperator<Layer> change) {
        Map<String, Object> wired = new LinkedHashMap<>(map);
        SharedLayers shared = new SharedLayers(
                wired.remove(SharedLayers.KEY) == null
                        ? List.of()
                        : new OptionReader("Model", map).list(SharedLayers.KEY),
                change);
        Wiring wiring = Wiring.read(wired, BuiltInTypes.ALL, shared);
        return new ModelNodes(wiring.name(), wiring.isSequential(), wiring.layers(), wiring.calls(), wiring.inputs(),
                wiring.outputs());
    }
}
