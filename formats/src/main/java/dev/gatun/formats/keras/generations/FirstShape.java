package dev.gatun.formats.keras.generations;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The shape of what a Sequential reads, which the first layer of a model within it may have to say. */
final class FirstShape {

    /** Where a Sequential may say it itself. */
    static final String KEY = "build_input_shape";

    private static final List<String> SAID = List.of("batch_shape", "batch_input_shape", KEY);

    private FirstShape() {}

    static Optional<Object> of(List<?> layers) {
        if (layers.isEmpty() || !(layers.getFirst() instanceof Map<?, ?> first)
                || !(first.get("config") instanceof Map<?, ?> config)) {
            return Optional.empty();
        }
        for (String key : SAID) {
            if (config.get(key) != null) {
                return Optional.of(config.get(key));
            }
        }
        return config.get("layers") instanceof List<?> within ? of(within) : Optional.empty();
    }
}
