package dev.gatun.formats.keras;

import java.util.LinkedHashMap;
import java.util.Map;

/** Keras's forms of an activation: a name, a serialised function of Keras's own, or a layer that is one. */
final class KerasActivation {

    private KerasActivation() {}

    /** @return a name, or class name and arguments */
    static Object plain(String owner, String key, Object value, int major) {
        if (value instanceof Map<?, ?> map && !"function".equals(map.get("class_name"))) {
            return ofLayer(owner, key, map);
        }
        Object name = value instanceof Map<?, ?> map ? map.get("config") : value;
        if (!(name instanceof String keyword)) {
            throw refused(owner, key, value);
        }
        if (keyword.equals("hard_sigmoid_keras2")) {
            throw new IllegalArgumentException(owner + " has " + key + "='" + keyword + "', which Keras does not have");
        }
        return keyword.equals("hard_sigmoid") && major < 3 ? "hard_sigmoid_keras2" : keyword;
    }

    /** Functions with arguments of their own come as layers. */
    private static Object ofLayer(String owner, String key, Map<?, ?> form) {
        Object config = form.get("config");
        String module = String.valueOf(form.get("module") == null ? "keras" : form.get("module"));
        if (!module.startsWith("keras") || !(config instanceof Map<?, ?> options)) {
            throw refused(owner, key, form);
        }
        return switch (String.valueOf(form.get("class_name"))) {
            case "ReLU" -> of("relu", options, "negative_slope", "max_value", "threshold");
            case "LeakyReLU" -> of("leaky_relu", options.containsKey("alpha")
                    ? Map.of("negative_slope", options.get("alpha"))
                    : options, "negative_slope");
            case "ELU" -> of("elu", options, "alpha");
            case "Softmax" -> {
                if (options.get("axis") instanceof Number axis && axis.doubleValue() != -1) {
                    throw refused(owner, key, form);
                }
                yield "softmax";
            }
            default -> throw refused(owner, key, form);
        };
    }

    private static Map<String, Object> of(String keyword, Map<?, ?> options, String... arguments) {
        Map<String, Object> config = new LinkedHashMap<>();
        for (String argument : arguments) {
            if (options.get(argument) != null) {
                config.put(argument, options.get(argument));
            }
        }
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("class_name", keyword);
        plain.put("config", config);
        return plain;
    }

    private static IllegalArgumentException refused(String owner, String key, Object value) {
        return new IllegalArgumentException(owner + " has " + key + "=" + value
                + ", which Gatun does not support; activations with a name are, and ReLU, LeakyReLU, ELU and Softmax");
    }
}
