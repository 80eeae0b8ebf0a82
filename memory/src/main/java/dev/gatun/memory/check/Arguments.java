package dev.gatun.memory.check;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The check at the door of a public method for an argument that is null: the message names the method, the argument and
 * what to give instead.
 */
public final class Arguments {

    private Arguments() {}

    /**
     * @param <T>      the argument's type
     * @param argument what the caller gave
     * @param method   whose argument it is: {@code "Trainer.loss"}
     * @param name     the argument's name
     * @param expected what to give: {@code "for example Loss.MSE"}
     * @return the argument
     * @throws NullPointerException if it is null
     */
    public static <T> T required(T argument, String method, String name, String expected) {
        if (argument == null) {
            throw new NullPointerException(method + ": " + name + " is null; give " + expected);
        }
        return argument;
    }

    /**
     * As {@link #required}, for a list of which no element may be null either.
     *
     * @param <T>      the elements' type
     * @param argument what the caller gave
     * @param method   whose argument it is
     * @param name     the argument's name
     * @param expected what to give
     * @return the argument
     * @throws NullPointerException if it or an element is null
     */
    public static <T> List<T> all(List<T> argument, String method, String name, String expected) {
        required(argument, method, name, expected);
        for (int i = 0; i < argument.size(); i++) {
            if (argument.get(i) == null) {
                throw new NullPointerException(
                        method + ": element " + i + " of " + name + " is null; give " + expected);
            }
        }
        return argument;
    }

    /**
     * As {@link #all(List, String, String, String)}, for who keeps the list.
     *
     * @param <T>      the elements' type
     * @param argument what the caller gave
     * @param method   whose argument it is
     * @param name     the argument's name
     * @param expected what to give
     * @return a copy that nobody changes
     * @throws NullPointerException if it or an element is null
     */
    public static <T> List<T> copy(List<T> argument, String method, String name, String expected) {
        return List.copyOf(all(argument, method, name, expected));
    }

    /**
     * As {@link #all(List, String, String, String)}, for an array.
     *
     * @param <T>      the elements' type
     * @param argument what the caller gave
     * @param method   whose argument it is
     * @param name     the argument's name
     * @param expected what to give
     * @return the argument as a list
     * @throws NullPointerException if it or an element is null
     */
    public static <T> List<T> all(T[] argument, String method, String name, String expected) {
        return all(Arrays.asList(required(argument, method, name, expected)), method, name, expected);
    }

    /**
     * As {@link #required}, for a map of which no key and no value may be null either.
     *
     * @param <K>      the keys' type
     * @param <V>      the values' type
     * @param argument what the caller gave
     * @param method   whose argument it is
     * @param name     the argument's name
     * @param expected what to give
     * @return the argument
     * @throws NullPointerException if it, a key or a value is null
     */
    public static <K, V> Map<K, V> all(Map<K, V> argument, String method, String name, String expected) {
        for (Map.Entry<K, V> entry : required(argument, method, name, expected).entrySet()) {
            if (entry.getKey() == null) {
                throw new NullPointerException(method + ": a key of " + name + " is null; give " + expected);
            }
            if (entry.getValue() == null) {
                throw new NullPointerException(
                        method + ": element '" + entry.getKey() + "' of " + name + " is null; give " + expected);
            }
        }
        return argument;
    }
}
