package dev.gatun.layers.graph;

import dev.gatun.layers.Layer;
import dev.gatun.layers.type.BuiltInTypes;
import java.util.ArrayList;
import java.util.List;

/** Names of a model's outputs: the layer's name; for a further output with its own, {@code _h} and {@code _c} of an LSTM; numbered if needed. */
final class OutputNames {

    private OutputNames() {}

    static List<String> of(Graph graph) {
        List<String> names = new ArrayList<>();
        for (Graph.Ref ref : graph.outputs()) {
            String name = plain(graph, ref);
            String unique = name;
            for (int number = 1; names.contains(unique); number++) {
                unique = name + "_" + number;
            }
            names.add(unique);
        }
        return names;
    }

    /** Not numbered: several calls of a layer have the same. */
    static String plain(Graph graph, Graph.Ref ref) {
        Graph.NamedLayer layer = graph.layerOf(graph.steps().get(ref.step()));
        String suffix = suffix(layer.layer(), ref.output());
        return suffix.isEmpty() ? layer.name() : layer.name() + "_" + suffix;
    }

    private static String suffix(Layer layer, int output) {
        return BuiltInTypes.ALL.of(layer).outputs(layer).get(output);
    }
}
