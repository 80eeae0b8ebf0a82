package dev.gatun.layers;

import dev.gatun.memory.check.Arguments;
import java.util.List;

/**
 * What Keras gives a call of a layer by name, beside what every call has: files name it, and Gatun has it elsewhere.
 *
 * @param values  names of arguments that are values of the graph, in the order in which Gatun's call has them as data; one that is
 *                left out before another is the one before it, as a key is the value. Empty if the data have no names
 * @param options names of arguments that are true or false and options of Gatun's layer
 */
public record KerasCall(List<String> values, List<String> options) {

    /** Data and nothing else. */
    public static final KerasCall PLAIN = new KerasCall(List.of(), List.of());

    /**
     * Keeps copies.
     *
     * @throws NullPointerException naming what is missing
     */
    public KerasCall {
        values = List.copyOf(Arguments.all(values, "KerasCall", "values", "names, none is fine"));
        options = List.copyOf(Arguments.all(options, "KerasCall", "options", "names, none is fine"));
    }
}
