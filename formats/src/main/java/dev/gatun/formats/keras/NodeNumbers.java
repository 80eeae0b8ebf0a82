package dev.gatun.formats.keras;

import java.util.ArrayList;
import java.util.HashSet;
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

    /** The values each call reads, calls counted from 0. */
    List<Object> ofCalls(List<Object> calls) {
        List<Object> counted = new ArrayList<>();
        for (Object call : calls) {
            counted.add(counted((List<?>) call, inCalls));
        }
        return counted;
    }

    /** The values of the model, calls counted from 0. */
    List<Object> ofOutputs(List<Object> values) {
        return counted(values, inOutputs);
    }

    private static List<Object> counted(List<?> values, Set<String> fromOne) {
        List<Object> counted = new ArrayList<>();
        for (Object value : values) {
            List<?> list = (List<?>) value;
            boolean later = fromOne.contains(list.get(0)) && list.get(1) instanceof Number call && call.intValue() > 0;
            counted.add(later ? List.of(list.get(0), ((Number) list.get(1)).longValue() - 1, list.get(2)) : value);
        }
        return counted;
    }
}
