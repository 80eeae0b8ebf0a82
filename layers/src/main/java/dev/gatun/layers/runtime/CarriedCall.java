package dev.gatun.layers.runtime;

import dev.gatun.layers.graph.Graph;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A call that carries a state from step to step.
 *
 * @param name    as a user knows it: the layer's, with the number of the call if there are several ({@code lstm[1]}), behind
 *                those of the layers that it is a part of
 * @param widths  of its states
 * @param offsets where each lies in the row of a sequence, and behind them, for states that are learned, whether it has begun
 * @param begins  whether it begins at a state that the model computes
 */
record CarriedCall(String name, List<Integer> widths, List<Long> offsets, boolean begins) {

    /** Those of a flat graph, in the order of its layers. */
    static List<CarriedCall> of(Graph graph) {
        StateLayout layout = StateLayout.of(graph);
        List<List<Graph.Step>> calls = graph.calls();
        List<Integer> carrying = new ArrayList<>();
        for (int index = 0; index < graph.steps().size(); index++) {
            if (!layout.byStep().get(index).isEmpty()) {
                carrying.add(index);
            }
        }
        carrying.sort(Comparator.comparingInt(index -> graph.steps().get(index).layer()));
        List<CarriedCall> carried = new ArrayList<>();
        for (int index : carrying) {
            Graph.Step step = graph.steps().get(index);
            Graph.NamedLayer layer = graph.layerOf(step);
            boolean once = calls.get(step.layer()).size() == 1;
            carried.add(new CarriedCall(once ? layer.name() : layer.name() + "[" + step.callIndex() + "]",
                    StateLayout.widths(graph, step), layout.byStep().get(index),
                    !step.arguments().initialState().isEmpty()));
        }
        return List.copyOf(carried);
    }

    /** Whether a row of zeros is one that has not begun. */
    boolean hasFlag() {
        return offsets.size() > widths.size();
    }
}
