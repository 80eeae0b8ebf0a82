package dev.gatun.layers.graph;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Input;
import dev.gatun.layers.value.ValueType;

/** Layers read the numbers they are made for: masks come from inputs, whole numbers from inputs or from layers that make them. */
final class TypeCheck {

    private TypeCheck() {}

    /** @throws IllegalArgumentException if a layer is given other numbers, naming both and the fix */
    static void of(Graph graph) {
        for (Graph.Step step : graph.steps()) {
            BuiltLayer built = graph.layerOf(step).built();
            if (built == null) {
                continue;
            }
            for (int input = 0; input < step.arguments().inputs().size(); input++) {
                require(graph, graph.layerOf(step), built.reads(input), step.arguments().inputs().get(input));
            }
            for (Graph.Ref ref : step.arguments().initialState()) {
                require(graph, graph.layerOf(step), ValueType.FLOAT32, ref);
            }
        }
    }

    /** @throws IllegalArgumentException if an output is an input that is no float32, naming it */
    static void outputs(Graph graph) {
        for (Graph.Ref ref : graph.outputs()) {
            Graph.NamedLayer source = graph.layerOf(graph.steps().get(ref.step()));
            if (source.layer() instanceof Input input && input.type() != ValueType.FLOAT32) {
                throw new IllegalArgumentException("Model '" + graph.name() + "': its output '" + source.name()
                        + "' is "
                        + input.type().keyword() + ", and a model gives float32; leave it out, you have it already");
            }
        }
    }

    /** What the numbers of a layer's outputs are. */
    static ValueType of(Graph.NamedLayer source) {
        return source.layer() instanceof Input input
                ? input.type()
                : source.built() == null ? ValueType.FLOAT32 : source.built().makes();
    }

    private static void require(Graph graph, Graph.NamedLayer reader, ValueType expected, Graph.Ref ref) {
        Graph.NamedLayer source = graph.layerOf(graph.steps().get(ref.step()));
        ValueType type = of(source);
        if (type != expected) {
            throw new IllegalArgumentException(reader.layer().kind() + " '" + reader.name() + "' reads "
                    + expected.keyword() + ", got " + type.keyword() + " of '" + source.name() + "'; "
                    + (type == ValueType.MASK
                            ? "a mask is given to a call as its mask, not as its data"
                            : "declare the input as " + expected.keyword()));
        }
    }
}
