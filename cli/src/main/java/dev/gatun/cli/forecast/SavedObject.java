package dev.gatun.cli.forecast;

import dev.gatun.cli.console.Refusal;
import dev.gatun.formats.PlainJson;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What {@code gatun train} leaves in a model's metadata: an object under a key of its own.
 *
 * @param values by name; what is not there has the value that Java gives a new field
 */
record SavedObject(Map<String, Object> values) {

    /**
     * The object, read.
     *
     * @param metadata of the model
     * @param key      of the object
     * @param read     throws an {@link IllegalArgumentException} that says what is wrong with an object
     * @return empty if there is none
     * @throws Refusal if there is one that cannot be understood
     */
    static <T> Optional<T> in(Map<String, String> metadata, String key, Function<SavedObject, T> read) {
        String text = metadata.get(key);
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(read.apply(new SavedObject(PlainJson.object(key, text))));
        } catch (IllegalArgumentException unsound) {
            throw new Refusal("The model's metadata '" + key + "' is damaged (" + unsound.getMessage()
                    + "); train the model again");
        }
    }

    boolean has(String name) {
        return values.get(name) != null;
    }

    String text(String name) {
        return has(name) ? String.valueOf(values.get(name)) : "";
    }

    int whole(String name) {
        return values.get(name) instanceof Long number ? Math.clamp(number, Integer.MIN_VALUE, Integer.MAX_VALUE) : 0;
    }

    boolean isTrue(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    List<String> texts(String name) {
        return list(name).stream().map(String::valueOf).toList();
    }

    /** @throws IllegalArgumentException if there is something else among them */
    double[] numbers(String name) {
        return list(name).stream().mapToDouble(each -> {
            if (each instanceof Number number) {
                return number.doubleValue();
            }
            throw new IllegalArgumentException("'" + name + "' holds something that is no number");
        }).toArray();
    }

    private List<?> list(String name) {
        return values.get(name) instanceof List<?> list ? list : List.of();
    }

    /** Numbers as they are kept. */
    static List<Double> of(double[] numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }
}
