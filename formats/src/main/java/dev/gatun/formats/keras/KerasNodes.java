package dev.gatun.formats.keras;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** What Keras writes about how layers are wired: {@code inbound_nodes}, {@code input_layers}, {@code output_layers}. */
final class KerasNodes {

    /** How Keras calls the argument that holds the data. */
    private static final List<String> DATA = List.of("inputs", "sequences", "sequence");

    /** And one that comes behind it. */
    private static final String MORE_DATA = "count_weights";

    /** Where an argument is no state to begin at. */
    private static final Function<Object, List<Object>> NO_CONSTANT = value -> null;

    private KerasNodes() {}

    /**
     * For each call of a layer the values it reads.
     *
     * @param masks     takes what calls are given as masks
     * @param constants takes the numbers that calls begin at
     */
    static List<Object> calls(String layer, Object inboundNodes, KerasMasks masks, KerasConstants constants) {
        String owner = "Layer '" + layer + "'";
        List<Object> calls = new ArrayList<>();
        for (Object node : list(owner + ": inbound_nodes", inboundNodes)) {
            List<Object> values = new ArrayList<>();
            int index = calls.size();
            Consumer<List<?>> mask = value -> masks.add(layer, index, value);
            Function<Object, List<Object>> constant = value -> constants.take(layer, index, value);
            if (node instanceof Map<?, ?> call) {
                addArguments(owner, call, values, mask, constant);
            } else {
                for (Object inbound : list(owner + ": inbound_nodes", node)) {
                    addInbound(owner, inbound, values, mask, constant);
                }
            }
            calls.add(values);
        }
        return calls;
    }

    /** Keras 3: args and kwargs, tensors among them. */
    private static void addArguments(
            String owner, Map<?, ?> call, List<Object> values, Consumer<List<?>> mask,
            Function<Object, List<Object>> constant) {
        for (Object argument : list(owner + ": args", call.get("args"))) {
            addTensors(owner, "an argument", argument, values, values.isEmpty() ? NO_CONSTANT : constant);
        }
        addKeywords(owner, call.get("kwargs"), values, mask, constant);
    }

    /** Keras 2: layer, node, tensor and kwargs. */
    private static void addInbound(
            String owner, Object inbound, List<Object> values, Consumer<List<?>> mask,
            Function<Object, List<Object>> constant) {
        List<?> list = list(owner + ": inbound_nodes", inbound);
        if (!isValue(list)) {
            throw new IllegalArgumentException(
                    owner + ": expected layer, node and tensor in inbound_nodes, got " + list);
        }
        values.add(List.copyOf(list.subList(0, 3)));
        if (list.size() > 3) {
            addKeywords(owner, list.get(3), values, mask, constant);
        }
    }

    private static void addKeywords(
            String owner, Object keywords, List<Object> values, Consumer<List<?>> mask,
            Function<Object, List<Object>> constant) {
        if (keywords == null) {
            return;
        }
        if (!(keywords instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(owner + ": expected a map of arguments, got " + keywords);
        }
        map.forEach((key, value) -> {
            if (isNothing(value) || key.equals("training") && value.equals(false)) {
                return;
            }
            if (key.equals("initial_state") || DATA.contains(key) && values.isEmpty()
                    || key.equals(MORE_DATA) && values.size() == 1) {
                addTensors(owner, String.valueOf(key), value, values,
                        key.equals("initial_state") ? constant : NO_CONSTANT);
                return;
            }
            List<Object> masks = new ArrayList<>();
            if (key.equals("mask")) {
                addTensors(owner, "mask", value, masks, NO_CONSTANT);
            }
            if (masks.size() == 1) {
                mask.accept((List<?>) masks.getFirst());
                return;
            }
            throw new IllegalArgumentException(owner + " is called with " + key + "=" + shown(value)
                    + ", which Gatun does not support; supported are the data, initial_state and one mask");
        });
    }

    /** Null, or as many nulls as there are values: a model of several inputs is called with {@code mask=[null, null]}. */
    private static boolean isNothing(Object value) {
        return switch (value) {
            case List<?> list -> !list.isEmpty() && list.stream().allMatch(KerasNodes::isNothing);
            case Map<?, ?> map -> !map.isEmpty() && map.values().stream().allMatch(KerasNodes::isNothing);
            case null -> true;
            default -> false;
        };
    }

    private static void addTensors(
            String owner, String what, Object value, List<Object> values, Function<Object, List<Object>> constant) {
        if (value == null) {
            return;
        }
        List<Object> ofConstant = constant.apply(value);
        if (ofConstant != null) {
            values.add(ofConstant);
            return;
        }
        if (value instanceof Map<?, ?> map
                && "__keras_tensor__".equals(map.get("class_name"))
                && map.get("config") instanceof Map<?, ?> config
                && config.get("keras_history") instanceof List<?> history) {
            values.add(history);
        } else if (isValue(value)) {
            values.add(((List<?>) value).subList(0, 3));
        } else if (value instanceof List<?> list) {
            list.forEach(each -> addTensors(owner, what, each, values, constant));
        } else {
            throw new IllegalArgumentException(
                    owner + " is called with " + what + " " + shown(value) + ", expected values of the graph");
        }
    }

    /** A model's configuration whose inputs and outputs stand in a list. */
    static Map<String, Object> listed(Map<String, Object> config) {
        Map<String, Object> listed = new LinkedHashMap<>(config);
        for (String key : List.of("input_layers", "output_layers")) {
            if (config.get(key) instanceof Map<?, ?> named) {
                listed.put(key, inOrder(named));
            }
        }
        return listed;
    }

    /** What has names, in the order of these, as Keras flattens it. */
    static List<Object> inOrder(Map<?, ?> named) {
        return new ArrayList<>(new TreeMap<>(named).values());
    }

    /** Values as {@code ["x", 0, 0]}, alone, in lists or under names, and these in others. */
    static List<Object> values(String what, List<?> list) {
        List<Object> values = new ArrayList<>();
        if (isValue(list)) {
            values.add(list.subList(0, 3));
            return values;
        }
        for (Object each : list) {
            List<?> inner = each instanceof Map<?, ?> named ? inOrder(named) : each instanceof List<?> all ? all : null;
            if (inner == null) {
                throw new IllegalArgumentException(
                        "Model: expected layer, node and tensor in " + what + ", got " + each);
            }
            values.addAll(values(what, inner));
        }
        return values;
    }

    private static boolean isValue(Object value) {
        return value instanceof List<?> list
                && list.size() >= 3
                && list.get(0) instanceof String
                && list.get(1) instanceof Number
                && list.get(2) instanceof Number;
    }

    private static List<?> list(String what, Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException(what + ": expected a list, got " + shown(value));
    }

    private static String shown(Object value) {
        String text = String.valueOf(value);
        return text.length() > 100 ? text.substring(0, 100) + "..." : text;
    }
}
