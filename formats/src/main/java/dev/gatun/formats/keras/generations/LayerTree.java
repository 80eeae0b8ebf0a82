package dev.gatun.formats.keras.generations;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The layers of a configuration, wherever they stand: in models, in models within models, and in layers that wrap others. */
final class LayerTree {

    private static final List<String> WITHIN = List.of("layer", "backward_layer", "cell");
    private static final List<String> LISTS = List.of("layers", "cells");
    private static final String CONFIG = "config";

    private LayerTree() {}

    /** A copy in which every layer, inner ones first, is what the change makes of it. */
    static Map<String, Object> changed(Map<String, Object> layer, UnaryOperator<Map<String, Object>> change) {
        Map<String, Object> copy = new LinkedHashMap<>(layer);
        if (layer.get(CONFIG) instanceof List<?> layers) {
            copy.put(CONFIG, all(layers, change));
        } else if (layer.get(CONFIG) instanceof Map<?, ?> map) {
            Map<String, Object> config = plain(map);
            for (String key : WITHIN) {
                if (config.get(key) instanceof Map<?, ?> inner) {
                    config.put(key, changed(plain(inner), change));
                }
            }
            for (String key : LISTS) {
                if (config.get(key) instanceof List<?> layers) {
                    config.put(key, all(layers, change));
                }
            }
            copy.put(CONFIG, config);
        }
        return change.apply(copy);
    }

    private static List<Object> all(List<?> layers, UnaryOperator<Map<String, Object>> change) {
        List<Object> changed = new ArrayList<>();
        for (Object layer : layers) {
            changed.add(layer instanceof Map<?, ?> map ? changed(plain(map), change) : layer);
        }
        return changed;
    }

    /** JSON's maps have texts as keys. */
    static Map<String, Object> plain(Map<?, ?> map) {
        Map<String, Object> plain = new LinkedHashMap<>();
        map.forEach((key, value) -> plain.put(String.valueOf(key), value));
        return plain;
    }
}
