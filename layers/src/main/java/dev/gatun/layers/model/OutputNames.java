package dev.gatun.layers.model;

import dev.gatun.layers.rnn.Lstm;
import java.util.ArrayList;
import java.util.List;

/** Names of a model's outputs: the layer's name; for the states of an LSTM with {@code _h} or {@code _c}; numbered if needed. */
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
        if (ref.output() == 0) {
            return layer.name();
        }
        return layer.name()
                + (layer.layer() instanceof Lstm ? (ref.output() == 1 ? "_h" : "_c") : "_" + ref.output());
    }
}
