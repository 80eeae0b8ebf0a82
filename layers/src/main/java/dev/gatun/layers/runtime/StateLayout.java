package dev.gatun.layers.runtime;

import dev.gatun.engine.gemm.Strips;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the states of every recurrent call lie in the row that is kept for each sequence. Each begins at a multiple of 16
 * floats. Calls that run several sequences for each sample, as those within a {@link dev.gatun.layers.TimeDistributed}, begin
 * anew in every step and have no place here.
 *
 * @param byStep   for each step of the graph the offsets of its states; empty for a call that carries nothing
 * @param rowBytes all of them
 */
record StateLayout(List<List<Long>> byStep, long rowBytes) {

    /** Sizes to see a graph's shapes with where it leaves them open; products of others do not give the first. */
    private static final int SAMPLES = 3;
    private static final int STEPS = 5;

    static StateLayout of(Graph graph) {
        List<List<Long>> byStep = new ArrayList<>();
        List<Shape> inputs = known(graph);
        List<List<Shape>> shapes = graph.shapes(inputs);
        long bytes = 0;
        for (Graph.Step step : graph.steps()) {
            List<Long> offsets = new ArrayList<>();
            for (int width : widths(graph.layerOf(step).layer())) {
                if (isOfSamples(step, shapes, inputs.getFirst().dim(0))) {
                    offsets.add(bytes);
                    bytes += (long) Strips.padded(width) * Float.BYTES;
                }
            }
            byStep.add(List.copyOf(offsets));
        }
        return new StateLayout(List.copyOf(byStep), bytes);
    }

    static List<Integer> widths(Layer layer) {
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
