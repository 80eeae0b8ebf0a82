package dev.gatun.memory.check;

import java.util.Arrays;
import java.util.List;

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
}
