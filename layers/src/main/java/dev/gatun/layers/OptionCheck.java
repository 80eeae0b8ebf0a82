package dev.gatun.layers;

/**
 * A condition on the values of an option.
 *
 * @param <V> type of the values
 */
public interface OptionCheck<V> {

    /**
     * Looks at a value.
     *
     * @param option name of the option
     * @param value  never null
     * @return what was expected, what was got and the fix; null if nothing is wrong
     */
    String problem(String option, V value);
}
