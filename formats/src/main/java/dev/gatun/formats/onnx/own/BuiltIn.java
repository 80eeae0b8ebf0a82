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

    private static final String CLASS = "class_name";
    private static final String CONFIG = "config";

    /** Options that hold layers with their classes, or a model that has such. */
    private static final List<String> WITHIN = List.of("layer", "backward_layer", "cell", "cells", "model", "layers");

    private BuiltIn() {}

    static boolean areAllOf(Graph graph) {
        return graph.layers().stream().allMatch(named -> isBuiltIn(named.layer().kind(), named.layer().config()));
    }

    private static boolean isBuiltIn(String kind, Map<?, ?> config) {
        return BuiltInTypes.ALL.isGiven(kind) && areWithin(config);
    }

    private static boolean areWithin(Map<?, ?> config) {
        return WITHIN.stream().allMatch(option -> areBuiltIn(config.get(option)));
    }

    private static boolean areBuiltIn(Object value) {
        return switch (value) {
            case List<?> several -> several.stream().allMatch(BuiltIn::areBuiltIn);
            case Map<?, ?> layer when layer.get(CONFIG) instanceof Map<?, ?> config && layer.containsKey(CLASS) ->
                isBuiltIn(String.valueOf(layer.get(CLASS)), config);
            case Map<?, ?> model -> areWithin(model);
            case null, default -> true;
        };
    }
}
