package dev.gatun.formats.keras;

import dev.gatun.layers.OptionReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One operation of {@code keras.ops} in a file: what it is called with, and its configuration.
 *
 * @param kind      its class
 * @param name      of the node
 * @param config    all of its configuration
 * @param options   the same, of which every entry has to be looked at
 * @param arguments what its only call is given, those with names last, in their order
 */
record KerasOperation(
        String kind, String name, Map<String, Object> config, OptionReader options, List<Object> arguments) {

    /** @throws IllegalArgumentException if it is called twice, or not as Keras 3 writes calls */
    static KerasOperation of(Map<String, Object> node) {
        String kind = String.valueOf(node.get("class_name"));
        String name = KerasLayer.nameOf(node);
        String owner = "Operation '" + name + "' (" + kind + ")";
        if (!(node.get("inbound_nodes") instanceof List<?> calls) || calls.size() != 1
                || !(calls.getFirst() instanceof Map<?, ?> call) || !(call.get("args") instanceof List<?> args)) {
            throw new IllegalArgumentException(owner + ": expected one call with args and kwargs in inbound_nodes, got "
                    + OptionReader.shown(node.get("inbound_nodes")));
        }
        List<Object> arguments = new ArrayList<>(args);
        if (call.get("kwargs") instanceof Map<?, ?> named) {
            arguments.addAll(named.values());
        }
        Map<String, Object> config = new LinkedHashMap<>(OptionReader.asMap(node.get("config"), owner + ": config"));
        OptionReader options = new OptionReader(owner, config);
        options.ignore("name");
        return new KerasOperation(kind, name, config, options, arguments);
    }

    private String owner() {
        return "Operation '" + name + "' (" + kind + ")";
    }

    IllegalArgumentException refused(String why) {
        return new IllegalArgumentException(owner() + " " + why);
    }

    Object argument(int place) {
        if (place >= arguments.size()) {
            throw refused("is called with " + arguments.size() + " arguments, expected at least " + (place + 1));
        }
        return arguments.get(place);
    }

    /** @throws IllegalArgumentException if it is no value of the graph */
    KerasTensor tensor(Object argument) {
        KerasTensor tensor = KerasTensor.of(argument);
        if (tensor == null) {
            throw refused("is called with " + OptionReader.shown(argument)
                    + ", expected a value of the graph or a single number");
        }
        return tensor;
    }

    /** A number, also one of an array without axes; null for anything else. */
    static Object number(Object argument) {
        Object plain = argument instanceof Map<?, ?> map
                && ("__tensor__".equals(map.get("class_name")) || "__numpy__".equals(map.get("class_name")))
                && map.get("config") instanceof Map<?, ?> config
                        ? config.get("value")
                        : argument;
        if (plain instanceof Boolean flag) {
            return flag ? 1.0 : 0.0;
        }
        return plain instanceof Number number ? (Object) number.doubleValue() : null;
    }

    /** An axis, or several; none for all. */
    List<Integer> axes(String key) {
        if (!options.has(key)) {
            return List.of();
        }
        return config.get(key) instanceof List<?> ? options.integers(key) : List.of(options.integer(key));
    }

    /** As a layer of Gatun's. */
    Map<String, Object> layer(String gatunKind, Map<String, Object> gatunConfig, List<?> values) {
        Map<String, Object> layer = new LinkedHashMap<>();
        layer.put("class_name", gatunKind);
        layer.put("name", name);
        layer.put("config", gatunConfig);
        layer.put("calls", List.of(values));
        return layer;
    }
}
