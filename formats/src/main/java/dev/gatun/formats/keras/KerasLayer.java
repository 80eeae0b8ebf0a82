package dev.gatun.formats.keras;

import dev.gatun.layers.Option;
import dev.gatun.layers.OptionKind;
import dev.gatun.layers.OptionReader;
import dev.gatun.layers.type.BuiltInTypes;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
        String module = options.text("module", "keras.layers");
        String registered = options.text("registered_name", kind);
        if (BuiltInTypes.ALL.isGiven(kind)) {
            requireKerasOwn(owner, module, registered, kind);
        }
        // How it was built and called is known from elsewhere.
        options.ignore("name", "build_config", "inbound_nodes", "shared_object_id");
        Map<String, OptionKind<?>> kinds = optionKinds(kind);
        Map<String, Object> config = new LinkedHashMap<>();
        options.map("config").forEach((key, value) -> {
            if (value != null && !key.equals("name")) {
                config.put(key, plain(owner, kinds.get(key), key, value, major));
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

    /** A class of a user's own may share its name with one that Gatun has, and do something else. */
    private static void requireKerasOwn(String owner, String module, String registered, String kind) {
        if (!module.startsWith("keras") || !registered.equals(kind)) {
            throw new IllegalArgumentException(owner + " is a class of its own (" + module + ", registered as "
                    + registered + "); Gatun supports Keras's own layers only");
        }
    }

    /** What the options of a class are; empty for a class that nobody has, which is refused when it is made. */
    private static Map<String, OptionKind<?>> optionKinds(String kind) {
        Map<String, OptionKind<?>> kinds = new HashMap<>();
        kinds.put("activity_regularizer", OptionKind.REGULARIZER);
        if (BuiltInTypes.ALL.knows(kind)) {
            for (Option<?> option : BuiltInTypes.ALL.named(kind).options().options()) {
                kinds.put(option.name(), option.kind());
            }
        }
        return kinds;
    }

    /** @param kind of the option's values; null for one that has no effect, or is not known */
    private static Object plain(String owner, OptionKind<?> kind, String key, Object value, int major) {
        if (key.equals("dtype")) {
            return value instanceof Map<?, ?> policy && policy.get("config") instanceof Map<?, ?> config
                    ? String.valueOf(config.get("name"))
                    : value;
        }
        if (kind == OptionKind.ACTIVATION) {
            return KerasActivation.plain(owner, key, value, major);
        }
        if (kind == OptionKind.INITIALIZER || kind == OptionKind.REGULARIZER || kind == OptionKind.CONSTRAINT) {
            return KerasObject.plain(owner, key, value);
        }
        if (kind == OptionKind.LAYER) {
            return toGatun(OptionReader.asMap(value, owner + ": " + key), major);
        }
        return value;
    }
}
