package dev.gatun.formats.keras;

import dev.gatun.layers.OptionReader;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** One layer's configuration, from Keras's forms to the plain one of {@link dev.gatun.layers.type.BuiltInTypes}. */
final class KerasLayer {

    private KerasLayer() {}

    /** The layer's own name, which stands in its config and, in Functional models, beside it. */
    static String nameOf(Map<String, Object> layer) {
        Object name = layer.get("config") instanceof Map<?, ?> config && config.get("name") != null
                ? config.get("name")
                : layer.get("name");
        return name == null ? null : String.valueOf(name);
    }

    /** class_name, name and config. */
    static Map<String, Object> toGatun(Map<String, Object> layer, int major) {
        String name = nameOf(layer);
        OptionReader options = new OptionReader("Layer '" + name + "'", layer);
        String kind = options.text("class_name");
        String owner = "Layer '" + name + "' (" + kind + ")";
        if (name == null) {
            throw new IllegalArgumentException(owner + " has no name");
        }
        requireKerasOwn(owner, options.text("module", "keras.layers"), options.text("registered_name", kind), kind);
        // How it was built and called is known from elsewhere.
        options.ignore("name", "build_config", "inbound_nodes", "shared_object_id");
        Map<String, Object> config = new LinkedHashMap<>();
        options.map("config").forEach((key, value) -> {
            if (value != null && !key.equals("name")) {
                config.put(key, plain(owner, kind, key, value, major));
            }
        });
        options.requireNothingLeft();
        renameShape(kind, config);
        Map<String, Object> gatun = new LinkedHashMap<>();
        gatun.put("class_name", kind);
        gatun.put("name", name);
        gatun.put("config", config);
        return gatun;
    }

    /** In Keras 2 any first layer may carry the model's input shape. */
    private static void renameShape(String kind, Map<String, Object> config) {
        Object shape = config.remove("batch_input_shape");
        if (kind.equals("InputLayer") && shape != null) {
            config.putIfAbsent("batch_shape", shape);
        }
        if (!kind.equals("InputLayer")) {
            config.remove("batch_shape");
        }
    }

    private static void requireKerasOwn(String owner, String module, String registered, String kind) {
        if (!module.startsWith("keras") || !registered.equals(kind)) {
            throw new IllegalArgumentException(owner + " is a class of its own (" + module + ", registered as "
                    + registered + "); Gatun supports Keras's own layers only");
        }
    }

    private static Object plain(String owner, String kind, String key, Object value, int major) {
        if (key.equals("dtype")) {
            return value instanceof Map<?, ?> policy && policy.get("config") instanceof Map<?, ?> config
                    ? String.valueOf(config.get("name"))
                    : value;
        }
        if (key.equals("activation") || key.equals("recurrent_activation")) {
            return activation(owner, key, value, major);
        }
        if (key.endsWith("_initializer")) {
            return initializer(value);
        }
        if (key.equals("layer") && kind.equals("TimeDistributed")) {
            return toGatun(OptionReader.asMap(value, owner + ": layer"), major);
        }
        return value;
    }

    /** A name, or a serialised function of Keras's own. */
    private static Object activation(String owner, String key, Object value, int major) {
        Object name = value instanceof Map<?, ?> map && "function".equals(map.get("class_name"))
                ? map.get("config")
                : value;
        if (!(name instanceof String keyword)) {
            throw new IllegalArgumentException(owner + " has " + key + "=" + value
                    + ", which Gatun does not support; only activations with a name are");
        }
        if (keyword.equals("hard_sigmoid_keras2")) {
            throw new IllegalArgumentException(owner + " has " + key + "='" + keyword + "', which Keras does not have");
        }
        return keyword.equals("hard_sigmoid") && major < 3 ? "hard_sigmoid_keras2" : keyword;
    }

    /** {@code glorot_uniform}, or class name and config with more around them. */
    private static Object initializer(Object value) {
        Map<String, Object> plain = new LinkedHashMap<>();
        if (value instanceof String name) {
            plain.put("class_name", camelCase(name));
            plain.put("config", Map.of());
            return plain;
        }
        if (value instanceof Map<?, ?> map) {
            plain.put("class_name", map.get("class_name"));
            plain.put("config", map.get("config") == null ? Map.of() : map.get("config"));
            return plain;
        }
        return value;
    }

    private static String camelCase(String name) {
        StringBuilder camel = new StringBuilder();
        for (String word : name.split("_")) {
            if (!word.isEmpty()) {
                camel.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
            }
        }
        return camel.toString();
    }
}
