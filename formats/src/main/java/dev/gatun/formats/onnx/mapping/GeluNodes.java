package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.onnx.graph.ParsedGraph;
import dev.gatun.formats.onnx.graph.ParsedNode;
import dev.gatun.formats.tensors.NumberType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** GELU of graphs that are older than its operator: 0.5 x (1 + erf(x / sqrt 2)), in any order of its factors (Hendrycks and Gimpel 2016). */
final class GeluNodes {

    /** Numbers of 16 bits are farther from those that are meant. */
    private static final double ROUNDED = 1e-5;
    private static final double ROUNDED_TO_HALF = 5e-3;

    private final ParsedGraph graph;
    private final Map<String, ParsedNode> makers = new HashMap<>();
    private final Map<String, List<ParsedNode>> readers = new HashMap<>();

    private GeluNodes(ParsedGraph graph) {
        this.graph = graph;
        for (ParsedNode node : graph.nodes()) {
            node.outputs().forEach(output -> makers.put(output, node));
            node.inputs().forEach(input -> readers.computeIfAbsent(input, none -> new ArrayList<>()).add(node));
        }
    }

    /** The nodes of a graph, with one Gelu for the last of those that make one. */
    static List<ParsedNode> joined(ParsedGraph graph) {
        if (graph.nodes().stream().noneMatch(node -> node.operator().equals("Erf"))) {
            return graph.nodes();
        }
        GeluNodes found = new GeluNodes(graph);
        Map<ParsedNode, ParsedNode> last = new HashMap<>();
        for (ParsedNode node : graph.nodes()) {
            if (node.operator().equals("Erf")) {
                found.join(node, last);
            }
        }
        return graph.nodes().stream().map(node -> last.getOrDefault(node, node)).toList();
    }

    private void join(ParsedNode erf, Map<ParsedNode, ParsedNode> last) {
        String x = scaled(erf.input(0));
        ParsedNode sum = x == null ? null : reader(erf.output(0));
        if (sum == null || !sum.operator().equals("Add") || !isNumber(other(sum, erf.output(0)), 1)) {
            return;
        }
        ParsedNode product = reader(sum.output(0));
        if (product == null || !product.operator().equals("Mul")) {
            return;
        }
        String factor = other(product, sum.output(0));
        ParsedNode end = product;
        if (factor.equals(x) || isNumber(factor, 0.5)) {
            end = reader(product.output(0));
            String left = end == null || !end.operator().equals("Mul") ? "" : other(end, product.output(0));
            if (!(factor.equals(x) ? isNumber(left, 0.5) : left.equals(x))) {
                return;
            }
        } else if (!isHalf(factor, x)) {
            return;
        }
        last.put(end, new ParsedNode(end.name(), "", "Gelu", List.of(x), end.outputs(), Map.of()));
    }

    /** The only node that reads a value; null if there are others. */
    private ParsedNode reader(String value) {
        List<ParsedNode> all = readers.getOrDefault(value, List.of());
        return all.size() == 1 ? all.getFirst() : null;
    }

    private static String other(ParsedNode node, String value) {
        return node.input(0).equals(value) ? node.input(1) : node.input(0);
    }

    /** What is divided by the root of 2; null if it is nothing. */
    private String scaled(String value) {
        ParsedNode node = makers.get(value);
        if (node != null && node.operator().equals("Div") && isNumber(node.input(1), Math.sqrt(2))) {
            return node.input(0);
        }
        return node == null || !node.operator().equals("Mul")
                ? null
                : isNumber(node.input(1), Math.sqrt(0.5))
                        ? node.input(0)
                        : isNumber(node.input(0), Math.sqrt(0.5)) ? node.input(1) : null;
    }

    private boolean isHalf(String value, String x) {
        ParsedNode node = makers.get(value);
        boolean isProduct = node != null && node.operator().equals("Mul")
                && (node.input(0).equals(x) || node.input(1).equals(x)) && isNumber(other(node, x), 0.5);
        return isProduct || node != null && node.operator().equals("Div") && node.input(0).equals(x)
                && isNumber(node.input(1), 2);
    }

    private boolean isNumber(String value, double expected) {
        ParsedNode node = makers.get(value);
        NumberArray array = graph.initializers().get(value);
        if (array == null && node != null && node.operator().equals("Constant")) {
            array = node.has("value_float")
                    ? NumberArray.floats(new int[0], node.real("value_float", 0))
                    : node.numbers("value");
        }
        boolean isHalf = array != null && (array.type() == NumberType.FLOAT16 || array.type() == NumberType.BFLOAT16);
        return array != null && array.count() == 1
                && Math.abs(array.number(0) - expected) < (isHalf ? ROUNDED_TO_HALF : ROUNDED);
    }
}
