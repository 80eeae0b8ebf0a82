package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.onnx.graph.ParsedNode;
import java.util.function.IntFunction;

/** Finds fault with a node when a file is opened, by its attributes and by those of its inputs that are known then. */
@FunctionalInterface
public interface NodeCheck {

    /** No node is at fault. */
    NodeCheck NONE = (node, constants) -> {};

    /**
     * Looks at a node.
     *
     * @param node      with its attributes
     * @param constants an input by its place; null if it is left out or known only when the model runs
     * @throws IllegalArgumentException the rest of a sentence that begins with the node
     */
    void check(ParsedNode node, IntFunction<NumberArray> constants);
}
