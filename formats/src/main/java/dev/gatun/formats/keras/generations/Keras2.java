package dev.gatun.formats.keras.generations;

import java.util.LinkedHashMap;
import java.util.Map;

/** A layer of Keras 2 or tf.keras 2, in the terms of Keras 3. */
final class Keras2 {

    private static final String CLASS = "class_name";
    private static final String CONFIG = "config";

    private Keras2() {}

    static Map<String, Object> toKeras3(Map<String, Object> layer) {
        if (!(layer.get(CONFIG) instanceof Map<?, ?> map)) {
            return layer;
        }
        Map<String, Object> config = LayerTree.plain(map);
        Map<String, Object> newer = new LinkedHashMap<>(layer);
        newer.put(CONFIG, config);
        switch (String.valueOf(layer.get(CLASS))) {
            case "CuDNNLSTM" -> newer.put(CLASS, "LSTM");
            case "CuDNNGRU" -> {
                newer.put(CLASS, "GRU");
                config.put("reset_after", true); // cuDNN's formula.
            }
            case "GRU", "GRUCell" -> config.putIfAbsent("reset_after", false); // There was no other formula once.
            default -> {
                // Has the names and options of Keras 3, as far as Gatun has the layer.
            }
        }
        return newer;
    }
}
