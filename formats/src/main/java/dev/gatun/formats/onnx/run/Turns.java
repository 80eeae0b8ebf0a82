package dev.gatun.formats.onnx.run;

import dev.gatun.formats.onnx.graph.ParsedNode;

/** How often graphs within nodes have run in one run of a model: a loop may say of itself that it never ends. */
final class Turns {

    /** More steps than any sequence has that fits the memory, and of loops that do nothing a second. */
    static final int MOST = 1 << 22;

    private int count;

    /** @throws IllegalStateException if there are too many: names the node */
    void count(ParsedNode node) {
        if (++count > MOST) {
            throw new IllegalStateException(node.label() + ": the graphs within nodes have run " + MOST
                    + " times in one run, which is the limit; its loop does not end, or not for these inputs");
        }
    }
}
