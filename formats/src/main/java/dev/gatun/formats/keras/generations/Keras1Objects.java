package dev.gatun.formats.keras.generations;

import java.util.LinkedHashMap;
import java.util.Map;

/** Initializers, regularizers and constraints of Keras 1: a name, and the arguments beside it. */
final class Keras1Objects {

    private static final Map<String, String> INITIALIZERS = Map.of("uniform", "random_uniform", "normal",
            "random_normal", "zero", "zeros", "one", "ones");

    private Keras1Objects() {}

    /** A value of an option, or the value itself if Keras 2 writes it so too. */
    static Object plain(String owner, String option, Object value) {
        if ((option.equals("init") || option.endsWith("_init")) && !option.equals("forget_bias_init")
                && value instanceof String name) {
            return INITIALIZERS.getOrDefault(name, name);
        }
        if (value instanceof Map<?, ?> map && map.get("name") instanceof String name && map.get("class_name") == null) {
            if (option.endsWith("_regularizer")) {
                return regularizer(owner, option, name, map);
            }
            if (option.endsWith("_constraint")) {
                return constraint(name, map);
            }
        }
        return value;
    }

    private static Map<String, Object> regularizer(String owner, String option, String name, Map<?, ?> arguments) {
        if (name.startsWith("Eigenvalue")) {
            throw new IllegalArgumentException(owner + " has " + option + "=" + name
                    + ", which Keras has not had since version 2; supported are penalties of l1 and l2");
        }
        return object("L1L2", arguments);
    }

    private static Map<String, Object> constraint(String name, Map<?, ?> arguments) {
        Map<String, Object> object = object(name, arguments);
        Map<String, Object> config = LayerTree.plain((Map<?, ?>) object.get("config"));
        Object most = config.remove("m");
        if (most != null) {
            config.put("max_value", most);
        }
        object.put("config", config);
        return object;
    }

    private static Map<String, Object> object(String name, Map<?, ?> arguments) {
        Map<String, Object> config = LayerTree.plain(arguments);
        config.remove("name");
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("class_name", name);
        object.put("config", config);
        return object;
    }
}
