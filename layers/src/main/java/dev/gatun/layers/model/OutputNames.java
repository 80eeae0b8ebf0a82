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
            Graph.Step step = graph.steps().get(ref.step());
            Graph.NamedLayer layer = graph.layerOf(step);
            String name = layer.name();
            if (ref.output() > 0) {
                name += layer.layer() instanceof Lstm ? (ref.output() == 1 ? "_h" : "_c") : "_" + ref.output();
            }
            String unique = name;
            for (int number = 1; names.contains(unique); number++) {
                unique = name + "_" + number;
            }
            names.add(unique);
        }
        return names;
    }
}
