package dev.gatun.layers.runtime;

import dev.gatun.engine.gemm.Strips;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.type.BuiltInTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Where the states of calls lie in the row that a stream has for each of its sequences, or a model for each sample of a batch.
 * Each begins at a multiple of 16 floats.
 *
 * @param byStep   for each step of the graph the offsets of its states; empty for a call that carries nothing
 * @param rowBytes all of them
 */
record StateLayout(List<List<Long>> byStep, long rowBytes) {

    /** Of every recurrent call, as a stream carries them from step to step. */
    static StateLayout of(Graph graph) {
        return of(graph, StateLayout::widths);
    }

    /**
     * Of the calls of stateful layers, as a model carries them from run to run.
     *
     * @throws IllegalArgumentException if such a layer is called more than once
     */
    static StateLayout ofKept(Graph graph) {
        for (Graph.Step step : graph.steps()) {
            Graph.NamedLayer named = graph.layerOf(step);
            if (step.callIndex() > 0 && !kept(named.layer()).isEmpty()) {
                throw new IllegalArgumentException("Model '" + graph.name() + "': " + named.layer().kind() + " '"
                        + named.name() + "' is stateful and called twice, so that each call would go on from where the "
                        + "other one ended; use two layers, or stateful(false)");
            }
        }
        return of(graph, StateLayout::kept);
    }

    private static StateLayout of(Graph graph, Function<Layer, List<Integer>> widths) {
        List<List<Long>> byStep = new ArrayList<>();
        long bytes = 0;
        for (Graph.Step step : graph.steps()) {
            List<Long> offsets = new ArrayList<>();
            for (int width : widths.apply(graph.layerOf(step).layer())) {
                offsets.add(bytes);
                bytes += (long) Strips.padded(width) * Float.BYTES;
            }
            byStep.add(List.copyOf(offsets));
        }
        return new StateLayout(List.copyOf(byStep), bytes);
    }

    private static List<Integer> kept(Layer layer) {
        LayerType<Layer> type = BuiltInTypes.ALL.of(layer);
        return type.keptStates(layer);
    }

    private static List<Integer> widths(Layer layer) {
        LayerType<Layer> type = BuiltInTypes.ALL.of(layer);
        return type.stepping(layer) instanceof Stepping.Recurrent recurrent ? recurrent.widths() : List.of();
    }
}
