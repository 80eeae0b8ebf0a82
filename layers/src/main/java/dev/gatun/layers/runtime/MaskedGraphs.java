package dev.gatun.layers.runtime;

import dev.gatun.layers.graph.Graph;
import dev.gatun.memory.check.Arguments;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A graph for each set of inputs whose masks have been given with data, made once. */
public final class MaskedGraphs {

    private final Map<List<Integer>, Graph> made = new HashMap<>();
    private Graph whole;

    /** None is made yet. */
    public MaskedGraphs() {}

    /**
     * A graph with masks for some of its inputs.
     *
     * @param graph  whose inputs they are; what was made of another one is forgotten
     * @param masked numbers of inputs; none for the graph itself
     * @return with one more input for each
     * @throws IllegalArgumentException if an input has no steps, or a layer cannot leave steps out
     */
    public synchronized Graph of(Graph graph, List<Integer> masked) {
        Arguments.required(graph, "MaskedGraphs.of", "graph", "a graph");
        if (Arguments.all(masked, "MaskedGraphs.of", "masked", "numbers of inputs, none is fine").isEmpty()) {
            return graph;
        }
        if (whole != graph) {
            made.clear();
            whole = graph;
        }
        return made.computeIfAbsent(List.copyOf(masked), graph::masked);
    }
}
