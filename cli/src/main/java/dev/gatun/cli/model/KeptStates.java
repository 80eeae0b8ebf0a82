package dev.gatun.cli.model;

import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelConfig;
import java.util.List;
import java.util.Map;

/** Whether a layer of a model, wherever it stands, is stateful. */
final class KeptStates {

    private static final String OPTION = "stateful";

    private KeptStates() {}

    static boolean in(Model model) {
        return in(ModelConfig.toMap(model.graph()));
    }

    private static boolean in(Object config) {
        return switch (config) {
            case Map<?, ?> map ->
                Boolean.TRUE.equals(map.get(OPTION)) || map.values().stream().anyMatch(KeptStates::in);
            case List<?> list -> list.stream().anyMatch(KeptStates::in);
            case null, default -> false;
        };
    }
}
