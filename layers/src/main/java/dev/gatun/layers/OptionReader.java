package dev.gatun.layers;

import dev.gatun.layers.value.ValueType;
import dev.gatun.memory.Shape;
import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * A plain map of a configuration, read key by key. Every key must be asked for, in one way or another, before
 * {@link #requireNothingLeft}: so no option is ever dropped without a word. A null value is the same as no value, and what a
 * missing value is read as may be null too.
 */
public final class OptionReader {

    /** Elements of a list in a message; a file may hold millions. */
    private static final int MOST_SHOWN = 20;

    private final String owner;
    private final Map<String, Object> values;
    private final LayerTypes types;
    private final Set<String> asked = new HashSet<>();

    /**
     * A reader of a map that holds no layers.
     *
     * @param owner  whose options these are, for messages: {@code Layer 'lstm' (LSTM)}
     * @param values the map
     */
    public OptionReader(String owner, Map<String, Object> values) {
        this(owner, values, new LayerTypes(List.of()));
    }

    /**
     * A reader of a map that may hold layers.
     *
     * @param owner  whose options these are, for messages: {@code Layer 'lstm' (LSTM)}
     * @param values the map
     * @param types  of layers within
     */
    OptionReader(String owner, Map<String, Object> values, LayerTypes types) {
        Arguments.required(owner, "OptionReader", "owner", "whose options these are, for messages");
        Arguments.required(values, "OptionReader", "values", "the options");
        this.owner = owner;
        this.values = values;
        this.types = types;
    }

    /**
     * The types of layers within.
     *
     * @return none for a reader of a map that holds no layers
     */
    public LayerTypes types() {
        return types;
    }

    /**
     * Whose options these are.
     *
     * @return for messages
     */
    public String owner() {
        return owner;
    }

    /**
     * Whether a value is there.
     *
     * @param key of the option
     * @return false if it is absent or null
     */
    public boolean has(String key) {
        Arguments.required(key, "OptionReader.has", "key", "the name of an option");
        return get(key) != null;
    }

    /**
     * Whether a value is a list.
     *
     * @param key of the option
     * @return false if it is absent or something else
     */
    public boolean isList(String key) {
        Arguments.required(key, "OptionReader.isList", "key", "the name of an option");
        return get(key) instanceof List<?>;
    }

    /**
     * A whole number that must be there.
     *
     * @param key name of the option
     * @return its value
     * @throws IllegalArgumentException if it is missing or not a whole number that fits an int
     */
    public int integer(String key) {
        Arguments.required(key, "OptionReader.integer", "key", "the name of an option");
        Object value = required(key);
        double number = value instanceof Number given ? given.doubleValue() : Double.NaN;
        if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
            throw wrong(key, "a whole number", value);
        }
        return (int) number;
    }

    /**
     * A number.
     *
     * @param key       name of the option
     * @param otherwise the result if there is no value
     * @return its value
     * @throws IllegalArgumentException if it is not a number: names owner, option, expected and got
     */
    public double number(String key, double otherwise) {
        Arguments.required(key, "OptionReader.number", "key", "the name of an option");
        Object value = get(key);
        if (value != null && !(value instanceof Number)) {
            throw wrong(key, "a number", value);
        }
        return value == null ? otherwise : ((Number) value).doubleValue();
    }

    /**
     * Numbers: one, or a list of numbers or of such lists.
     *
     * @param key name of the option
     * @return all of them, in their order
     * @throws IllegalArgumentException if it is missing or holds anything else: names owner, option, expected and got
     */
    public List<Double> numbers(String key) {
        Arguments.required(key, "OptionReader.numbers", "key", "the name of an option");
        List<Double> numbers = new ArrayList<>();
        addNumbers(key, required(key), numbers);
        return List.copyOf(numbers);
    }

    private void addNumbers(String key, Object value, List<Double> numbers) {
        switch (value) {
            case Number number -> numbers.add(number.doubleValue());
            case List<?> list -> list.forEach(each -> addNumbers(key, each, numbers));
            case null, default -> throw wrong(key, "a number or a list of numbers", get(key));
        }
    }

    /**
     * A yes or no.
     *
     * @param key       name of the option
     * @param otherwise the result if there is no value
     * @return its value
     * @throws IllegalArgumentException if it is neither true nor false: names owner, option, expected and got
     */
    public boolean flag(String key, boolean otherwise) {
        Arguments.required(key, "OptionReader.flag", "key", "the name of an option");
        Object value = get(key);
        if (value != null && !(value instanceof Boolean)) {
            throw wrong(key, "true or false", value);
        }
        return value == null ? otherwise : (Boolean) value;
    }

    /**
     * A text that must be there.
     *
     * @param key name of the option
     * @return its value
     * @throws IllegalArgumentException if it is missing or not text
     */
    public String text(String key) {
        Arguments.required(key, "OptionReader.text", "key", "the name of an option");
        Object value = required(key);
        if (!(value instanceof String text)) {
            throw wrong(key, "text", value);
        }
        return text;
    }

    /**
     * A type of numbers by Keras's name.
     *
     * @param key name of the option
     * @return its value
     * @throws IllegalArgumentException if it is missing or none that Gatun has: names owner, option, expected and got
     */
    public ValueType valueType(String key) {
        Arguments.required(key, "OptionReader.valueType", "key", "the name of an option");
        ValueType type = get(key) instanceof String keyword ? ValueType.of(keyword) : null;
        if (type == null) {
            throw wrong(key, "float32, int32 or bool", required(key));
        }
        return type;
    }

    /**
     * A text.
     *
     * @param key       name of the option
     * @param otherwise the result if there is no value, may be null
     * @return its value
     * @throws IllegalArgumentException if it is not text: names owner, option, expected and got
     */
    public String text(String key, String otherwise) {
        Arguments.required(key, "OptionReader.text", "key", "the name of an option");
        return get(key) == null ? otherwise : text(key);
    }

    /**
     * A list that must be there.
     *
     * @param key name of the option
     * @return its value, elements unchecked
     * @throws IllegalArgumentException if it is missing or not a list
     */
    public List<?> list(String key) {
        Arguments.required(key, "OptionReader.list", "key", "the name of an option");
        Object value = required(key);
        if (!(value instanceof List<?> list)) {
            throw wrong(key, "a list", value);
        }
        return list;
    }

    /**
     * A map that must be there.
     *
     * @param key name of the option
     * @return its value, not copied
     * @throws IllegalArgumentException if it is missing or not a map with text as keys
     */
    public Map<String, Object> map(String key) {
        Arguments.required(key, "OptionReader.map", "key", "the name of an option");
        return asMap(required(key), owner + ": " + key);
    }

    /**
     * A map that must be there, as options with checks of their own.
     *
     * @param key name of the option
     * @return options whose owner in messages is this owner and the key
     * @throws IllegalArgumentException if it is missing or not a map with text as keys
     */
    public OptionReader nested(String key) {
        Arguments.required(key, "OptionReader.nested", "key", "the name of an option");
        return new OptionReader(owner + ": " + key, map(key));
    }

    /**
     * Any value as a map with text as keys.
     *
     * @param value may be null, which is refused as no map
     * @param what  where the value stands, for messages
     * @return the value itself, not copied
     * @throws IllegalArgumentException if it is not a map with text as keys
     */
    public static Map<String, Object> asMap(Object value, String what) {
        Arguments.required(what, "OptionReader.asMap", "what", "a word for messages");
        if (!(value instanceof Map<?, ?> map) || !hasTextAsKeys(map)) {
            throw new IllegalArgumentException(what + ": expected a map, got " + shown(value));
        }
        @SuppressWarnings("unchecked")
        Map<String, Object> checked = (Map<String, Object>) map;
        return checked;
    }

    private static boolean hasTextAsKeys(Map<?, ?> map) {
        for (Object key : map.keySet()) {
            if (!(key instanceof String)) {
                return false;
            }
        }
        return true;
    }

    /**
     * An activation by its keyword, or by class name and arguments.
     *
     * @param key of the option
     * @return the function
     * @throws IllegalArgumentException naming the functions there are
     */
    public ActivationFunction activation(String key) {
        Arguments.required(key, "OptionReader.activation", "key", "the name of an option");
        try {
            return get(key) instanceof Map<?, ?> ? activation(nested(key)) : ActivationFunction.of(text(key));
        } catch (IllegalArgumentException unknown) {
            throw named(key, unknown);
        }
    }

    private static ActivationFunction activation(OptionReader options) {
        String keyword = options.text("class_name");
        Map<String, Number> arguments = new LinkedHashMap<>();
        OptionReader config = new OptionReader(options.owner(), options.map("config"));
        for (String name : options.map("config").keySet()) {
            arguments.put(name, config.number(name, 0));
        }
        options.requireNothingLeft();
        return ActivationFunction.of(keyword, arguments);
    }

    /**
     * An initializer.
     *
     * @param key of the option
     * @return the initializer
     * @throws IllegalArgumentException naming the initializers there are
     */
    public Initializer initializer(String key) {
        Arguments.required(key, "OptionReader.initializer", "key", "the name of an option");
        try {
            return InitializerConfig.of(nested(key));
        } catch (IllegalArgumentException unknown) {
            throw named(key, unknown);
        }
    }

    /**
     * What a class name and its arguments make, of a kind that few files hold: every file would pay for the lambda.
     *
     * @param key  of the option
     * @param made from the nested options
     * @throws IllegalArgumentException naming the option, and what there is
     */
    <V> V made(String key, Function<OptionReader, V> made) {
        try {
            return made.apply(nested(key));
        } catch (IllegalArgumentException unknown) {
            throw named(key, unknown);
        }
    }

    /**
     * A shape; null stands for an unknown size.
     *
     * @param key of the option
     * @return the shape
     * @throws IllegalArgumentException if a size is neither a whole number from 0 nor null
     */
    public Shape shape(String key) {
        Arguments.required(key, "OptionReader.shape", "key", "the name of an option");
        List<?> sizes = list(key);
        long[] dims = new long[sizes.size()];
        for (int axis = 0; axis < dims.length; axis++) {
            Object size = sizes.get(axis);
            if (size != null && !(size instanceof Long || size instanceof Integer)) {
                throw wrong(key, "whole numbers or null", sizes);
            }
            dims[axis] = size == null ? Shape.UNKNOWN : ((Number) size).longValue();
            if (size != null && dims[axis] < 0) {
                throw new IllegalArgumentException(owner + ": a size cannot be negative, got " + key + " " + sizes);
            }
        }
        return Shape.of(dims);
    }

    /**
     * Whole numbers.
     *
     * @param key of the option
     * @return the numbers
     * @throws IllegalArgumentException if one is not a whole number that fits an int
     */
    public List<Integer> integers(String key) {
        Arguments.required(key, "OptionReader.integers", "key", "the name of an option");
        List<Integer> integers = new ArrayList<>();
        for (Object number : list(key)) {
            integers.add(new OptionReader(owner, Map.of(key, number)).integer(key));
        }
        return integers;
    }

    /**
     * An axis or several.
     *
     * @param key of the option
     * @return one whole number, or those of a list
     * @throws IllegalArgumentException if one is not a whole number that fits an int
     */
    public List<Integer> axes(String key) {
        Arguments.required(key, "OptionReader.axes", "key", "the name of an option");
        return required(key) instanceof List<?> ? integers(key) : List.of(integer(key));
    }

    /**
     * A layer within, as class_name, name and config.
     *
     * @param key of the option
     * @return the layer
     * @throws IllegalArgumentException naming the layer, and what of it is not supported
     */
    public Layer layer(String key) {
        Arguments.required(key, "OptionReader.layer", "key", "the name of an option");
        OptionReader inner = new OptionReader(owner + ": its layer", map(key), types);
        Layer layer = types.layer(inner.text("class_name"), inner.text("name", null), inner.map("config"));
        inner.requireNothingLeft();
        return layer;
    }

    /**
     * Layers within, each as class_name, name and config.
     *
     * @param key of the option
     * @return the layers
     * @throws IllegalArgumentException naming the layer, and what of it is not supported
     */
    public List<Layer> layers(String key) {
        Arguments.required(key, "OptionReader.layers", "key", "the name of an option");
        List<Layer> layers = new ArrayList<>();
        for (Object layer : list(key)) {
            layers.add(new OptionReader(owner, Collections.singletonMap(key, layer), types).layer(key));
        }
        return List.copyOf(layers);
    }

    private IllegalArgumentException named(String key, IllegalArgumentException unknown) {
        String said = unknown.getMessage();
        return new IllegalArgumentException(said.startsWith(owner) ? said : owner + ": " + key + ": " + said, unknown);
    }

    /**
     * Passes over options that change no result, whatever their value.
     *
     * @param keys names of the options
     */
    public void ignore(String... keys) {
        Arguments.all(keys, "OptionReader.ignore", "keys", "the names of options");
        asked.addAll(List.of(keys));
    }

    /**
     * Passes over an option that Gatun does not have, as long as it asks for nothing.
     *
     * @param key     name of the option
     * @param neutral the one value that changes nothing; null to refuse every value
     * @throws IllegalArgumentException if it has another value: names owner, option, value and what is supported
     */
    public void only(String key, Object neutral) {
        Arguments.required(key, "OptionReader.only", "key", "the name of an option");
        Object value = get(key);
        boolean same = value instanceof Number number && neutral instanceof Number other
                ? number.doubleValue() == other.doubleValue()
                : Objects.equals(value, neutral);
        if (value != null && !same) {
            throw new IllegalArgumentException(owner + " has " + key + "=" + shown(value)
                    + ", which Gatun does not support; only " + key + "=" + neutral + " is");
        }
    }

    /**
     * Refuses options that no one has asked for: they would be dropped without a word.
     *
     * @throws IllegalArgumentException naming the options that are left, and those that are known
     */
    public void requireNothingLeft() {
        List<String> left = new ArrayList<>();
        for (Map.Entry<String, Object> entry : values.entrySet()) {
            if (!asked.contains(entry.getKey()) && entry.getValue() != null) {
                left.add(entry.getKey() + "=" + shown(entry.getValue()));
            }
        }
        if (!left.isEmpty()) {
            throw new IllegalArgumentException(owner + " has an option that Gatun does not know: "
                    + String.join(", ", left) + "; known are " + String.join(", ", asked.stream().sorted().toList()));
        }
    }

    private Object get(String key) {
        asked.add(key);
        return values.get(key);
    }

    private Object required(String key) {
        Object value = get(key);
        if (value == null) {
            throw new IllegalArgumentException(owner + ": " + key + " is missing");
        }
        return value;
    }

    private IllegalArgumentException wrong(String key, String expected, Object value) {
        return new IllegalArgumentException(
                owner + ": expected " + expected + " for " + key + ", got " + shown(value));
    }

    /**
     * A value out of a file, fit for a message.
     *
     * @param value plain, or null
     * @return not longer than a message should be; text in quotes
     */
    public static String shown(Object value) {
        String text = text(value);
        String cut = text.length() > 100 ? text.substring(0, 100) + "..." : text;
        return value instanceof String ? "'" + cut + "'" : cut;
    }

    /** Arrays of numbers, which stand for lists of them, show their numbers. */
    private static String text(Object value) {
        return switch (value) {
            case List<?> list -> {
                List<String> shown = new ArrayList<>();
                list.subList(0, Math.min(list.size(), MOST_SHOWN)).forEach(each -> shown.add(text(each)));
                yield shown + more(list.size());
            }
            case float[] numbers ->
                Arrays.toString(Arrays.copyOf(numbers, Math.min(numbers.length, MOST_SHOWN))) + more(numbers.length);
            case null, default -> String.valueOf(value);
        };
    }

    private static String more(int size) {
        return size > MOST_SHOWN ? " and " + (size - MOST_SHOWN) + " more" : "";
    }
}
