package dev.gatun.layers.train;

import dev.gatun.layers.OptionReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Plain values from a file, read by name; a value of another kind is refused with what it belongs to. */
record Config(String what, Map<String, Object> values) {

    /** What Keras writes about every optimizer and Gatun reads or may pass over. */
    private static final Set<String> COMMON = Set.of("learning_rate", "clipnorm", "clipvalue", "global_clipnorm",
            "name",
            "ema_momentum", "jit_compile", "is_legacy_optimizer", "dtype", "build_config");

    String text(String key) {
        if (values.get(key) instanceof String text) {
            return text;
        }
        throw wrong(key, "a text");
    }

    double number(String key, double otherwise) {
        return switch (values.get(key)) {
            case null -> otherwise;
            case Number number -> number.doubleValue();
            default -> throw wrong(key, "a number");
        };
    }

    boolean flag(String key, boolean otherwise) {
        return switch (values.get(key)) {
            case null -> otherwise;
            case Boolean flag -> flag;
            default -> throw wrong(key, "true or false");
        };
    }

    /** The values below a key; none if it is not there. */
    Config inner(String key) {
        return switch (values.get(key)) {
            case null -> new Config(what, Map.of());
            case Map<?, ?> map -> {
                Map<String, Object> named = new LinkedHashMap<>();
                map.forEach((name, value) -> named.put(String.valueOf(name), value));
                yield new Config(what, named);
            }
            default -> throw wrong(key, "a map");
        };
    }

    /** @throws IllegalArgumentException if anything is set that is neither common, nor known, nor without effect */
    void refuseBeside(String... known) {
        values.forEach((key, value) -> {
            boolean silent = value == null || Boolean.FALSE.equals(value)
                    || value instanceof Number n && n.doubleValue() == 0;
            if (!silent && !COMMON.contains(key) && !List.of(known).contains(key)) {
                throw new IllegalArgumentException(
                        "The " + what + " asks for " + key + " = " + OptionReader.shown(value)
                                + ", which Gatun does not do; leave it out");
            }
        });
    }

    private IllegalArgumentException wrong(String key, String expected) {
        return new IllegalArgumentException("The " + what + " needs '" + key + "' as " + expected + ", got "
                + (values.containsKey(key) ? OptionReader.shown(values.get(key)) : "nothing") + " in "
                + OptionReader.shown(values));
    }

    /** A training that goes on must not go on with defaults in the place of what was lost. */
    static void requireComplete(Map<String, Object> optimizer) {
        if (optimizer.get("config") instanceof Map<?, ?> config && config.get("learning_rate") instanceof Number) {
            return;
        }
        throw new IllegalArgumentException("The optimizer of a training state needs a config with a learning_rate, got "
                + OptionReader.shown(optimizer));
    }

    static void positive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " must be positive and finite, got " + value);
        }
    }

    static void within(String name, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw new IllegalArgumentException(name + " must lie in " + low + " to " + high + ", got " + value);
        }
    }

    static void below(String name, double value, double limit) {
        if (!(value >= 0 && value < limit)) {
            throw new IllegalArgumentException(name + " must be at least 0 and below " + limit + ", got " + value);
        }
    }
}
