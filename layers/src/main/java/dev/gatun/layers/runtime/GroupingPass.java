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
                count(source(ref));
            }
            if (read.size() == 1) {
                addSoleReader(source(read.getFirst()), step);
            }
        }
        for (Graph.Ref output : graph.outputs()) {
            count(source(output));
        }
    }

    private void count(Graph.Ref value) {
        Integer before = readers.get(value);
        readers.put(value, before == null ? 1 : before + 1);
    }

    private void addSoleReader(Graph.Ref value, int step) {
        List<Integer> steps = soleReaders.get(value);
        if (steps == null) {
            steps = new ArrayList<>();
            soleReaders.put(value, steps);
        }
        steps.add(step);
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
            List<Integer> stack = chain(first, true);
            if (stack.size() > 1) {
                return new PlanGroup(PlanGroup.Kind.STACK, stack);
            }
        }
        if (recurrence(first) != Recurrence.NONE) {
            List<Integer> sides = sides(first);
            return new PlanGroup(sides.size() > 1 ? PlanGroup.Kind.SIDES : PlanGroup.Kind.SINGLE, sides);
        }
        List<Integer> rows = isRowByRow(first) ? chain(first, false) : List.of(first);
        return new PlanGroup(rows.size() > 1 ? PlanGroup.Kind.ROWS : PlanGroup.Kind.SINGLE, rows);
    }

    /** @param isStack whether recurrent layers are looked for, or those that work row by row */
    private List<Integer> chain(int first, boolean isStack) {
        List<Integer> chain = new ArrayList<>();
        for (int step = first; step >= 0; step = isStack ? above(step) : rowsBehind(step)) {
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
