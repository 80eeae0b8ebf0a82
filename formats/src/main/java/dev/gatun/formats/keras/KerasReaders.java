package dev.gatun.formats.keras;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which of some nodes of a functional model are read, by anything else than a call that is given them as its mask. */
final class KerasReaders {

    private static final String MASK = "mask";

    private final Set<String> looked;
    private final Map<String, Map<String, Object>> nodes = new HashMap<>();
    private final Set<String> read = new HashSet<>();
    private final Deque<String> open = new ArrayDeque<>();

    /**
     * What the other nodes read.
     *
     * @param layers of the model
     * @param looked names of nodes that are looked for
     */
    KerasReaders(List<Map<String, Object>> layers, Set<String> looked) {
        this.looked = looked;
        for (Map<String, Object> layer : layers) {
            nodes.put(KerasLayer.nameOf(layer), layer);
        }
        for (Map<String, Object> layer : layers) {
            if (!looked.contains(KerasLayer.nameOf(layer))) {
                add(layer.get("inbound_nodes"));
            }
        }
    }

    /** Adds a node, and so what it reads. */
    void addNode(String name) {
        if (looked.contains(name) && read.add(name)) {
            open.add(name);
        }
    }

    /** Adds what stands somewhere in a file as layer, node and tensor. */
    void add(Object within) {
        if (within instanceof List<?> list && list.size() >= 3 && list.getFirst() instanceof String name
                && list.get(1) instanceof Number) {
            addNode(name);
        } else if (within instanceof List<?> list) {
            list.forEach(this::add);
        } else if (within instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (!MASK.equals(key)) {
                    add(value);
                }
            });
        }
    }

    /** All that are read, by nodes that are read too. */
    Set<String> read() {
        while (!open.isEmpty()) {
            add(nodes.get(open.remove()).get("inbound_nodes"));
        }
        return read;
    }
}
