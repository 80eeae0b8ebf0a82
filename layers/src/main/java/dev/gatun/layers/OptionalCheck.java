package dev.gatun.layers;

import java.util.Optional;

/** The condition on an option that may be absent: that of its value, if it is there. */
record OptionalCheck<V>(OptionCheck<V> check) implements OptionCheck<Optional<V>> {

    @Override
    public String problem(String option, Optional<V> value) {
        return value.isEmpty() ? null : check.problem(option, value.get());
    }
}
