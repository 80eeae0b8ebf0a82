package dev.gatun.formats.keras.training;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Names of losses and metrics, however deep in lists, and whatever Keras made of them. */
final class KerasNames {

    private static final String WRAPPER = "MeanMetricWrapper";

    private KerasNames() {}

    /** {@code mean_squared_error} of a text, of the class {@code MeanSquaredError}, or of a function of that name. */
    static String of(Object saved) {
        if (saved instanceof String name) {
            return name;
        }
        if (!(saved instanceof Map<?, ?> object)) {
            return String.valueOf(saved);
        }
        if (object.get("config") instanceof String function) {
            return function;
        }
        String kind = String.valueOf(object.get("class_name"));
        if (kind.equals(WRAPPER) && object.get("config") instanceof Map<?, ?> config) {
            return config.get("fn") instanceof String function ? function : String.valueOf(config.get("name"));
        }
        return kind.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    static void addTo(List<String> names, Object saved) {
        switch (saved) {
            case null -> {
                // None.
            }
            case List<?> list -> list.forEach(each -> addTo(names, each));
            case Map<?, ?> map when !map.containsKey("class_name") -> map.values().forEach(each -> addTo(names, each));
            default -> names.add(of(saved));
        }
    }
}
