package dev.gatun.layers.train;

import dev.gatun.layers.OptionReader;
import dev.gatun.memory.check.Arguments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Plain values from a file, read by name; a value of another kind is refused with what it belongs to. What an
 * {@link OptimizerType} reads its optimizer from.
 *
 * @param what   whose values these are, for messages: {@code optimizer}
 * @param values by name, not copied
 */
public record ConfigReader(String what, Map<String, Object> values) {

    /** What Keras writes about every optimizer and Gatun reads or may pass over. */
    private static final Set<String> COMMON = Set.of("learning_rate", "clipnorm", "clipvalue", "global_clipnorm",
            "name",
            "ema_momentum", "jit_compile", "is_legacy_optimizer", "dtype", "build_config");

    /**
     * Takes the values.
     *
     * @throws NullPointerException if one of the two is null
     */
    public ConfigReader {
        Arguments.required(what, "ConfigReader", "what", "whose values these are, for example \"optimizer\"");
        Arguments.required(values, "ConfigReader", "values", "plain values by name");
    }

    /**
     * A text that must be there.
     *
     * @param key its name
     * @return the text
     * @throws IllegalArgumentException if it is missing or no text
     */
    public String text(String key) {
        required(key, "text");
        if (values.get(key) instanceof String text) {
            return text;
        }
        throw wrong(key, "a text");
    }

    private static void required(String key, String method) {
        Arguments.required(key, "ConfigReader." + method, "key", "the name of a value");
    }

    /**
     * A number.
     *
     * @param key       its name
     * @param otherwise the result if there is none
     * @return the number
     * @throws IllegalArgumentException if there is something else
     */
    public double number(String key, double otherwise) {
        required(key, "number");
        return switch (values.get(key)) {
            case null -> otherwise;
            case Number number -> number.doubleValue();
            default -> throw wrong(key, "a number");
        };
    }

    /**
     * A yes or no.
     *
     * @param key       its name
     * @param otherwise the result if there is none
     * @return the flag
     * @throws IllegalArgumentException if there is something else
     */
    public boolean flag(String key, boolean otherwise) {
        required(key, "flag");
        return switch (values.get(key)) {
            case null -> otherwise;
            case Boolean flag -> flag;
            default -> throw wrong(key, "true or false");
        };
    }

    /** The values below a key; none if it is not there. */
    ConfigReader inner(String key) {
        return switch (values.get(key)) {
            case null -> new ConfigReader(what, Map.of());
            case Map<?, ?> map -> {
                Map<String, Object> named = new LinkedHashMap<>();
                map.forEach((name, value) -> named.put(String.valueOf(name), value));
                yield new ConfigReader(what, named);
            }
            default -> throw wrong(key, "a map");
        };
    }

    /**
     * Refuses what nobody reads: it would be dropped without a word.
     *
     * @param known names that are read, beside those that every optimizer of Keras has
     * @throws IllegalArgumentException if anything else is set to more than null, false or 0
     */
    public void refuseBeside(String... known) {
        Arguments.all(known, "ConfigReader.refuseBeside", "known", "the names that are read");
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
}
