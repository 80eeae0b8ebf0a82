package dev.gatun.layers.runtime;

import dev.gatun.layers.Layer;
import dev.gatun.layers.SampleRule;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.memory.Shape;
import java.util.List;
import java.util.stream.IntStream;

/** Whether a graph can run one time step at a time. */
final class StepCheck {

    private StepCheck() {}

    /** @throws IllegalArgumentException if it cannot, naming the layer and the reason */
    static void require(Graph graph) {
        if (graph.inputs().size() != 1 || graph.outputs().size() != 1 || graph.sequences().isEmpty()) {
            List<Shape> shapes = IntStream.range(0, graph.inputs().size()).mapToObj(graph::inputShape).toList();
            throw new IllegalArgumentException(
                    "A stream feeds one sequence in and takes one value out; model '" + graph.name()
                            + "' has inputs " + graph.inputs().size() + " of shapes " + shapes
                            + " and " + graph.outputs().size() + " outputs");
        }
        for (Graph.Step step : graph.steps()) {
            require(graph.layerOf(step), step);
        }
        Graph flat = graph.flat();
        flat.steps().forEach(step -> requireEqualSteps(flat, step));
    }

    /** What has no steps of its own, as the end of a sequence, would be that of the steps so far. */
    private static void requireEqualSteps(Graph graph, Graph.Step step) {
        Layer layer = graph.layerOf(step).layer();
        List<Graph.Ref> read = step.arguments().inputs();
        boolean keeps = BuiltInTypes.ALL.of(layer).samples(layer) == SampleRule.KEEP;
        if (keeps && read.stream().map(ref -> graph.shape(ref).rank() > 2).distinct().count() > 1) {
            throw new IllegalArgumentException(layer.kind() + " '" + graph.layerOf(step).name()
                    + "' reads sequences and values without steps, of shapes "
                    + read.stream().map(graph::shape).toList()
                    + ", so it cannot run step by step: what a whole sequence makes is not there yet");
        }
    }

    private static void require(Graph.NamedLayer named, Graph.Step step) {
        Layer layer = named.layer();
        String who = layer.kind() + " '" + named.name() + "' ";
        switch (BuiltInTypes.ALL.of(layer).stepping(layer)) {
            case Stepping.RowByRow byRow -> {
            }
            case Stepping.WholeSequence whole -> throw new IllegalArgumentException(
                    who + whole.reason() + ", so it cannot run step by step");
            case Stepping.Window window -> requireOneCall(who, step);
            case Stepping.Recurrent recurrent -> {
                if (!step.arguments().initialState().isEmpty()) {
                    throw new IllegalArgumentException(
                            who + "begins at a state that the graph gives, and a stream carries its own, "
                                    + "so it cannot run step by step");
                }
                requireOneCall(who, step);
            }
        }
    }

    private static void requireOneCall(String who, Graph.Step step) {
        if (step.callIndex() > 0) {
            throw new IllegalArgumentException(who + "is used twice; a stream keeps one state per layer");
        }
    }
}
