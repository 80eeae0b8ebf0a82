package dev.gatun.formats.keras.save;

import java.util.LinkedHashMap;
import java.util.Map;

/** Objects as Keras's {@code serialize_keras_object} writes them: module, class, configuration and registered name. */
final class SavedObject {

    static final String LAYERS = "keras.layers";

    /** The precision that every layer computes in. */
    private static final String FLOAT32 = "float32";

    private SavedObject() {}

    /** An object of Keras's public interface, which needs no registration. */
    static Map<String, Object> of(String module, String kind, Map<String, ?> config) {
        return of(module, kind, config, null);
    }

    static Map<String, Object> of(String module, String kind, Map<String, ?> config, String registered) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("module", module);
        object.put("class_name", kind);
        object.put("config", config);
        object.put("registered_name", registered);
        return object;
    }

    static Map<String, Object> policy() {
        return policy(FLOAT32);
    }

    static Map<String, Object> policy(String dtype) {
        return of("keras", "DTypePolicy", Map.of("name", dtype));
    }

    /** What is no value of the graph in a call: class and configuration. */
    static Map<String, Object> special(String kind, Map<String, ?> config) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("class_name", kind);
        object.put("config", config);
        return object;
    }
}
