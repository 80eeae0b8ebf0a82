package dev.gatun.formats.onnx.run;

import dev.gatun.formats.onnx.graph.ParsedNode;

/** How many turns all Loops of a model have made in one run: a file may say of a loop that it never ends. */
final class Turns {

    /** More than sequences have steps; of a loop that does nothing less than a second. */
    static final int MOST = 1 << 17;

    private int count;

    /** @throws IllegalStateException if there are too many: names the node */
    void count(ParsedNode node) {
        if (++count > MOST) {
            throw new IllegalStateException(node.label() + ": loops have made " + MOST + " turns in one run, which is"
                    + " the limit; it does not end, or not for these inputs. A Scan has no such limit");
        }
    }
}
