package dev.gatun.formats.onnx.own;

import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.type.BuiltInTypes;
import java.util.List;
import java.util.Map;

/**
 * Which layers are Gatun's: of these it is tested that their nodes compute what they do. A layer of a user's own may write
 * nodes that do something else, so a file with one is read by its nodes.
 */
final class BuiltIn {

    /** Options that hold a layer, with its class. */
    private static final List<String> LAYERS = List.of("layer", "backward_layer");

    private BuiltIn() {}

    static boolean areAllOf(Graph graph) {
        return graph.flat().layers().stream()
                .allMatch(named -> isBuiltIn(named.layer().kind(), named.layer().config()));
    }

    private static boolean isBuiltIn(String kind, Map<?, ?> config) {
        return BuiltInTypes.ALL.isGiven(kind) && LAYERS.stream().allMatch(option -> isBuiltIn(config.get(option)));
    }

    private static boolean isBuiltIn(Object within) {
        return !(within instanceof Map<?, ?> layer)
                || layer.get("config") instanceof Map<?, ?> config
                        && isBuiltIn(String.valueOf(layer.get("class_name")), config);
    }
}
