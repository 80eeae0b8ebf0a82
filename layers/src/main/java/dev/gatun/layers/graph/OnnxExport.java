package dev.gatun.layers.graph;

import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.value.ValueType;
import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.layers.onnx.OnnxGraph;
import dev.gatun.layers.onnx.OnnxGraphBuilder;
import dev.gatun.layers.onnx.OnnxType;
import dev.gatun.layers.onnx.OnnxValue;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
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

    /** Axes from which on a value has one of time. */
    private static final int SEQUENCE = 3;

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
        for (int input = 0; input < graph.inputs().size(); input++) {
            values.put(new Graph.Ref(graph.inputs().get(input), 0), input(input));
        }
        for (int index = 0; index < graph.steps().size(); index++) {
            if (!graph.inputs().contains(index)) {
                write(index);
            }
        }
        for (int output = 0; output < names.size(); output++) {
            OnnxValue value = values.get(graph.outputs().get(output));
            boolean turns = graph.isTimeMajor() && value.shape().rank() >= SEQUENCE;
            builder.output(names.get(output), turns ? turned(value) : value);
        }
        return builder.graph();
    }

    /** Within the graph samples come first. */
    private OnnxValue input(int input) {
        Shape shape = graph.inputShape(input);
        OnnxType type = type(graph.inputType(input));
        String name = graph.inputName(input);
        return graph.isTimeMajor(input)
                ? turned(builder.input(name, type, exchanged(shape), true))
                : builder.input(name, type, shape);
    }

    /** A value with time and samples exchanged. */
    private OnnxValue turned(OnnxValue value) {
        List<Long> perm = new ArrayList<>(List.of(1L, 0L));
        for (long axis = 2; axis < value.shape().rank(); axis++) {
            perm.add(axis);
        }
        String name = builder.node("Transpose", List.of(value.name()), List.of(value.name() + "/Transpose"),
                Map.of("perm", new OnnxAttribute.Wholes(perm))).getFirst();
        return new OnnxValue(name, value.type(), exchanged(value.shape()), !value.timeMajor());
    }

    private static Shape exchanged(Shape shape) {
        return shape.with(0, shape.dim(1)).with(1, shape.dim(0));
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
        OnnxCall call = new OnnxCall(named.name(), arguments(index), carried(step),
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
    private CallArguments<OnnxValue> arguments(int index) {
        CallArguments<Graph.Ref> read = new ReadMasks(graph, masks).arguments(index);
        Graph.Ref mask = read.ignoresMask() ? null : read.mask() == null ? masks.get(read.input()) : read.mask();
        return new CallArguments<>(read.inputs(), read.initialState(), mask, read.ignoresMask()).map(values::get);
    }

    private List<Optional<OnnxValue>> carried(Graph.Step step) {
        return step.arguments().inputs().stream().map(read -> Optional.ofNullable(masks.get(read)).map(values::get))
                .toList();
    }
}
