package dev.gatun.formats.keras.generations;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a Bidirectional gives where a step does not count: zeros in tf.keras and Keras 3, which do not write it into files of the
 * old format; Keras before 2.4 repeated the output of the step before.
 */
final class BidirectionalZeros {

    private static final String CONFIG = "config";
    private static final String OPTION = "zero_output_for_mask";

    private BidirectionalZeros() {}

    static Map<String, Object> said(Map<String, Object> layer) {
        if (!"Bidirectional".equals(layer.get("class_name")) || !(layer.get(CONFIG) instanceof Map<?, ?> map)) {
            return layer;
        }
        Map<String, Object> config = LayerTree.plain(map);
        for (String key : new String[] {"layer", "backward_layer"}) {
            if (config.get(key) instanceof Map<?, ?> inner && inner.get(CONFIG) instanceof Map<?, ?> own) {
                Map<String, Object> options = LayerTree.plain(own);
                options.put(OPTION, Boolean.TRUE.equals(options.get("return_sequences")));
                Map<String, Object> one = LayerTree.plain(inner);
                one.put(CONFIG, options);
                config.put(key, one);
            }
        }
        Map<String, Object> changed = new LinkedHashMap<>(layer);
        changed.put(CONFIG, config);
        return changed;
    }
}
