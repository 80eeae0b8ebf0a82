package dev.gatun.formats.keras.save;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The order that Keras gives the nodes of a graph when it loads it, by which it numbers the groups of weights: by decreasing
 * distance from the outputs, equal ones in the order in which it meets them. Source: {@code map_graph} in
 * {@code keras/src/ops/function.py}.
 */
final class NodeOrder {

    private final Map<SavedNode, Integer> met = new IdentityHashMap<>();
    private final Map<Visit, Boolean> finished = new HashMap<>();
    private final List<Visit> calls = new ArrayList<>();

    private NodeOrder() {}

    /** One call of a node. */
    private record Visit(SavedNode node, int call) {
        List<SavedTensor> reads() {
            return node.calls().isEmpty() ? List.of() : node.calls().get(call).tensors();
        }
    }

    /** A call whose values are looked at, and which of them comes next. */
    private static final class Open {
        private final Visit visit;
        private final List<SavedTensor> reads;
        private int next;

        Open(Visit visit) {
            this.visit = visit;
            this.reads = visit.reads();
        }
    }

    /** The nodes that lead to the outputs. */
    static List<SavedNode> of(List<SavedTensor> outputs) {
        NodeOrder order = new NodeOrder();
        outputs.forEach(output -> order.visit(new Visit(output.node(), output.call())));
        return order.sorted();
    }

    /** Depth first, on a stack of its own: a graph may be deeper than a thread's. */
    private void visit(Visit first) {
        Deque<Open> open = new ArrayDeque<>();
        begin(first, open);
        while (!open.isEmpty()) {
            Open last = open.peek();
            if (last.next < last.reads.size()) {
                SavedTensor read = last.reads.get(last.next++);
                begin(new Visit(read.node(), read.call()), open);
            } else {
                calls.add(open.pop().visit);
            }
        }
    }

    private void begin(Visit visit, Deque<Open> open) {
        if (finished.putIfAbsent(visit, true) == null) {
            met.putIfAbsent(visit.node, met.size());
            open.push(new Open(visit));
        }
    }

    private List<SavedNode> sorted() {
        Map<Visit, Integer> depths = new HashMap<>();
        Map<SavedNode, Integer> ofNodes = new IdentityHashMap<>();
        for (Visit visit : calls.reversed()) {
            int depth = Math.max(depths.getOrDefault(visit, 0), ofNodes.getOrDefault(visit.node, 0));
            ofNodes.put(visit.node, depth);
            for (SavedTensor read : visit.reads()) {
                depths.merge(new Visit(read.node(), read.call()), depth + 1, Math::max);
            }
        }
        List<SavedNode> nodes = new ArrayList<>(ofNodes.keySet());
        nodes.sort((one, other) -> {
            int further = Integer.compare(ofNodes.get(other), ofNodes.get(one));
            return further != 0 ? further : Integer.compare(met.get(one), met.get(other));
        });
        return nodes;
    }
}
