package dev.gatun.formats.keras;

import dev.gatun.layers.Option;
import dev.gatun.layers.OptionKind;
import dev.gatun.layers.OptionReader;
import dev.gatun.layers.type.BuiltInTypes;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

    /** A name for a layer that the file does not have; takes it. */
    static String unused(String wish, Set<String> taken) {
        String name = wish;
        for (int number = 1; !taken.add(name); number++) {
            name = wish + "_" + number;
        }
        return name;
    }

    /** class_name, name and config. */
    static Map<String, Object> toGatun(Map<String, Object> layer, int major) {
        if (KerasConfig.isModel(String.valueOf(layer.get("class_name")))) {
            return KerasConfig.nested(layer, major);
        }
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
        Map<String, Object> config = config(owner, kind, options.map("config"), major);
        options.requireNothingLeft();
        renameShape(kind, config);
        Map<String, Object> gatun = new LinkedHashMap<>();
        gatun.put("class_name", kind);
        gatun.put("name", name);
        gatun.put("config", config);
        return gatun;
    }

    private static Map<String, Object> config(String owner, String kind, Map<String, Object> keras, int major) {
        requireKeras(owner, kind, keras);
        Map<String, OptionKind<?>> kinds = optionKinds(kind);
        Map<String, Object> config = new LinkedHashMap<>();
        keras.forEach((key, value) -> {
            Object given = value == null && kinds.get(key) != null ? kinds.get(key).ofNull() : value;
            if (given == null || key.equals("name")) {
                return;
            }
            if (kinds.get(key) == OptionKind.LAYER || kinds.get(key) == OptionKind.OPTIONAL_LAYER) {
                config.put(key, within(owner, kind, key, given, major));
                decide(config, kind, given, major);
            } else if (kinds.get(key) == OptionKind.LAYERS && given instanceof List<?> layers) {
                config.put(key, layers.stream().map(layer -> within(owner, kind, key, layer, major)).toList());
            } else {
                config.put(key, plain(owner, kinds.get(key), key, given, major));
            }
        });
        return config;
    }

    /** What Keras does not have cannot come from Keras, and may mean something else there. */
    private static void requireKeras(String owner, String kind, Map<String, Object> keras) {
        if (!BuiltInTypes.ALL.knows(kind)) {
            return;
        }
        for (Option<?> option : BuiltInTypes.ALL.named(kind).options().options()) {
            if (!option.isKerass() && keras.get(option.name()) != null) {
                throw new IllegalArgumentException(owner + " has " + option.name() + "="
                        + OptionReader.shown(keras.get(option.name()))
                        + ", an option that Keras does not have; Gatun reads it from .gatun files only");
            }
        }
    }

    /** Before Keras 3 layers within decided for themselves what the outer one does now. */
    private static void decide(Map<String, Object> config, String kind, Object within, int major) {
        if (major < 3 && within instanceof Map<?, ?> layer && layer.get("config") instanceof Map<?, ?> own) {
            for (String option : BuiltInTypes.ALL.named(kind).options().decided()) {
                config.putIfAbsent(option, own.get(option) == null ? false : own.get(option));
            }
        }
    }

    /** A layer within a layer, without the options that the outer one decides. */
    private static Map<String, Object> within(String owner, String kind, String key, Object value, int major) {
        try {
            Map<String, Object> layer = new LinkedHashMap<>(OptionReader.asMap(value, owner + ": " + key));
            Map<String, Object> own = new LinkedHashMap<>(OptionReader.asMap(layer.get("config"), "its config"));
            own.keySet().removeAll(BuiltInTypes.ALL.named(kind).options().decided());
            layer.put("config", own);
            return toGatun(layer, major);
        } catch (IllegalArgumentException unfit) {
            throw new IllegalArgumentException(owner + ": " + key + ": " + unfit.getMessage(), unfit);
        }
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
            return KerasPolicies.plain(owner, value);
        }
        if (kind == OptionKind.NUMBERS && value instanceof Map<?, ?> array
                && array.get("config") instanceof Map<?, ?> config && config.get("value") != null) {
            return config.get("value"); // __numpy__, __tensor__
        }
        if (kind == OptionKind.ACTIVATION) {
            return KerasActivation.plain(owner, key, value, major);
        }
        if (kind == OptionKind.INITIALIZER || kind == OptionKind.REGULARIZER || kind == OptionKind.CONSTRAINT) {
            return KerasObject.plain(owner, key, value);
        }
        return value;
    }
}
