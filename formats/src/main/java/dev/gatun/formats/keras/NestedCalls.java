package dev.gatun.formats.keras;

import dev.gatun.layers.OptionReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Calls of a model that is a layer, given what its inputs read by name: as a list, in the order in which the model has them.
 * Source: {@code _standardize_inputs} in {@code keras/src/models/functional.py}.
 */
final class NestedCalls {

    private static final String CONFIG = "config";

    private final List<Object> names;

    private NestedCalls(List<Object> names) {
        this.names = names;
    }

    /** The nodes of a layer of the file, unchanged unless it is a model and one of its calls has names. */
    static Object listed(Map<String, Object> layer) {
        Object nodes = layer.get("inbound_nodes");
        if (!KerasConfig.isModel(String.valueOf(layer.get("class_name"))) || !(nodes instanceof List<?> calls)
                || !(layer.get(CONFIG) instanceof Map<?, ?> config)) {
            return nodes;
        }
        NestedCalls nested = new NestedCalls(names(config.get("input_layers")));
        List<Object> listed = new ArrayList<>();
        for (Object call : calls) {
            listed.add(call instanceof Map<?, ?> map && map.get("args") instanceof List<?> args
                    ? nested.listed(OptionReader.asMap(map, "Model"), args)
                    : call);
        }
        return listed;
    }

    /** Of inputs in a list, whose layers' names a call uses; none where the model itself names its inputs. */
    private static List<Object> names(Object inputs) {
        if (!(inputs instanceof List<?> list)) {
            return List.of();
        }
        return KerasNodes.values("input_layers", list).stream().map(value -> ((List<?>) value).getFirst())
                .map(Object.class::cast).toList();
    }

    private Map<String, Object> listed(Map<String, Object> call, List<?> args) {
        List<Object> values = new ArrayList<>();
        for (Object argument : args) {
            values.add(plain(argument));
        }
        Map<String, Object> changed = new LinkedHashMap<>(call);
        changed.put("args", values);
        return changed;
    }

    private Object plain(Object argument) {
        boolean isNamed = argument instanceof Map<?, ?> map
                && !(map.containsKey("class_name") && map.containsKey(CONFIG));
        if (argument instanceof List<?> list) {
            List<Object> values = new ArrayList<>();
            list.forEach(each -> values.add(plain(each)));
            return values;
        }
        if (!isNamed) {
            return argument;
        }
        Map<?, ?> named = (Map<?, ?>) argument;
        List<Object> ordered = !names.isEmpty() && named.keySet().containsAll(names)
                ? names.stream().map(name -> (Object) named.get(name)).toList()
                : KerasNodes.inOrder(named);
        return plain(ordered);
    }
}
