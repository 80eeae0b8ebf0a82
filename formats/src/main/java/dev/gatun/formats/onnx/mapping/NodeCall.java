package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.onnx.folding.Folding;
import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.onnx.graph.ParsedNode;
import dev.gatun.formats.onnx.value.Axes;
import dev.gatun.formats.onnx.value.Constant;
import dev.gatun.formats.onnx.value.Sizes;
import dev.gatun.formats.onnx.value.Tracked;
import dev.gatun.formats.onnx.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * A node that is being mapped.
 *
 * @param node   of the file
 * @param graph  that it is part of
 * @param inputs what it reads; null for what is left out
 */
record NodeCall(ParsedNode node, GraphMapping graph, List<Value> inputs) {

    int opset() {
        return graph.opset();
    }

    boolean has(int input) {
        return input < inputs.size() && inputs.get(input) != null;
    }

    /** @throws NotMapped if it is left out */
    Value value(int input) {
        if (!has(input)) {
            throw new NotMapped("has no input " + input + ", which the operator needs");
        }
        return inputs.get(input);
    }

    /** A value that is computed. */
    Tracked tracked(int input) {
        if (value(input) instanceof Tracked tracked) {
            if (graph.inputs().isLengths(tracked)) {
                throw new NotMapped("computes with " + name(input)
                        + ", the lengths of sequences, which are a mask in the model");
            }
            return tracked;
        }
        throw new NotMapped(
                "reads " + name(input) + ", which does not depend on the batch, where a layer reads samples");
    }

    /** Numbers that the graph brings with it. */
    NumberArray numbers(int input) {
        if (value(input) instanceof Constant constant && constant.isPlain()) {
            return constant.numbers();
        }
        throw new NotMapped("reads " + name(input) + ", which is known only when the model runs; a layer needs it to be"
                + " part of the file, as an initializer or a constant");
    }

    /** Floats that the graph brings with it, of any floating type. */
    float[] floats(int input) {
        return WeightNumbers.floats(numbers(input));
    }

    /** Whole numbers that are known now. */
    long[] wholes(int input) {
        if (value(input) instanceof Sizes sizes && sizes.isNumbers()) {
            return sizes.entries().stream().mapToLong(Sizes.Size::number).toArray();
        }
        NumberArray numbers = numbers(input);
        if (!numbers.type().isWhole()) {
            throw new NotMapped("reads " + name(input) + " as whole numbers, got " + numbers.type());
        }
        return numbers.longs();
    }

    /** An attribute of older opsets that is an input in newer ones; null if there is neither. */
    long[] wholes(String attribute, int input) {
        long[] said = node.wholes(attribute);
        return said != null ? said : has(input) ? wholes(input) : null;
    }

    /** Whole numbers, of which some may be sizes. */
    Sizes sizes(int input) {
        if (value(input) instanceof Sizes sizes) {
            return sizes;
        }
        NumberArray numbers = numbers(input);
        List<Sizes.Size> entries = new ArrayList<>();
        for (long number : wholes(input)) {
            entries.add(Sizes.Size.of(number));
        }
        return new Sizes(entries, numbers.rank() == 0);
    }

    String name(int input) {
        return FormatException.quote(node.input(input));
    }

    void put(Value value) {
        put(0, value);
    }

    void put(int output, Value value) {
        if (!node.output(output).isEmpty()) {
            graph.put(node.output(output), value);
        }
    }

    /** An axis counted from the first. */
    static int axis(long axis, int rank) {
        if (axis < -rank || axis >= rank) {
            throw new NotMapped("has axis " + axis + " of a value of " + rank + " axes");
        }
        return (int) (axis < 0 ? axis + rank : axis);
    }

    /** What the node makes of numbers that are part of the file. */
    Constant folded(Axes axes, List<NumberArray> numbers) {
        return new Constant(met(numbers), axes);
    }

    /** What the node makes of numbers that meet, within what may be done while a file is read. */
    NumberArray met(List<NumberArray> numbers) {
        graph.foldingWork().count(numbers);
        NumberArray made = Folding.met(node, opset(), numbers);
        graph.foldingWork().count(List.of(made));
        return made;
    }

    /** Whether all it reads is part of the file. */
    boolean isOfNumbers() {
        return inputs.stream()
                .allMatch(value -> value == null || value instanceof Constant constant && constant.isPlain());
    }

    /** Puts what is computed of numbers that are part of the file. */
    void putFolded() {
        List<NumberArray> numbers = new ArrayList<>();
        inputs.forEach(value -> numbers.add(value == null ? null : ((Constant) value).numbers()));
        graph.foldingWork().count(numbers);
        List<NumberArray> made = Folding.quickly(node, opset(), numbers);
        graph.foldingWork().count(made);
        for (int output = 0; output < made.size(); output++) {
            put(output, Constant.of(made.get(output)));
        }
    }

    /** The name of the node, or of what it makes: a wish for the name of its layer. */
    String wish() {
        return node.name().isEmpty()
                ? node.outputs().stream().filter(output -> !output.isEmpty()).findFirst().orElse(node.operator())
                : node.name();
    }
}
