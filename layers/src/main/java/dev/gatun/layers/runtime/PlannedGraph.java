package dev.gatun.layers.runtime;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.plan.ExecutionMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What of a graph a plan runs, in groups that run as one. In plans that only go forward, passes over the graph change it: calls
 * that hand their input on are left out, recurrent layers above each other or beside each other become one group, and so do
 * layers that work row by row. Plans with gradients run every call by itself.
 *
 * @param groups  in the order in which they run; inputs and what is left out are in none
 * @param aliases for a value that is another one, that one
 */
record PlannedGraph(List<PlanGroup> groups, Map<Graph.Ref, Graph.Ref> aliases) {

    static PlannedGraph of(Graph graph, ExecutionMode mode) {
        Map<Graph.Ref, Graph.Ref> aliases = mode.gradients() ? Map.of() : identities(graph, mode);
        List<Integer> open = new ArrayList<>();
        for (int index = 0; index < graph.steps().size(); index++) {
            if (graph.layerOf(graph.steps().get(index)).built() != null
                    && !aliases.containsKey(new Graph.Ref(index, 0))) {
                open.add(index);
            }
        }
        if (!mode.gradients()) {
            return new PlannedGraph(new GroupingPass(graph, aliases, open).groups(), aliases);
        }
        List<PlanGroup> groups = new ArrayList<>();
        for (int step : open) {
            groups.add(new PlanGroup(PlanGroup.Kind.SINGLE, List.of(step)));
        }
        return new PlannedGraph(groups, aliases);
    }

    /** What runs, for example {@code [lstm > lstm_1] [dense, activation]}: stacks with arrows, sides with bars. */
    String words(Graph graph) {
        List<String> words = new ArrayList<>();
        for (PlanGroup group : groups) {
            List<String> names = new ArrayList<>();
            for (int step : group.steps()) {
                names.add(graph.layerOf(graph.steps().get(step)).name());
            }
            words.add("[" + String.join(group.kind().between(), names) + "]");
        }
        return String.join(" ", words);
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
            boolean isCounted = !graph.layerOf(step).layer().activityRegularizer().isNone();
            if (built != null && !isCounted && step.arguments().mask() == null && built.isIdentity(mode)) {
                Graph.Ref input = step.arguments().input();
                aliases.put(new Graph.Ref(index, 0), aliases.getOrDefault(input, input));
            }
        }
        return aliases;
    }
}
