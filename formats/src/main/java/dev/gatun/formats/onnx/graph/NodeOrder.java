package dev.gatun.formats.onnx.graph;

import dev.gatun.formats.FormatException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts nodes into an order in which each reads only what is there already: the file's own, where it is one. Without recursion,
 * since a file may have a chain of any length.
 */
record NodeOrder(ParsedGraph graph, Map<String, Integer> makers, Names known) {

    /** @throws IllegalArgumentException if two nodes make one value */
    static NodeOrder of(ParsedGraph graph, Set<String> given, Names outer) {
        Map<String, Integer> makers = new HashMap<>();
        for (int node = 0; node < graph.nodes().size(); node++) {
            for (String output : graph.nodes().get(node).outputs()) {
                if (!output.isEmpty() && (given.contains(output) || makers.putIfAbsent(output, node) != null)) {
                    throw new IllegalArgumentException(graph.nodes().get(node).label() + " makes the value "
                            + FormatException.quote(output) + ", which something else makes as well");
                }
            }
        }
        return new NodeOrder(graph, makers, new Names(given, outer));
    }

    /** @throws IllegalArgumentException if a value is missing or there is a cycle */
    ParsedGraph ordered() {
        List<ParsedNode> nodes = graph.nodes();
        List<List<Integer>> readers = new ArrayList<>();
        int[] waits = new int[nodes.size()];
        nodes.forEach(node -> readers.add(new ArrayList<>()));
        for (int node = 0; node < waits.length; node++) {
            Set<Integer> before = before(nodes.get(node));
            waits[node] = before.size();
            for (int maker : before) {
                readers.get(maker).add(node);
            }
        }
        List<ParsedNode> ordered = inOrder(nodes, readers, waits);
        for (ParsedValue output : graph.outputs()) {
            if (!makers.containsKey(output.name()) && !known.contains(output.name())) {
                throw new IllegalArgumentException("the output " + FormatException.quote(output.name())
                        + " is made by no node; the file is not whole");
            }
        }
        return new ParsedGraph(graph.name(), graph.inputs(), graph.outputs(), ordered, graph.initializers(),
                graph.values());
    }

    private static List<ParsedNode> inOrder(List<ParsedNode> nodes, List<List<Integer>> readers, int[] waits) {
        List<ParsedNode> ordered = new ArrayList<>();
        Deque<Integer> ready = new ArrayDeque<>();
        boolean[] done = new boolean[waits.length];
        for (int node = 0; node < waits.length; node++) {
            if (waits[node] == 0 && !done[node]) {
                ready.add(node);
            }
            while (!ready.isEmpty()) {
                int next = ready.remove();
                done[next] = true;
                ordered.add(nodes.get(next));
                for (int reader : readers.get(next)) {
                    // One that stands further on is met there, so that a sound order is kept.
                    if (--waits[reader] == 0 && reader <= node) {
                        ready.add(reader);
                    }
                }
            }
        }
        for (int node = 0; node < waits.length; node++) {
            if (!done[node]) {
                throw new IllegalArgumentException(
                        nodes.get(node).label() + " waits for a value that needs its own: the"
                                + " graph has a cycle");
            }
        }
        return ordered;
    }

    /** Nodes that make what this one reads. */
    private Set<Integer> before(ParsedNode node) {
        Set<Integer> before = new LinkedHashSet<>();
        for (String name : node.reads()) {
            Integer maker = makers.get(name);
            if (maker != null) {
                before.add(maker);
            } else if (!known.contains(name)) {
                throw new IllegalArgumentException(node.label() + " reads the value " + FormatException.quote(name)
                        + ", which is neither an input nor made by a node; the file is not whole");
            }
        }
        return before;
    }
}
