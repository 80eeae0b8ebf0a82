package dev.gatun.formats.keras;

import dev.gatun.layers.OptionReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Inputs of whole numbers, or of what is true, that an operation reads which takes float32: they become that before. */
final class KerasCasts {

    private final Map<String, String> types = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private final Map<String, Map<String, Object>> casts = new LinkedHashMap<>();

    /** @param layers of the model, as Keras has them */
    KerasCasts(List<Map<String, Object>> layers) {
        for (Map<String, Object> layer : layers) {
            names.add(KerasLayer.nameOf(layer));
            if ("InputLayer".equals(layer.get("class_name")) && layer.get("config") instanceof Map<?, ?> config) {
                types.put(KerasLayer.nameOf(layer), String.valueOf(config.get("dtype")));
            }
        }
    }

    /** @param layer an operation as Gatun has it, with calls */
    Map<String, Object> cast(Map<String, Object> layer) {
        if (KerasOperations.takesAny(layer) && !isActivation(layer)) {
            return layer;
        }
        List<Object> values = new ArrayList<>();
        for (Object value : (List<?>) ((List<?>) layer.get("calls")).getFirst()) {
            values.add(cast((List<?>) value));
        }
        layer.put("calls", List.of(values));
        return layer;
    }

    private static boolean isActivation(Map<String, Object> layer) {
        return OptionReader.asMap(layer.get("config"), "config").containsKey("activation");
    }

    private List<?> cast(List<?> value) {
        String source = String.valueOf(value.getFirst());
        String type = types.getOrDefault(source, "float32");
        if (type.contains("float")) {
            return value;
        }
        Map<String, Object> cast = casts.computeIfAbsent(source, none -> {
            Map<String, Object> layer = new LinkedHashMap<>();
            layer.put("class_name", "Elementwise");
            layer.put("name", KerasLayer.unused(source + "_float32", names));
            layer.put("config", new LinkedHashMap<>(Map.of("function", "identity")));
            layer.put("calls", List.of(List.of(value)));
            return layer;
        });
        return List.of(cast.get("name"), 0L, 0L);
    }

    /** The layers that make float32 of inputs. */
    Collection<Map<String, Object>> layers() {
        return casts.values();
    }
}
