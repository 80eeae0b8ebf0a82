package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.onnx.graph.ParsedNode;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * A node that is about to run.
 *
 * @param node   with its attributes
 * @param opset  the version of operators that the file was written for
 * @param inputs what it reads, in the operator's order; null where an optional one is left out
 * @param bodies graphs within the node, by the names of the attributes that hold them
 * @param kept   what the node has made of constants in runs before
 */
public record OperatorCall(
        ParsedNode node, int opset, List<NumberArray> inputs, Function<String, Body> bodies, Kept kept) {

    /** A node that runs once. */
    public OperatorCall(ParsedNode node, int opset, List<NumberArray> inputs, Function<String, Body> bodies) {
        this(node, opset, inputs, bodies, Kept.of());
    }

    /** An input that must be there. */
    NumberArray input(int index) {
        NumberArray input = optional(index);
        if (input == null) {
            throw new IllegalArgumentException("its input " + index + " is left out, and it is not an optional one");
        }
        return input;
    }

    /** @return null if it is left out */
    NumberArray optional(int index) {
        return index < inputs.size() ? inputs.get(index) : null;
    }

    /** An input of whole numbers, such as axes or sizes. */
    long[] longs(int index) {
        NumberArray input = input(index);
        if (!input.type().isWhole()) {
            throw new IllegalArgumentException("its input " + index + " is " + input + ", expected whole numbers");
        }
        return input.longs();
    }

    /** A single whole number, with or without an axis. */
    long whole(int index) {
        long[] numbers = longs(index);
        if (numbers.length != 1) {
            throw new IllegalArgumentException("its input " + index + " has " + numbers.length
                    + " numbers, expected one");
        }
        return numbers[0];
    }

    /** Axes that are an attribute of older versions and an input of newer ones; null if they are left out. */
    long[] axes(String attribute, int input) {
        return node.has(attribute) || optional(input) == null ? node.wholes(attribute) : longs(input);
    }

    /** Whether the node names an output. */
    boolean makes(int output) {
        return !node.output(output).isEmpty();
    }

    /** An axis counted from 0, of one that may be counted from the end. */
    static int axis(long axis, int rank) {
        if (axis < -rank || axis >= rank) {
            throw new IllegalArgumentException("axis " + axis + " does not exist, expected one from " + -rank + " to "
                    + (rank - 1));
        }
        return (int) (axis < 0 ? axis + rank : axis);
    }

    /** Axes counted from 0, sorted, each once. */
    static int[] axes(long[] axes, int rank) {
        int[] sorted = Arrays.stream(axes).mapToInt(axis -> axis(axis, rank)).sorted().toArray();
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] == sorted[i - 1]) {
                throw new IllegalArgumentException("axis " + sorted[i] + " is named twice in " + Arrays.toString(axes));
            }
        }
        return sorted;
    }
}
