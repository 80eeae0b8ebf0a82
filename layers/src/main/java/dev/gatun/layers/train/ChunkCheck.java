package dev.gatun.layers.train;

import dev.gatun.layers.Layer;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.memory.Shape;

/** Whether a graph can be trained on sequences that are cut in time. */
final class ChunkCheck {

    private static final String TRUNCATED = "Truncated back-propagation through time, model '";

    private ChunkCheck() {}

    /** @throws IllegalArgumentException if it cannot, naming input, layer or output, the reason and the fix */
    static void require(Graph graph, Objective objective) {
        String who = TRUNCATED + graph.name() + "': ";
        for (int input = 0; input < graph.inputs().size(); input++) {
            if (!graph.sequences().contains(input)) {
                throw new IllegalArgumentException(who + "input '" + graph.inputName(input) + "' of shape "
                        + graph.inputShape(input) + " has no steps to cut; train without truncatedBptt");
            }
        }
        for (Graph.Step step : graph.steps()) {
            if (graph.layerOf(step).built() != null) {
                requireSteps(who, graph, step);
            }
        }
        for (int i = 0; i < objective.size(); i++) {
            Shape output = graph.shape(graph.outputs().get(objective.outputs().get(i)));
            if (output.rank() < 3) {
                throw new IllegalArgumentException(who + "output '" + objective.names().get(i) + "' of shape " + output
                        + " has no value for each step, so a chunk has nothing to be measured by; return sequences, or "
                        + "train without truncatedBptt");
            }
        }
    }

    private static void requireSteps(String who, Graph graph, Graph.Step step) {
        Layer layer = graph.layerOf(step).layer();
        String name = who + layer.kind() + " '" + graph.layerOf(step).name() + "' ";
        Stepping stepping = BuiltInTypes.ALL.of(layer).stepping(layer);
        if (stepping instanceof Stepping.WholeSequence whole) {
            throw new IllegalArgumentException(name + whole.reason()
                    + ", so its sequences cannot be cut; train without truncatedBptt");
        }
        if (stepping instanceof Stepping.Recurrent && !step.arguments().initialState().isEmpty()) {
            throw new IllegalArgumentException(
                    name + "begins at a state that is computed from a whole sequence, which a "
                            + "chunk is not; train without truncatedBptt");
        }
        if (!BuiltInTypes.ALL.of(layer).keptStates(layer).isEmpty()) {
            throw new IllegalArgumentException(name + "is stateful, so that its batches go on from each other by "
                    + "themselves; give its sequences in shorter parts, or leave stateful or truncatedBptt out");
        }
        Shape input = graph.shape(step.arguments().input());
        Shape output = step.outputShapes().getFirst();
        if (stepping instanceof Stepping.Recurrent && output.rank() < input.rank()) {
            throw new IllegalArgumentException(
                    name + "returns its last step only, and a chunk has another last step than "
                            + "its sequence; declare it with returnSequences(), or train without truncatedBptt");
        }
    }
}
