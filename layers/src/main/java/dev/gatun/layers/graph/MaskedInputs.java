package dev.gatun.layers.graph;

import dev.gatun.layers.Input;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.value.ValueType;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A graph some of whose inputs carry masks that are given with the data: each is one more input, behind all others, and what the
 * call of the input it belongs to names as its mask.
 */
final class MaskedInputs {

    /** No layer of a user's can have it in its name. */
    private static final String MASK = "/mask";

    private MaskedInputs() {}

    /** Values of the graph keep their places. */
    static Graph of(Graph graph, List<Integer> masked) {
        List<Graph.NamedLayer> layers = new ArrayList<>(graph.layers());
        List<Graph.Step> steps = new ArrayList<>(graph.steps());
        List<Integer> inputs = new ArrayList<>(graph.inputs());
        for (int input : masked) {
            Shape sequence = graph.inputShape(input);
            if (!isSequence(graph.inputType(input), sequence)) {
                throw new IllegalArgumentException("Model '" + graph.name() + "', input '" + graph.inputName(input)
                        + "': a mask leaves out steps of sequences, and its shape " + sequence
                        + " has none; give the mask of an input that is [batch, time, features], or ids [batch, time]");
            }
            Input mask = Input.mask(sequence.dim(1));
            Graph.Ref made = new Graph.Ref(steps.size(), 0);
            layers.add(new Graph.NamedLayer(graph.inputName(input) + MASK, mask, null));
            steps.add(new Graph.Step(layers.size() - 1, 0, CallArguments.of(List.of()), List.of(mask.shape())));
            inputs.add(made.step());
            int at = graph.inputs().get(input);
            steps.set(at, new Graph.Step(steps.get(at).layer(), 0, new CallArguments<>(List.of(), List.of(), made),
                    steps.get(at).outputShapes()));
        }
        Graph made = new Graph(graph.name(), graph.sequential(), layers, steps, inputs, graph.outputs());
        made.masks();
        return made;
    }

    /** Whether an input has steps that a mask can leave out. */
    static boolean isSequence(ValueType type, Shape shape) {
        return switch (type) {
            case FLOAT32 -> shape.rank() > 2;
            case INT32 -> shape.rank() > 1;
            case MASK -> false;
        };
    }
}
