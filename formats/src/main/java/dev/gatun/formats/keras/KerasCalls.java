package dev.gatun.formats.keras;

import dev.gatun.layers.KerasCall;
import dev.gatun.layers.OptionReader;
import dev.gatun.layers.type.BuiltInTypes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What Keras gives a call by name, for layers that have more than data and a state: values of the graph are put in their order
 * ({@link KerasCall#values}), and what is true or false becomes an option of the layer ({@link KerasCall#options}).
 */
final class KerasCalls {

    private final String owner;
    private final KerasCall call;
    private final Map<String, Object> options = new LinkedHashMap<>();
    private final List<Object> nodes = new ArrayList<>();

    private KerasCalls(String owner, KerasCall call) {
        this.owner = owner;
        this.call = call;
    }

    /**
     * The layer's nodes, of which this takes what has a place elsewhere.
     *
     * @param gatun the layer as Gatun has it; takes options
     * @param nodes as the file has them
     * @throws IllegalArgumentException if calls of one layer differ in an option
     */
    static Object moved(Map<String, Object> gatun, Object nodes) {
        String kind = String.valueOf(gatun.get("class_name"));
        KerasCall call = BuiltInTypes.ALL.named(kind).kerasCall();
        if (call.equals(KerasCall.PLAIN) || !(nodes instanceof List<?> list)) {
            return nodes;
        }
        KerasCalls calls = new KerasCalls("Layer '" + gatun.get("name") + "' (" + kind + ")", call);
        for (Object node : list) {
            calls.nodes.add(node instanceof Map<?, ?>
                    ? calls.moved(OptionReader.asMap(node, calls.owner + ": inbound_nodes"))
                    : node);
        }
        Map<String, Object> config = new LinkedHashMap<>(OptionReader.asMap(gatun.get("config"), calls.owner));
        calls.options.forEach((name, value) -> {
            if (value.equals(true)) {
                config.put(name, true);
            }
        });
        gatun.put("config", config);
        return calls.nodes;
    }

    private Map<String, Object> moved(Map<String, Object> node) {
        Map<String, Object> keywords = node.get("kwargs") instanceof Map<?, ?>
                ? new LinkedHashMap<>(OptionReader.asMap(node.get("kwargs"), owner + ": kwargs"))
                : new LinkedHashMap<>();
        for (String option : call.options()) {
            boolean value = Boolean.TRUE.equals(keywords.get(option));
            if (keywords.get(option) instanceof Boolean) {
                keywords.remove(option);
            }
            Object before = options.putIfAbsent(option, value);
            if (before != null && !before.equals(value)) {
                throw new IllegalArgumentException(owner + " is called with " + option
                        + "=true and without it; Gatun has it as an option of the layer: use two layers, which may "
                        + "be given the same weights");
            }
        }
        Map<String, Object> changed = new LinkedHashMap<>(node);
        changed.put("args", values(node, keywords));
        changed.put("kwargs", keywords);
        return changed;
    }

    private List<Object> values(Map<String, Object> node, Map<String, Object> keywords) {
        List<?> given = node.get("args") instanceof List<?> list ? list : List.of();
        List<Object> values = new ArrayList<>(given);
        int last = call.values().size();
        while (last > given.size() && keywords.get(call.values().get(last - 1)) == null) {
            last--;
        }
        for (int i = 0; i < last; i++) {
            Object value = i < values.size() ? values.get(i) : keywords.get(call.values().get(i));
            Object there = value == null && i > 0 ? values.get(i - 1) : value;
            if (i < values.size()) {
                values.set(i, there);
            } else {
                values.add(there);
            }
        }
        keywords.keySet().removeAll(call.values());
        return values;
    }
}
