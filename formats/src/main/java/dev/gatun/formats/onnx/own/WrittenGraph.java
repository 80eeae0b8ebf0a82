package dev.gatun.formats.onnx.own;

import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.onnx.graph.ParsedAttribute;
import dev.gatun.formats.onnx.graph.ParsedGraph;
import dev.gatun.formats.onnx.graph.ParsedNode;
import dev.gatun.formats.onnx.graph.ParsedValue;
import dev.gatun.formats.tensors.NumberType;
import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.layers.onnx.OnnxGraph;
import dev.gatun.layers.onnx.OnnxNode;
import dev.gatun.layers.onnx.OnnxTensor;
import dev.gatun.layers.onnx.OnnxType;
import dev.gatun.layers.onnx.OnnxValue;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** A graph as it would be read again, without the way through a file. */
final class WrittenGraph {

    private WrittenGraph() {}

    static ParsedGraph of(OnnxGraph graph) {
        Map<String, NumberArray> initializers = new LinkedHashMap<>();
        graph.initializers().forEach(tensor -> initializers.put(tensor.name(), numbers(tensor)));
        return new ParsedGraph(graph.name(), values(graph.inputs()), values(graph.outputs()),
                graph.nodes().stream().map(WrittenGraph::node).toList(), initializers, Map.of());
    }

    private static NumberArray numbers(OnnxTensor tensor) {
        int[] shape = LongStream.of(tensor.shape().toArray()).mapToInt(Math::toIntExact).toArray();
        return tensor.type() == OnnxType.FLOAT
                ? NumberArray.floats(shape, tensor.floats())
                : NumberArray.longs(NumberType.INT64, shape, tensor.longs());
    }

    private static List<ParsedValue> values(List<OnnxValue> values) {
        return values.stream().map(WrittenGraph::value).toList();
    }

    private static ParsedValue value(OnnxValue value) {
        List<ParsedValue.Axis> axes = new ArrayList<>();
        for (int axis = 0; axis < value.shape().rank(); axis++) {
            long size = value.shape().dim(axis);
            axes.add(size == Shape.UNKNOWN
                    ? new ParsedValue.Axis(ParsedValue.UNKNOWN, OnnxGraph.symbol(value, axis))
                    : new ParsedValue.Axis(size, ""));
        }
        return new ParsedValue(value.name(), type(value.type()), axes);
    }

    private static NumberType type(OnnxType type) {
        return switch (type) {
            case FLOAT -> NumberType.FLOAT32;
            case INT32 -> NumberType.INT32;
            case INT64 -> NumberType.INT64;
            case BOOL -> NumberType.BOOL;
        };
    }

    private static ParsedNode node(OnnxNode node) {
        Map<String, ParsedAttribute> attributes = new LinkedHashMap<>();
        node.attributes().forEach((name, value) -> attributes.put(name, attribute(value)));
        return new ParsedNode(node.name(), "", node.operator(), node.inputs(), node.outputs(), attributes);
    }

    private static ParsedAttribute attribute(OnnxAttribute attribute) {
        return switch (attribute) {
            case OnnxAttribute.Whole whole -> new ParsedAttribute.Whole(whole.value());
            case OnnxAttribute.Real real -> new ParsedAttribute.Real(real.value());
            case OnnxAttribute.Text text -> new ParsedAttribute.Text(text.value());
            case OnnxAttribute.Wholes wholes -> new ParsedAttribute.Wholes(wholes.values());
            case OnnxAttribute.Reals reals -> new ParsedAttribute.Reals(reals.values());
            case OnnxAttribute.Texts texts -> new ParsedAttribute.Texts(texts.values());
            case OnnxAttribute.Body body -> new ParsedAttribute.Body(of(body.graph()));
        };
    }
}
