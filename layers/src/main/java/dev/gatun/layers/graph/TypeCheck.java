package dev.gatun.layers.graph;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Input;
import dev.gatun.layers.value.ValueType;
import java.util.List;

/** Layers read the numbers they are made for: whole numbers come from inputs, masks from those too or a layer that makes them. */
final class TypeCheck {

    private TypeCheck() {}

    /** @throws IllegalArgumentException if a layer is given other numbers, naming both and the fix */
    static void of(Graph graph) {
        for (Graph.Step step : graph.steps()) {
            BuiltLayer built = graph.layerOf(step).built();
            if (built == null) {
                continue;
            }
            List<Graph.Ref> inputs = step.arguments().inputs();
            for (int input = 0; input < inputs.size(); input++) {
                if (!built.takes(input, graph.type(inputs.get(input)))) {
                    throw wrong(graph, graph.layerOf(step), built.reads(input), inputs.get(input));
                }
            }
            for (Graph.Ref ref : step.arguments().initialState()) {
                if (graph.type(ref) != ValueType.FLOAT32) {
                    throw wrong(graph, graph.layerOf(step), ValueType.FLOAT32, ref);
                }
            }
        }
    }

    /** @throws IllegalArgumentException if an output is a mask, or an input of whole numbers, naming it */
    static void outputs(Graph graph) {
        for (Graph.Ref ref : graph.outputs()) {
            Graph.NamedLayer source = graph.layerOf(graph.steps().get(ref.step()));
            ValueType type = graph.type(ref);
            if (type == ValueType.MASK || type == ValueType.INT32 && source.layer() instanceof Input) {
                throw new IllegalArgumentException("Model '" + graph.name() + "': its output '" + source.name()
                        + "' is "
                        + type.keyword() + ", and a model gives float32; leave it out, you have it already");
            }
        }
    }

    private static IllegalArgumentException wrong(
            Graph graph, Graph.NamedLayer reader, ValueType expected, Graph.Ref ref) {
        Graph.NamedLayer source = graph.layerOf(graph.steps().get(ref.step()));
        ValueType type = graph.type(ref);
        return new IllegalArgumentException(reader.layer().kind() + " '" + reader.name() + "' reads "
                + expected.keyword() + ", got " + type.keyword() + " of '" + source.name() + "'; "
                + (type == ValueType.MASK
                        ? "a mask is given to a call as its mask, not as its data"
                        : "declare the input as " + expected.keyword()));
    }
}
