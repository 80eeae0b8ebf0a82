package dev.gatun.layers.runtime;

import dev.gatun.engine.gemm.Strips;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Where the states of calls lie in the row that is kept for each sequence, by a stream or a model. Each begins at a multiple of
 * 16 floats. Calls that run several sequences for each sample, as those within a {@link dev.gatun.layers.TimeDistributed}, begin
 * anew in every step and have no place in a stream.
 *
 * @param byStep   for each step of the graph the offsets of its states; empty for a call that carries nothing
 * @param rowBytes all of them
 */
record StateLayout(List<List<Long>> byStep, long rowBytes) {

    /** Sizes to see a graph's shapes with where it leaves them open; products of others do not give the first. */
    private static final int SAMPLES = 3;
    private static final int STEPS = 5;

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
        List<Shape> inputs = known(graph);
        List<List<Shape>> shapes = graph.shapes(inputs);
        long bytes = 0;
        for (Graph.Step step : graph.steps()) {
            List<Long> offsets = new ArrayList<>();
            for (int width : widths.apply(graph.layerOf(step).layer())) {
                if (isOfSamples(step, shapes, inputs.getFirst().dim(0))) {
                    offsets.add(bytes);
                    bytes += (long) Strips.padded(width) * Float.BYTES;
                }
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
        return type.stepping(layer).widths();
    }

    private static List<Shape> known(Graph graph) {
        List<Shape> inputs = new ArrayList<>();
        for (int input = 0; input < graph.inputs().size(); input++) {
            Shape shape = graph.inputShape(input);
            for (int axis = 0; axis < shape.rank(); axis++) {
                shape = shape.dim(axis) == Shape.UNKNOWN ? shape.with(axis, axis == 0 ? SAMPLES : STEPS) : shape;
            }
            inputs.add(shape);
        }
        return inputs;
    }

    /** Whether a call has one sequence for each sample. */
    private static boolean isOfSamples(Graph.Step step, List<List<Shape>> shapes, long samples) {
        Graph.Ref input = step.arguments().input();
        return shapes.get(input.step()).get(input.output()).dim(0) == samples;
    }
}
