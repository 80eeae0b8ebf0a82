package dev.gatun.formats.onnx.own;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.onnx.graph.ParsedGraph;
import dev.gatun.formats.onnx.graph.ParsedNode;
import dev.gatun.formats.onnx.graph.ParsedValue;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What two graphs do not have in common: every name, node, attribute, size and bit of a number counts. */
final class Difference {

    private Difference() {}

    /**
     * Leaves out what a file says of values in between, which a checker of shapes adds and nothing goes by.
     *
     * @throws IllegalArgumentException naming the first difference
     */
    static void refuse(ParsedGraph file, ParsedGraph expected) {
        if (!file.name().equals(expected.name())) {
            throw new IllegalArgumentException("its graph is called " + FormatException.quote(file.name())
                    + ", expected " + FormatException.quote(expected.name()));
        }
        refuseValues("inputs", file.inputs(), expected.inputs());
        refuseValues("outputs", file.outputs(), expected.outputs());
        refuseNodes(file.nodes(), expected.nodes());
        refuseNumbers(file.initializers(), expected.initializers());
    }

    private static void refuseValues(String what, List<ParsedValue> file, List<ParsedValue> expected) {
        if (!file.equals(expected)) {
            throw new IllegalArgumentException("its " + what + " are " + words(file) + ", expected "
                    + words(expected));
        }
    }

    private static List<String> words(List<ParsedValue> values) {
        return values.stream().map(value -> value.name() + " " + value.type() + " " + value.shape()).toList();
    }

    private static void refuseNodes(List<ParsedNode> file, List<ParsedNode> expected) {
        if (file.size() != expected.size()) {
            throw new IllegalArgumentException("it has " + file.size() + " nodes, expected " + expected.size());
        }
        for (int node = 0; node < file.size(); node++) {
            if (!file.get(node).equals(expected.get(node))) {
                throw new IllegalArgumentException("its node " + file.get(node).label() + " is not "
                        + expected.get(node).label() + ", or differs from it in what it reads, makes or says");
            }
        }
    }

    private static void refuseNumbers(Map<String, NumberArray> file, Map<String, NumberArray> expected) {
        if (!file.keySet().equals(expected.keySet())) {
            throw new IllegalArgumentException("it has " + file.size() + " initializers, expected "
                    + expected.size() + ", or others by name");
        }
        for (Map.Entry<String, NumberArray> numbers : expected.entrySet()) {
            if (!isSame(file.get(numbers.getKey()), numbers.getValue())) {
                throw new IllegalArgumentException("its initializer " + FormatException.quote(numbers.getKey())
                        + " has other numbers");
            }
        }
    }

    /** Bit by bit, but for which NaN it is. */
    private static boolean isSame(NumberArray one, NumberArray other) {
        return one.type() == other.type() && Arrays.equals(one.shape(), other.shape())
                && Arrays.deepEquals(new Object[] {one.numbers()}, new Object[] {other.numbers()});
    }
}
