package dev.gatun.cli.model;

import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelConfig;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Up to where ids may go, so that each layer of a model knows them. */
public final class Vocabulary {

    /** Options that say how many ids a layer knows. */
    private static final Set<String> COUNTS = Set.of("input_dim", "num_tokens");
    /** Where no layer says: what every encoding knows. */
    private static final int LEAST = 2;

    private Vocabulary() {}

    /** All ids below this are known to every layer; at least 1. */
    public static int of(Model model) {
        long smallest = smallest(ModelConfig.toMap(model.graph()));
        return smallest == Long.MAX_VALUE ? LEAST : Math.clamp(smallest, 1, Integer.MAX_VALUE);
    }

    private static long smallest(Object config) {
        return switch (config) {
            case Map<?, ?> map -> map.entrySet().stream()
                    .mapToLong(entry -> COUNTS.contains(entry.getKey()) && entry.getValue() instanceof Number count
                            ? count.longValue()
                            : smallest(entry.getValue()))
                    .min().orElse(Long.MAX_VALUE);
            case List<?> list -> list.stream().mapToLong(Vocabulary::smallest).min().orElse(Long.MAX_VALUE);
            case null, default -> Long.MAX_VALUE;
        };
    }
}
