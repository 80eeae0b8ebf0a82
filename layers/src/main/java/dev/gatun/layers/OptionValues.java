package dev.gatun.layers;

import dev.gatun.memory.check.Arguments;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What options are set to; one that was not given has its default. Immutable; equal if the options and all values are. */
public final class OptionValues {

    private final List<Option<?>> options;
    private final Map<Option<?>, Object> given;

    private OptionValues(List<Option<?>> options, Map<Option<?>, Object> given) {
        this.options = options;
        this.given = given;
    }

    /**
     * The defaults.
     *
     * @param options in the order of files and docs
     * @return nothing given yet
     */
    public static OptionValues of(List<Option<?>> options) {
        return new OptionValues(
                List.copyOf(Arguments.all(options, "OptionValues.of", "options", "those of a class")), Map.of());
    }

    /**
     * A value.
     *
     * @param <V>    its type
     * @param option one of these
     * @return what was given, or the default
     */
    public <V> V get(Option<V> option) {
        Arguments.required(option, "OptionValues.get", "option", "an option of the class");
        @SuppressWarnings("unchecked")
        V value = (V) given.get(option);
        return value == null ? option.standard() : value;
    }

    /**
     * Another value.
     *
     * @param <V>    its type
     * @param option one of these
     * @param value  not null
     * @param owner  whose options these are, for messages: {@code LSTM 'first'}; empty if an option's name says enough
     * @return values that have it
     * @throws IllegalArgumentException naming expected, got and the fix
     */
    public <V> OptionValues with(Option<V> option, V value, String owner) {
        Arguments.required(option, "OptionValues.with", "option", "an option of the class");
        Arguments.required(owner, "OptionValues.with", "owner", "whose options these are, or an empty text");
        option.require(owner, value);
        Map<Option<?>, Object> more = new IdentityHashMap<>(given);
        more.put(option, value);
        return new OptionValues(options, more);
    }

    /**
     * The values under the options' names.
     *
     * @return numbers, text, booleans, lists and maps only, in the order of the options; the caller's own
     */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Option<?> option : options) {
            put(map, option);
        }
        return map;
    }

    private <V> void put(Map<String, Object> map, Option<V> option) {
        if (!option.isKerass() && get(option).equals(option.standard())) {
            return;
        }
        Object plain = option.kind().write(get(option));
        if (plain != null) {
            map.put(option.name(), plain);
        }
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof OptionValues that) || !options.equals(that.options)) {
            return false;
        }
        for (Option<?> option : options) {
            if (!Objects.equals(get(option), that.get(option))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (Option<?> option : options) {
            hash = 31 * hash + Objects.hashCode(get(option));
        }
        return hash;
    }

    @Override
    public String toString() {
        return toMap().toString();
    }
}
