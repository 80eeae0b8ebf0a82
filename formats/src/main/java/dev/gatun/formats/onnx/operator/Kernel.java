package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import java.util.List;

/** What an operator does. */
@FunctionalInterface
public interface Kernel {

    /**
     * Computes what a node makes.
     *
     * @param call the node and what it reads
     * @return as many values as the operator can make, or as many as the node names
     * @throws IllegalArgumentException if values do not fit the operator: the rest of a sentence that begins with the node
     */
    List<NumberArray> run(OperatorCall call);
}
