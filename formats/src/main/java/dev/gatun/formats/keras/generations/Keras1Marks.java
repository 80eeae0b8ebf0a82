package dev.gatun.formats.keras.generations;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** Whether a configuration without a version was written by Keras 1: by the names of options that Keras 2 changed. */
final class Keras1Marks {

    private static final Set<String> NAMES = Set.of("inner_activation", "inner_init", "consume_less", "nb_filter",
            "border_mode", "W_regularizer", "b_regularizer", "init", "dropout_W");

    private Keras1Marks() {}

    static boolean areIn(Object json) {
        return switch (json) {
            case Map<?, ?> map -> map.keySet().stream().anyMatch(NAMES::contains) || areInAny(map.values());
            case Collection<?> all -> areInAny(all);
            case null, default -> false;
        };
    }

    private static boolean areInAny(Collection<?> all) {
        return all.stream().anyMatch(Keras1Marks::areIn);
    }
}
