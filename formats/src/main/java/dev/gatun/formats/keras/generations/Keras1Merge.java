package dev.gatun.formats.keras.generations;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The layer Merge of Keras 1, which had a mode where later versions have a layer for each. */
final class Keras1Merge {

    private static final Map<String, String> LAYERS = Map.of("sum", "Add", "mul", "Multiply", "ave", "Average", "max",
            "Maximum", "concat", "Concatenate", "dot", "Dot");

    private Keras1Merge() {}

    static Map<String, Object> toKeras2(String owner, Map<String, Object> layer, Map<String, Object> config) {
        String mode = String.valueOf(config.get("mode"));
        boolean isNamed = config.get("mode_type") == null || "raw".equals(config.get("mode_type"));
        if (!isNamed || !LAYERS.containsKey(mode)) {
            throw new IllegalArgumentException(owner + " has mode=" + (isNamed ? mode : "a function of Python's")
                    + "; supported are " + String.join(", ", LAYERS.keySet().stream().sorted().toList()));
        }
        if (config.get("layers") instanceof List<?> branches && !branches.isEmpty()) {
            throw new IllegalArgumentException(owner + " joins the ends of several Sequential models; Gatun reads it in"
                    + " functional models only");
        }
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("name", config.get("name"));
        if (mode.equals("concat")) {
            plain.put("axis", config.getOrDefault("concat_axis", -1L));
        } else if (mode.equals("dot")) {
            plain.put("axes", axes(config.get("dot_axes")));
        }
        Map<String, Object> merging = new LinkedHashMap<>(layer);
        merging.put("class_name", LAYERS.get(mode));
        merging.put("config", plain);
        return merging;
    }

    /** A number, or for each side a list of one. */
    private static Object axes(Object axes) {
        if (!(axes instanceof List<?> sides)) {
            return axes == null ? -1L : axes;
        }
        return sides.stream().map(side -> side instanceof List<?> one && one.size() == 1 ? one.getFirst() : side)
                .map(Object.class::cast).toList();
    }
}
