package dev.gatun.layers.train;

import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a training made small and reported, kept with its state so that {@link Trainer#resume} knows it without being told again.
 *
 * @param losses  by output, those of Gatun's own
 * @param weights of losses by output; 1 where missing
 * @param metrics reported for each output with a loss, those of Gatun's own
 */
public record ObjectiveConfig(Map<String, Loss> losses, Map<String, Double> weights, List<Metric> metrics) {

    private static final String LOSSES = "losses";
    private static final String WEIGHTS = "loss_weights";
    private static final String METRICS = "metrics";

    /**
     * Checks that nothing is missing, and copies.
     *
     * @throws NullPointerException if an argument or something in it is null
     */
    public ObjectiveConfig {
        losses = Collections.unmodifiableMap(
                new LinkedHashMap<>(Arguments.all(losses, "ObjectiveConfig", "losses", "a loss for each output")));
        weights = Collections.unmodifiableMap(
                new LinkedHashMap<>(Arguments.all(weights, "ObjectiveConfig", "weights", "none is fine")));
        metrics = Arguments.copy(metrics, "ObjectiveConfig", "metrics", "none is fine");
    }

    /** What a training does, as far as a file can say it; empty if one of the losses is the user's own. */
    static Optional<ObjectiveConfig> of(Objective objective) {
        Map<String, Loss> losses = new LinkedHashMap<>();
        Map<String, Double> weights = new LinkedHashMap<>();
        for (int i = 0; i < objective.size(); i++) {
            Loss loss = objective.losses().get(i);
            if (!isOurs(loss)) {
                return Optional.empty();
            }
            losses.put(objective.names().get(i), loss);
            if (objective.weights().get(i) != 1) {
                weights.put(objective.names().get(i), objective.weights().get(i));
            }
        }
        return Optional.of(new ObjectiveConfig(losses, weights,
                objective.metrics().stream().filter(metric -> Metric.all().contains(metric)).toList()));
    }

    private static boolean isOurs(Loss loss) {
        try {
            return Loss.fromConfig(loss.toConfig()).equals(loss);
        } catch (IllegalArgumentException unknown) {
            return false;
        }
    }

    /** {@return plain values for a file} */
    public Map<String, Object> toConfig() {
        Map<String, Object> named = new LinkedHashMap<>();
        losses.forEach((output, loss) -> named.put(output, loss.toConfig()));
        Map<String, Object> config = new LinkedHashMap<>();
        config.put(LOSSES, named);
        config.put(WEIGHTS, new LinkedHashMap<>(weights));
        config.put(METRICS, metrics.stream().map(Metric::keyword).toList());
        return config;
    }

    /**
     * Reads what {@link #toConfig} wrote.
     *
     * @param config plain values
     * @return empty if they are not that
     */
    static Optional<ObjectiveConfig> read(Object config) {
        if (!(config instanceof Map<?, ?> map) || !(map.get(LOSSES) instanceof Map<?, ?> named)) {
            return Optional.empty();
        }
        Map<String, Loss> losses = new LinkedHashMap<>();
        Map<String, Double> weights = new LinkedHashMap<>();
        List<Metric> metrics = new ArrayList<>();
        try {
            ConfigReader reader = new ConfigReader("losses of a training", plain(named));
            for (String output : reader.values().keySet()) {
                losses.put(output, Loss.fromConfig(reader.inner(output).values()));
            }
            if (map.get(WEIGHTS) instanceof Map<?, ?> factors) {
                ConfigReader numbers = new ConfigReader("loss weights of a training", plain(factors));
                for (String output : numbers.values().keySet()) {
                    weights.put(output, numbers.number(output, 1));
                }
            }
            if (map.get(METRICS) instanceof List<?> names) {
                names.forEach(name -> metrics.add(Metric.of(String.valueOf(name))));
            }
            return Optional.of(new ObjectiveConfig(losses, weights, metrics));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    private static Map<String, Object> plain(Map<?, ?> map) {
        Map<String, Object> plain = new LinkedHashMap<>();
        map.forEach((key, value) -> plain.put(String.valueOf(key), value));
        return plain;
    }
}
