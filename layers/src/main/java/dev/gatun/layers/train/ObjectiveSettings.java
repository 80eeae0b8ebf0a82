package dev.gatun.layers.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a trainer was told of losses and metrics.
 *
 * @param common  the loss of every output that has none by name, or null
 * @param losses  by output
 * @param weights of losses by output; 1 where missing
 * @param metrics reported for each output with a loss
 */
record ObjectiveSettings(Loss common, Map<String, Loss> losses, Map<String, Double> weights, List<Metric> metrics) {

    static final ObjectiveSettings NONE = new ObjectiveSettings(null, Map.of(), Map.of(), List.of());

    ObjectiveSettings withCommon(Loss loss) {
        return new ObjectiveSettings(loss, losses, weights, metrics);
    }

    ObjectiveSettings withLoss(String output, Loss loss) {
        return new ObjectiveSettings(common, with(losses, output, loss), weights, metrics);
    }

    ObjectiveSettings withWeight(String output, double weight) {
        return new ObjectiveSettings(common, losses, with(weights, output, weight), metrics);
    }

    ObjectiveSettings withMetrics(List<Metric> others) {
        return new ObjectiveSettings(common, losses, weights, others);
    }

    /** As they are, or, if they name no loss, those that a training was kept with. */
    ObjectiveSettings orKept(Optional<TrainingState> state) {
        if (common != null || !losses.isEmpty()) {
            return this;
        }
        return state.flatMap(TrainingState::objective)
                .map(kept -> new ObjectiveSettings(null, kept.losses(), weights.isEmpty() ? kept.weights() : weights,
                        metrics.isEmpty() ? kept.metrics() : metrics))
                .orElse(this);
    }

    private static <V> Map<String, V> with(Map<String, V> map, String key, V value) {
        Map<String, V> more = new LinkedHashMap<>(map);
        more.put(key, value);
        return more;
    }
}
