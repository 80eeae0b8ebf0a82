package dev.gatun.layers.runtime;

import dev.gatun.layers.Layer;
import dev.gatun.layers.Recurrence;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.type.BuiltInTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the calls of a prediction that run as one. A call joins the group of the first one of its group. */
final class GroupingPass {

    private final Graph graph;
    private final Map<Graph.Ref, Graph.Ref> aliases;
    private final List<Integer> order;
    /** For each value those that read it and nothing else. */
    private final Map<Graph.Ref, List<Integer>> soleReaders = new HashMap<>();
    private final Map<Graph.Ref, Integer> readers = new HashMap<>();
    private final Set<Integer> grouped = new HashSet<>();

    GroupingPass(Graph graph, Map<Graph.Ref, Graph.Ref> aliases, List<Integer> order) {
        this.graph = graph;
        this.aliases = aliases;
        this.order = order;
        for (int step : order) {
            List<Graph.Ref> read = graph.steps().get(step).arguments().all();
            for (Graph.Ref ref : read) {
                readers.merge(source(ref), 1, Integer::sum);
            }
            if (read.size() == 1) {
                soleReaders.computeIfAbsent(source(read.getFirst()), ref -> new ArrayList<>()).add(step);
            }
        }
        for (Graph.Ref output : graph.outputs()) {
            readers.merge(source(output), 1, Integer::sum);
        }
    }

    private Graph.Ref source(Graph.Ref ref) {
        return aliases.getOrDefault(ref, ref);
    }

    List<PlanGroup> groups() {
        List<PlanGroup> groups = new ArrayList<>();
        for (int step : order) {
            if (grouped.add(step)) {
                groups.add(group(step));
            }
        }
        return groups;
    }

    private PlanGroup group(int first) {
        if (recurrence(first) == Recurrence.FORWARDS) {
            List<Integer> stack = chain(first, this::above);
            if (stack.size() > 1) {
                return new PlanGroup(PlanGroup.Kind.STACK, stack);
            }
        }
        if (recurrence(first) != Recurrence.NONE) {
            List<Integer> sides = sides(first);
            return new PlanGroup(sides.size() > 1 ? PlanGroup.Kind.SIDES : PlanGroup.Kind.SINGLE, sides);
        }
        List<Integer> rows = isRowByRow(first) ? chain(first, this::rowsBehind) : List.of(first);
        return new PlanGroup(rows.size() > 1 ? PlanGroup.Kind.ROWS : PlanGroup.Kind.SINGLE, rows);
    }

    private interface Next {
        /** The call that follows, or -1. */
        int of(int step);
    }

    private List<Integer> chain(int first, Next next) {
        List<Integer> chain = new ArrayList<>(List.of(first));
        for (int step = next.of(first); step >= 0; step = next.of(step)) {
            grouped.add(step);
            chain.add(step);
        }
        return List.copyOf(chain);
    }

    /** Of several layers that read the sequence the first is as good as another. */
    private int above(int below) {
        for (int step : soleReaders.getOrDefault(new Graph.Ref(below, 0), List.of())) {
            if (recurrence(step) == Recurrence.FORWARDS && !grouped.contains(step)) {
                return step;
            }
        }
        return -1;
    }

    /** A value that nobody else reads needs not be whole before the next is begun. */
    private int rowsBehind(int before) {
        Graph.Ref value = new Graph.Ref(before, 0);
        List<Integer> sole = soleReaders.getOrDefault(value, List.of());
        boolean isNext = sole.size() == 1 && readers.get(value) == 1 && isRowByRow(sole.getFirst())
                && !grouped.contains(sole.getFirst());
        return isNext ? sole.getFirst() : -1;
    }

    /** Layers that have others above them stay with those. */
    private List<Integer> sides(int first) {
        List<Graph.Ref> read = graph.steps().get(first).arguments().all();
        if (read.size() != 1) {
            return List.of(first);
        }
        List<Integer> sides = new ArrayList<>(List.of(first));
        for (int step : soleReaders.get(source(read.getFirst()))) {
            boolean isLone = recurrence(step) == Recurrence.BACKWARDS
                    || recurrence(step) == Recurrence.FORWARDS && above(step) < 0;
            if (isLone && grouped.add(step)) {
                sides.add(step);
            }
        }
        return List.copyOf(sides);
    }

    private Recurrence recurrence(int step) {
        return graph.layerOf(graph.steps().get(step)).built().recurrence();
    }

    private boolean isRowByRow(int step) {
        Layer layer = graph.layerOf(graph.steps().get(step)).layer();
        return BuiltInTypes.ALL.of(layer).stepping(layer) instanceof Stepping.RowByRow;
    }
}
