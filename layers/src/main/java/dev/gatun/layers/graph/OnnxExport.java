package dev.gatun.layers.graph;

import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.value.ValueType;
import dev.gatun.layers.onnx.OnnxGraph;
import dev.gatun.layers.onnx.OnnxGraphBuilder;
import dev.gatun.layers.onnx.OnnxType;
import dev.gatun.layers.onnx.OnnxValue;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A graph with its weights as ONNX nodes. Inputs and outputs keep their names; an output that would have the name of an input
 * has a number behind it.
 */
public final class OnnxExport {

    private final Graph graph;
    private final List<String> names;
    private final Function<String, Tensor> weights;
    private final OnnxGraphBuilder builder;
    private final Map<Graph.Ref, Graph.Ref> masks;
    private final Map<Graph.Ref, OnnxValue> values = new HashMap<>();

    private OnnxExport(Graph model, Function<String, Tensor> weights) {
        this.graph = model.flat();
        this.names = model.outputNames();
        this.weights = weights;
        this.builder = new OnnxGraphBuilder(graph.name());
        this.masks = graph.masks();
    }

    /**
     * Writes a model as ONNX nodes: each layer by its type's {@link LayerType#onnx}.
     *
     * @param graph   of the model
     * @param weights the numbers of a weight by its public name, for example
     *                {@code name -> model.weight(name).get()}
     * @return nodes that predict what the model does
     * @throws IllegalArgumentException if a layer cannot be written, naming it and the reason
     */
    public static OnnxGraph of(Graph graph, Function<String, Tensor> weights) {
        return new OnnxExport(
                Arguments.required(graph, "OnnxExport.of", "graph", "the graph of a model"),
                Arguments.required(weights, "OnnxExport.of", "weights", "what gives the numbers of a weight"))
                .export();
    }

    private OnnxGraph export() {
        if (graph.isTimeMajor()) {
            throw new IllegalArgumentException("Model '" + graph.name()
                    + "' is given sequences time-major, and its ONNX form would read them samples first; make it of "
                    + "inputs without .timeMajor() to write it");
        }
        for (int input = 0; input < graph.inputs().size(); input++) {
            values.put(new Graph.Ref(graph.inputs().get(input), 0),
                    builder.input(graph.inputName(input), type(graph.inputType(input)), graph.inputShape(input)));
        }
        for (int index = 0; index < graph.steps().size(); index++) {
            if (!graph.inputs().contains(index)) {
                write(index);
            }
        }
        for (int output = 0; output < names.size(); output++) {
            builder.output(names.get(output), values.get(graph.outputs().get(output)));
        }
        return builder.graph();
    }

    private static OnnxType type(ValueType type) {
        return switch (type) {
            case FLOAT32 -> OnnxType.FLOAT;
            case INT32 -> OnnxType.INT32;
            case MASK -> OnnxType.BOOL;
        };
    }

    private void write(int index) {
        Graph.Step step = graph.steps().get(index);
        Graph.NamedLayer named = graph.layerOf(step);
        OnnxCall call = new OnnxCall(named.name(), arguments(step), carried(step),
                weight -> weights.apply(named.name() + "/" + weight),
                builder);
        Layer layer = named.layer();
        LayerType<Layer> type = BuiltInTypes.ALL.of(layer);
        List<Shape> shapes = step.outputShapes();
        boolean makesMask = masks.containsValue(new Graph.Ref(index, shapes.size()));
        List<String> made = type.onnx(layer, call);
        int expected = shapes.size() + (makesMask ? 1 : 0);
        if (made.size() != expected) {
            throw new IllegalArgumentException(layer.kind() + " '" + named.name() + "' was written as ONNX with "
                    + made.size() + " values, expected " + expected + "; " + type.getClass().getName()
                    + ".onnx must return every output" + (makesMask ? " and the mask" : ""));
        }
        for (int output = 0; output < shapes.size(); output++) {
            values.put(new Graph.Ref(index, output),
                    new OnnxValue(made.get(output), type(named.built().makes()), shapes.get(output)));
        }
        if (makesMask) {
            Shape sequence = shapes.getFirst();
            values.put(new Graph.Ref(index, shapes.size()),
                    new OnnxValue(made.getLast(), OnnxType.BOOL, Shape.of(sequence.dim(0), sequence.dim(1))));
        }
    }

    /** With the mask that was given by name, or that the input carries. */
    private CallArguments<OnnxValue> arguments(Graph.Step step) {
        CallArguments<Graph.Ref> read = step.arguments();
        Graph.Ref mask = read.ignoresMask() ? null : read.mask() == null ? masks.get(read.input()) : read.mask();
        return new CallArguments<>(read.inputs(), read.initialState(), mask, read.ignoresMask()).map(values::get);
    }

    private List<Optional<OnnxValue>> carried(Graph.Step step) {
        return step.arguments().inputs().stream().map(read -> Optional.ofNullable(masks.get(read)).map(values::get))
                .toList();
    }
}
