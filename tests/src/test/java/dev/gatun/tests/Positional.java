package dev.gatun.tests;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerCall;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.Node;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.memory.Shape;
import java.util.List;

/** Layers given what they read by position, as files have it: the data, then the states. */
public final class Positional {

    private Positional() {}

    public static LayerCall call(Layer layer, List<? extends Node> values) {
        return layer.call(type(layer).arguments(List.copyOf(values)));
    }

    public static BuiltLayer build(Layer layer, String name, List<Shape> shapes) {
        return Graph.built(layer, name, arguments(layer, shapes));
    }

    /** Shapes of the outputs of a layer built for other or the same shapes. */
    public static List<Shape> outputs(Layer layer, BuiltLayer built, List<Shape> shapes) {
        return built.outputShapes(arguments(layer, shapes));
    }

    private static CallArguments<Shape> arguments(Layer layer, List<Shape> shapes) {
        return type(layer).arguments(shapes);
    }

    private static LayerType<Layer> type(Layer layer) {
        return BuiltInTypes.ALL.of(layer);
    }
}
