package dev.gatun.formats.onnx.graph;

import java.util.HashSet;
import java.util.Set;

/**
 * Names of values that a graph's nodes may read: its own, and those of the graphs around it. A chain, since a copy for each of
 * many small graphs within a large one would take forever.
 *
 * @param own   of the graph
 * @param outer of the graph around it, or null
 */
record Names(Set<String> own, Names outer) {

    /** @param outer null for the model's own graph */
    static Names within(Names outer) {
        return new Names(new HashSet<>(), outer);
    }

    boolean contains(String name) {
        for (Names names = this; names != null; names = names.outer) {
            if (names.own.contains(name)) {
                return true;
            }
        }
        return false;
    }
}
