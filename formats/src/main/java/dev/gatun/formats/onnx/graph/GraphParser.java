package dev.gatun.formats.onnx.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.gatun.formats.FormatException;
import dev.gatun.formats.tensors.NumberType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Messages to records, checked; of nodes the order in which they can run. */
final class GraphParser {

    private final TensorParser tensors;

    GraphParser(TensorParser tensors) {
        this.tensors = tensors;
    }

    /**
     * @param outer names of values of the graphs around this one, which its nodes may read; null if there is none
     * @throws IllegalArgumentException if it is not sound
     */
    ParsedGraph graph(GraphProto message, Names outer) {
        if (message.getSparseInitializerCount() > 0) {
            throw new IllegalArgumentException("the initializer "
                    + FormatException.quote(message.getSparseInitializer(0).getValues().getName())
                    + " is sparse, which Gatun does not read; write it as a whole tensor");
        }
        Map<String, NumberArray> initializers = new LinkedHashMap<>();
        for (TensorProto tensor : message.getInitializerList()) {
            String name = tensor.getName();
            if (initializers.putIfAbsent(name, tensors.numbers(tensor, name)) != null) {
                throw new IllegalArgumentException("two initializers have the name " + FormatException.quote(name));
            }
        }
        List<ParsedValue> inputs = values(message.getInputList());
        Set<String> given = new HashSet<>(initializers.keySet());
        Set<String> names = new HashSet<>();
        for (ParsedValue input : inputs) {
            if (!names.add(input.name())) {
                throw new IllegalArgumentException("two inputs have the name " + FormatException.quote(input.name()));
            }
            given.add(input.name());
        }
        Names known = Names.within(outer);
        known.own().addAll(given);
        message.getNodeList().forEach(node -> known.own().addAll(node.getOutputList()));
        List<ParsedNode> nodes = new ArrayList<>();
        for (NodeProto node : message.getNodeList()) {
            nodes.add(node(node, known));
        }
        ParsedGraph unordered = new ParsedGraph(message.getName(), inputs, values(message.getOutputList()), nodes,
                initializers, byName(message.getValueInfoList()));
        return NodeOrder.of(unordered, given, outer).ordered();
    }

    private ParsedNode node(NodeProto node, Names outer) {
        Map<String, ParsedAttribute> attributes = new LinkedHashMap<>();
        String domain = domain(node.getDomain());
        ParsedNode bare = new ParsedNode(node.getName(), domain, node.getOpType(), List.copyOf(node.getInputList()),
                List.copyOf(node.getOutputList()), attributes);
        for (AttributeProto attribute : node.getAttributeList()) {
            String of = bare.label() + ": ";
            if (!attribute.getRefAttrName().isEmpty()) {
                throw new IllegalArgumentException(of + "its attribute " + FormatException.quote(attribute.getName())
                        + " is that of a function, and the node stands in none");
            }
            if (attributes.putIfAbsent(attribute.getName(), value(attribute, of, outer)) != null) {
                throw new IllegalArgumentException(of + "two attributes have the name "
                        + FormatException.quote(attribute.getName()));
            }
        }
        return bare;
    }

    /** ONNX's own domain has two names. */
    static String domain(String domain) {
        return domain.equals("ai.onnx") ? "" : domain;
    }

    private ParsedAttribute value(AttributeProto attribute, String of, Names outer) {
        return switch (attribute.getType()) {
            case INT -> new ParsedAttribute.Whole(attribute.getI());
            case FLOAT -> new ParsedAttribute.Real(attribute.getF());
            case STRING -> new ParsedAttribute.Text(attribute.getS().toStringUtf8());
            case INTS -> new ParsedAttribute.Wholes(List.copyOf(attribute.getIntsList()));
            case FLOATS -> new ParsedAttribute.Reals(List.copyOf(attribute.getFloatsList()));
            case STRINGS -> new ParsedAttribute.Texts(attribute.getStringsList().stream()
                    .map(text -> text.toStringUtf8()).toList());
            case TENSOR -> new ParsedAttribute.Numbers(tensors.numbers(attribute.getT(), of + attribute.getName()));
            case GRAPH -> new ParsedAttribute.Body(graph(attribute.getG(), outer));
            case UNDEFINED -> throw new IllegalArgumentException(of + "its attribute "
                    + FormatException.quote(attribute.getName()) + " does not say of which kind it is");
            default -> new ParsedAttribute.Other(attribute.getType().name());
        };
    }

    private static Map<String, ParsedValue> byName(List<ValueInfoProto> messages) {
        Map<String, ParsedValue> values = new LinkedHashMap<>();
        values(messages).forEach(value -> values.put(value.name(), value));
        return values;
    }

    private static List<ParsedValue> values(List<ValueInfoProto> messages) {
        return messages.stream().map(GraphParser::value).toList();
    }

    private static ParsedValue value(ValueInfoProto message) {
        TypeProto type = message.getType();
        if (type.getValueCase() != TypeProto.ValueCase.TENSOR_TYPE) {
            if (type.getValueCase() == TypeProto.ValueCase.VALUE_NOT_SET) {
                return new ParsedValue(message.getName(), null, null);
            }
            throw new IllegalArgumentException("the value " + FormatException.quote(message.getName()) + " is a "
                    + type.getValueCase() + ", expected a tensor");
        }
        TypeProto.Tensor tensor = type.getTensorType();
        NumberType numbers = tensor.getElemType() == 0
                ? null
                : ElementTypes.of(tensor.getElemType(), "the value " + FormatException.quote(message.getName()));
        return new ParsedValue(message.getName(), numbers, tensor.hasShape() ? axes(tensor.getShape()) : null);
    }

    /** A size below zero is written by some exporters for one that is not known. */
    private static List<ParsedValue.Axis> axes(TensorShapeProto shape) {
        return shape.getDimList().stream()
                .map(dim -> new ParsedValue.Axis(dim.hasDimValue() && dim.getDimValue() >= 0
                        ? dim.getDimValue()
                        : ParsedValue.UNKNOWN, dim.getDimParam()))
                .toList();
    }
}
