package dev.gatun.formats.keras.generations;

import java.util.LinkedHashMap;
import java.util.Map;

/** Classes that have another name in files than in Keras's list of layers, and mean the same. */
final class ClassNames {

    private static final String CLASS = "class_name";

    /** HDF5 files of the old layout have the names of Python's classes; TensorFlow 1 and 2 had several classes of one layer. */
    private static final Map<String, String> SAME = Map.of("GroupedQueryAttention", "GroupQueryAttention",
            "BatchNormalizationV1", "BatchNormalization", "BatchNormalizationV2", "BatchNormalization",
            "SyncBatchNormalization", "BatchNormalization", "UnifiedLSTM", "LSTM", "UnifiedGRU", "GRU");

    private ClassNames() {}

    /** The layer under the name of Keras's list; one of somebody's own, which may be called so, stays what it is. */
    static Map<String, Object> listed(Map<String, Object> layer) {
        String name = SAME.get(String.valueOf(layer.get(CLASS)));
        Object module = layer.get("module");
        Object registered = layer.get("registered_name");
        boolean isKeras = (module == null || String.valueOf(module).startsWith("keras"))
                && (registered == null || registered.equals(layer.get(CLASS)));
        if (name == null || !isKeras) {
            return layer;
        }
        Map<String, Object> listed = new LinkedHashMap<>(layer);
        listed.put(CLASS, name);
        listed.remove("registered_name");
        return listed;
    }
}
