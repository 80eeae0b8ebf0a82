package dev.gatun.layers.runtime;

import dev.gatun.engine.gemm.Strips;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.SampleRule;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.type.BuiltInTypes;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the states of calls lie in the row that is kept for each sequence, by a stream or a model. Each begins at a multiple of
 * 16 floats. Calls that run several sequences for each sample, as those within a {@link dev.gatun.layers.TimeDistributed}, begin
 * anew in every step and have no place in a stream.
 *
 * @param byStep   for each step of the graph the offsets of its states; empty for a call that carries nothing
 * @param rowBytes all of them
 */
record StateLayout(List<List<Long>> byStep, long rowBytes) {

    /** Of every recurrent call, as a stream carries them from step to step. */
    static StateLayout of(Graph graph) {
        return of(graph, false);
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
        return of(graph, true);
    }

    private static StateLayout of(Graph graph, boolean isKept) {
        List<List<Long>> byStep = new ArrayList<>();
        int[] depths = new int[graph.steps().size()];
        long bytes = 0;
        for (int index = 0; index < graph.steps().size(); index++) {
            Graph.Step step = graph.steps().get(index);
            Layer layer = graph.layerOf(step).layer();
            LayerType<Layer> type = BuiltInTypes.ALL.of(layer);
            depths[index] = depth(step, depths, type.samples(layer));
            List<Integer> own = depths[index] > 0 ? List.of() : isKept ? kept(layer) : widths(graph, step);
            List<Long> offsets = new ArrayList<>();
            for (int width : own) {
                offsets.add(bytes);
                bytes += (long) Strips.padded(width) * Float.BYTES;
            }
            if (!own.isEmpty() && type.stepping(layer).beginsLearned()) {
                // Whether the row has begun: at zeros it has not.
                offsets.add(bytes);
                bytes += Strips.ROW_BYTES;
            }
            byStep.add(List.copyOf(offsets));
        }
        return new StateLayout(List.copyOf(byStep), bytes);
    }

    /** How often steps have become samples on the way to what a call makes. */
    private static int depth(Graph.Step step, int[] depths, SampleRule rule) {
        int depth = 0;
        for (Graph.Ref ref : step.arguments().all()) {
            depth = Math.max(depth, depths[ref.step()]);
        }
        return switch (rule) {
            case KEEP -> depth;
            case STEPS_TO_SAMPLES -> depth + 1;
            case SAMPLES_TO_STEPS -> depth - 1;
        };
    }

    private static List<Integer> kept(Layer layer) {
        return BuiltInTypes.ALL.of(layer).keptStates(layer);
    }

    /** Of what a call carries from step to step; some layers carry what they read, as wide as that is. */
    static List<Integer> widths(Graph graph, Graph.Step step) {
        Layer layer = graph.layerOf(step).layer();
        Stepping stepping = BuiltInTypes.ALL.of(layer).stepping(layer);
        return stepping instanceof Stepping.Window window
                ? window.widths(Math.toIntExact(graph.shape(step.arguments().input()).last()))
                : stepping.widths();
    }
}
