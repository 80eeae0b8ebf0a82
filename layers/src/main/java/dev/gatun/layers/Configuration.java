package dev.gatun.layers;

import dev.gatun.memory.check.Arguments;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The values of a layer's options, and its name. Immutable; equal if class, name and all values are. */
public final class Configuration {

    private final OptionSet options;
    private final String name;
    private final boolean trainable;
    private final Map<Option<?>, Object> values;

    private Configuration(OptionSet options, String name, boolean trainable, Map<Option<?>, Object> values) {
        this.options = options;
        this.name = name;
        this.trainable = trainable;
        this.values = values;
    }

    /**
     * The defaults.
     *
     * @param options of the class
     * @return without a name; required options are still to be given
     */
    public static Configuration of(OptionSet options) {
        Arguments.required(options, "Configuration.of", "options", "those of a class of layers");
        return new Configuration(options, null, true, Map.of());
    }

    /**
     * The options there are.
     *
     * @return those of the class
     */
    public OptionSet options() {
        return options;
    }

    /**
     * The name the user gave.
     *
     * @return null for the default
     */
    public String name() {
        return name;
    }

    /**
     * Another name.
     *
     * @param newName null for the default
     * @return the same values under it
     */
    public Configuration named(String newName) {
        return new Configuration(options, newName, trainable, values);
    }

    /**
     * Whether a training may change the layer's weights.
     *
     * @return true unless it was said otherwise
     */
    public boolean trainable() {
        return trainable;
    }

    /**
     * Says whether a training may change the layer's weights.
     *
     * @param value false to keep them as they are
     * @return the same values with it
     */
    public Configuration trainable(boolean value) {
        return new Configuration(options, name, value, values);
    }

    /**
     * A value.
     *
     * @param <V>    its type
     * @param option of the class
     * @return what was given, or the default
     */
    public <V> V get(Option<V> option) {
        Arguments.required(option, "Configuration.get", "option", "an option of the class");
        @SuppressWarnings("unchecked")
        V value = (V) values.get(option);
        return value == null ? option.standard() : value;
    }

    /**
     * Another value.
     *
     * @param <V>    its type
     * @param option of the class
     * @param value  not null
     * @return a configuration that has it
     * @throws IllegalArgumentException naming layer, expected, got and the fix
     */
    public <V> Configuration with(Option<V> option, V value) {
        Arguments.required(option, "Configuration.with", "option", "an option of the class");
        option.require(owner(), value);
        Map<Option<?>, Object> more = new IdentityHashMap<>(values);
        more.put(option, value);
        return new Configuration(options, name, trainable, more);
    }

    private String owner() {
        return options.kind() + (name == null ? "" : " '" + name + "'");
    }

    /**
     * Everything but the name, under Keras's argument names.
     *
     * @return numbers, text, booleans, lists and maps only, in the order of the options
     */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Option<?> option : options.options()) {
            put(map, option);
        }
        if (!trainable) {
            map.put(OptionSet.TRAINABLE, false);
        }
        return map;
    }

    private <V> void put(Map<String, Object> map, Option<V> option) {
        map.put(option.name(), option.kind().write(get(option)));
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Configuration that) || options != that.options
                || !Objects.equals(name, that.name) || trainable != that.trainable) {
            return false;
        }
        for (Option<?> option : options.options()) {
            if (!Objects.equals(get(option), that.get(option))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = Objects.hashCode(name);
        for (Option<?> option : options.options()) {
            hash = 31 * hash + Objects.hashCode(get(option));
        }
        return hash;
    }

    @Override
    public String toString() {
        return owner() + " " + toMap();
    }
}
