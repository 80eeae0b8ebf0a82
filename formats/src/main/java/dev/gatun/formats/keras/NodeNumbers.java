package dev.gatun.formats.keras;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How Keras counts the calls of a model that is a layer: its own inputs and outputs are the first call, so that the first one
 * of the model around it is the second. Keras 2 counts so everywhere, Keras 3 of functional models where it lists the model's
 * outputs. Source: {@code get_config} in {@code keras/src/models/functional.py}, {@code get_network_config} of Keras 2.
 *
 * @param inCalls   layers that are counted so in what calls read
 * @param inOutputs layers that are counted so among the outputs
 */
record NodeNumbers(Set<String> inCalls, Set<String> inOutputs) {

    static NodeNumbers of(List<Map<String, Object>> layers, int major) {
        Set<String> all = new HashSet<>();
        Set<String> functional = new HashSet<>();
        for (Map<String, Object> layer : layers) {
            String kind = String.valueOf(layer.get("class_name"));
            if (KerasConfig.isModel(kind)) {
                all.add(KerasLayer.nameOf(layer));
                if (!kind.equals("Sequential")) {
                    functional.add(KerasLayer.nameOf(layer));
                }
            }
        }
        return major < 3 ? new NodeNumbers(all, all) : new NodeNumbers(Set.of(), functional);
    }

    /** What each call reads, by position or by name, calls counted from 0. */
    List<Object> ofCalls(List<Object> calls) {
        return each(calls, inCalls);
    }

    /** The values of the model, calls counted from 0. */
    List<Object> ofOutputs(List<Object> values) {
        return each(values, inOutputs);
    }

    private static List<Object> each(List<?> values, Set<String> fromOne) {
        List<Object> counted = new ArrayList<>();
        values.forEach(value -> counted.add(counted(value, fromOne)));
        return counted;
    }

    private static Object counted(Object value, Set<String> fromOne) {
        if (value instanceof Map<?, ?> names) {
            Map<Object, Object> counted = new LinkedHashMap<>();
            names.forEach((name, named) -> counted.put(name, counted(named, fromOne)));
            return counted;
        }
        if (!(value instanceof List<?> list)) {
            return value;
        }
        if (list.size() != 3 || !(list.get(0) instanceof String layer) || !(list.get(1) instanceof Number call)) {
            return each(list, fromOne);
        }
        List<Object> counted = new ArrayList<>(list);
        if (fromOne.contains(layer) && call.doubleValue() > 0) {
            counted.set(1, call.longValue() - 1);
        }
        return counted;
    }
}
