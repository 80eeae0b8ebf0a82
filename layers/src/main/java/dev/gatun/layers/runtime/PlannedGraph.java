package dev.gatun.layers.runtime;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.plan.ExecutionMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What of a graph a plan runs, in groups that run as one. In plans that only go forward, passes over the graph change it: calls
 * that hand their input on are left out, and recurrent layers above each other become one group. Plans with gradients run
 * every call by itself.
 *
 * @param groups  steps of the graph in the order in which they run; inputs and what is left out are in none
 * @param aliases for a value that is another one, that one
 */
record PlannedGraph(List<List<Integer>> groups, Map<Graph.Ref, Graph.Ref> aliases) {

    static PlannedGraph of(Graph graph, ExecutionMode mode) {
        Map<Graph.Ref, Graph.Ref> aliases = mode.gradients() ? Map.of() : identities(graph, mode);
        Set<Integer> open = new TreeSet<>();
        for (int index = 0; index < graph.steps().size(); index++) {
            if (!graph.inputs().contains(index) && !aliases.containsKey(new Graph.Ref(index, 0))) {
                open.add(index);
            }
        }
        PlannedGraph planned = new PlannedGraph(new ArrayList<>(), aliases);
        List<Integer> order = List.copyOf(open);
        for (int step : order) {
            if (open.remove(step)) {
                planned.groups.add(mode.gradients() ? List.of(step) : planned.stack(graph, step, open));
            }
        }
        return planned;
    }

    /** The value behind a value: itself, unless the call that makes it is left out. */
    Graph.Ref source(Graph.Ref ref) {
        return aliases.getOrDefault(ref, ref);
    }

    /** Calls that hand on what they read. */
    private static Map<Graph.Ref, Graph.Ref> identities(Graph graph, ExecutionMode mode) {
        Map<Graph.Ref, Graph.Ref> aliases = new HashMap<>();
        for (int index = 0; index < graph.steps().size(); index++) {
            Graph.Step step = graph.steps().get(index);
            BuiltLayer built = graph.layerOf(step).built();
            if (built != null && step.arguments().mask() == null && built.isIdentity(mode)) {
                Graph.Ref input = step.arguments().input();
                aliases.put(new Graph.Ref(index, 0), aliases.getOrDefault(input, input));
            }
        }
        return aliases;
    }

    /** A recurrent layer and those above it, each of which reads the sequence of the one below and nothing else. */
    private List<Integer> stack(Graph graph, int first, Set<Integer> open) {
        List<Integer> group = new ArrayList<>();
        group.add(first);
        if (!graph.layerOf(graph.steps().get(first)).built().runsOverTime()) {
            return group;
        }
        for (int above = above(graph, first, open); above >= 0; above = above(graph, above, open)) {
            open.remove(above);
            group.add(above);
        }
        return List.copyOf(group);
    }

    /** The layer above may be any of those that read the sequence; the first is as good as another. */
    private int above(Graph graph, int below, Set<Integer> open) {
        Graph.Ref sequence = new Graph.Ref(below, 0);
        for (int index : open) {
            Graph.Step step = graph.steps().get(index);
            boolean readsIt = step.arguments().all().size() == 1 && source(step.arguments().input()).equals(sequence);
            if (readsIt && graph.layerOf(step).built().runsOverTime()) {
                return index;
            }
        }
        return -1;
    }
}
