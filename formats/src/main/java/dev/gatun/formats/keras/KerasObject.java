package dev.gatun.formats.keras;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Keras's forms of an initializer, a regularizer or a constraint, as the plain one: class name and arguments. */
final class KerasObject {

    /** What a bias of Gatun's LSTM begins with; Keras has an option for that, and no class. */
    private static final String OURS_ALONE = "ForgetBias";

    private KerasObject() {}

    /** @param value {@code glorot_uniform} or {@code l2}, or class name and config with more around them */
    static Object plain(String owner, String key, Object value) {
        if (value instanceof String name) {
            return plain(camelCase(name), Map.of());
        }
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        Object kind = map.get("class_name");
        String module = String.valueOf(map.get("module") == null ? "keras" : map.get("module"));
        Object registered = map.get("registered_name") == null ? kind : map.get("registered_name");
        if (!module.startsWith("keras") || !Objects.equals(registered, kind)) {
            throw new IllegalArgumentException(owner + " has " + key + "=" + kind + ", a class of its own (" + module
                    + ", registered as " + registered + "); Gatun supports Keras's own only");
        }
        if (OURS_ALONE.equals(kind)) {
            throw new IllegalArgumentException(
                    owner + " has " + key + "=" + kind + ", which Keras does not have; it has"
                            + " unit_forget_bias");
        }
        return plain(kind, map.get("config") == null ? Map.of() : map.get("config"));
    }

    private static Map<String, Object> plain(Object kind, Object config) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("class_name", kind);
        plain.put("config", config);
        return plain;
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
