package dev.gatun.layers.runtime;

import dev.gatun.engine.gemm.Strips;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.type.BuiltInTypes;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the states of every recurrent call lie in the row that a stream has for each of its sequences. Each begins at a
 * multiple of 16 floats.
 *
 * @param byStep   for each step of the graph the offsets of its states; empty for a call that carries nothing
 * @param rowBytes all of them
 */
record StateLayout(List<List<Long>> byStep, long rowBytes) {

    static StateLayout of(Graph graph) {
        List<List<Long>> byStep = new ArrayList<>();
        long bytes = 0;
        for (Graph.Step step : graph.steps()) {
            List<Long> offsets = new ArrayList<>();
            for (int width : widths(graph.layerOf(step).layer())) {
                offsets.add(bytes);
                bytes += (long) Strips.padded(width) * Float.BYTES;
            }
            byStep.add(List.copyOf(offsets));
        }
        return new StateLayout(List.copyOf(byStep), bytes);
    }

    private static List<Integer> widths(Layer layer) {
        LayerType<Layer> type = BuiltInTypes.ALL.of(layer);
        return type.stepping(layer) instanceof Stepping.Recurrent recurrent ? recurrent.widths() : List.of();
    }
}
