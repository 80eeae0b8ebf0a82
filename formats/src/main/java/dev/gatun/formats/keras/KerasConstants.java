package dev.gatun.formats.keras;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * States that calls begin at and that are numbers: Keras writes them among the arguments of the call, here each is a layer of its
 * own, given what the call reads.
 */
final class KerasConstants {

    /** Keras 3 writes tensors of its backend and arrays of numpy so; Keras 2 wrote the numbers alone. */
    private static final Set<String> WRITTEN = Set.of("__tensor__", "__numpy__");

    private final Set<String> names;
    private final List<Constant> constants = new ArrayList<>();

    /**
     * One of them.
     *
     * @param name  of its layer
     * @param layer whose call begins at it
     * @param call  its number
     * @param rows  of numbers
     */
    private record Constant(String name, String layer, int call, List<List<Object>> rows) {}

    /** @param layers of the model, whose names are taken */
    KerasConstants(List<Map<String, Object>> layers) {
        this.names = new HashSet<>();
        layers.forEach(layer -> names.add(KerasLayer.nameOf(layer)));
    }

    /**
     * The value that stands for a constant.
     *
     * @param call  of this layer, which begins at it
     * @param value as it stands in the file
     * @return layer, call and output; null if it is no constant
     */
    List<Object> take(String layer, int call, Object value) {
        Object numbers = value instanceof Map<?, ?> map && map.get("class_name") instanceof String kind
                && WRITTEN.contains(kind) && map.get("config") instanceof Map<?, ?> config
                        ? config.get("value")
                        : value;
        List<List<Object>> rows = rows(numbers);
        if (rows == null) {
            return null;
        }
        String name = KerasLayer.unused(layer + "_state", names);
        constants.add(new Constant(name, layer, call, rows));
        return List.of(name, 0, 0);
    }

    /** Rows of numbers, of a list of numbers one; null for anything else. */
    private static List<List<Object>> rows(Object value) {
        if (!(value instanceof List<?> list) || list.isEmpty()) {
            return null;
        }
        List<List<Object>> rows = new ArrayList<>();
        if (list.stream().allMatch(Number.class::isInstance)) {
            rows.add(List.copyOf(list));
            return rows;
        }
        for (Object row : list) {
            if (!(row instanceof List<?> numbers) || !numbers.stream().allMatch(Number.class::isInstance)) {
                return null;
            }
            rows.add(List.copyOf(numbers));
        }
        return rows;
    }

    /**
     * The layers of the constants.
     *
     * @param calls of all layers by name, each a list of the values it reads
     */
    List<Map<String, Object>> layers(Map<String, List<Object>> calls) {
        List<Map<String, Object>> layers = new ArrayList<>();
        for (Constant constant : constants) {
            Object call = calls.get(constant.layer()).get(constant.call());
            Object read = call instanceof Map<?, ?> named ? named.get("inputs") : call;
            Map<String, Object> layer = new LinkedHashMap<>();
            layer.put("class_name", "ConstantState");
            layer.put("name", constant.name());
            layer.put("config", Map.of("value", constant.rows()));
            layer.put("calls", List.of(List.of(((List<?>) read).getFirst())));
            layers.add(layer);
        }
        return layers;
    }
}
