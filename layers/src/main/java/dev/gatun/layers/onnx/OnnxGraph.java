package dev.gatun.layers.onnx;

import dev.gatun.memory.Shape;
import dev.gatun.memory.check.Arguments;
import dev.gatun.memory.check.IndexCheck;
import java.util.List;

/**
 * A model as ONNX has it: nodes in an order in which they can run.
 *
 * @param name         the model's name
 * @param inputs       where values enter
 * @param outputs      what is computed
 * @param nodes        each reads inputs, initializers and what nodes before it made
 * @param initializers numbers the graph brings with it
 */
public record OnnxGraph(
        String name, List<OnnxValue> inputs, List<OnnxValue> outputs, List<OnnxNode> nodes,
        List<OnnxTensor> initializers) {

    /** The version of ONNX's operators that Gatun's layers write: the first whose LSTM says its layout. */
    public static final int OPSET = 14;

    /**
     * Keeps copies of the lists.
     *
     * @throws NullPointerException naming what is missing
     */
    public OnnxGraph {
        Arguments.required(name, "OnnxGraph", "name", "a name");
        inputs = List.copyOf(Arguments.all(inputs, "OnnxGraph", "inputs", "values"));
        outputs = List.copyOf(Arguments.all(outputs, "OnnxGraph", "outputs", "values"));
        nodes = List.copyOf(Arguments.all(nodes, "OnnxGraph", "nodes", "nodes"));
        initializers = List.copyOf(Arguments.all(initializers, "OnnxGraph", "initializers", "tensors"));
    }

    /**
     * The symbol of an unknown size. The axis of the samples is {@code batch}, the same for all values; another axis has a symbol
     * of its own, which claims no equality: {@code x_time} for the steps of {@code x}.
     *
     * @param value an input or output of this graph
     * @param axis  counted from 0
     * @return the symbol
     * @throws IndexOutOfBoundsException if the value has no such axis
     * @throws IllegalArgumentException  if the size is known
     */
    public static String symbol(OnnxValue value, int axis) {
        Arguments.required(value, "OnnxGraph.symbol", "value", "an input or output of the graph");
        Shape shape = value.shape();
        IndexCheck.of(axis, shape.rank(), "OnnxGraph.symbol", "axis", "axis");
        if (shape.dim(axis) != Shape.UNKNOWN) {
            throw new IllegalArgumentException("OnnxGraph.symbol: axis " + axis + " of '" + value.name() + "' " + shape
                    + " has a size; only unknown sizes have symbols");
        }
        int place = value.timeMajor() && axis < 2 ? 1 - axis : axis;
        if (place == 0) {
            return "batch";
        }
        return value.name() + (place == 1 && (shape.rank() == 3 || value.timeMajor()) ? "_time" : "_size_" + axis);
    }
}
