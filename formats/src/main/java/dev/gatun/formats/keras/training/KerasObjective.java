package dev.gatun.formats.keras.training;

import dev.gatun.formats.FormatException;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.train.BinaryCrossentropy;
import dev.gatun.layers.train.CategoricalCrossentropy;
import dev.gatun.layers.train.Huber;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Metric;
import dev.gatun.layers.train.ObjectiveConfig;
import dev.gatun.layers.train.SparseCategoricalCrossentropy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model of Keras's was compiled with beside the optimizer: losses, their weights and metrics, each one for all outputs, in the
 * order of the outputs, or by their names.
 *
 * @param compiled a {@code compile_config} or {@code training_config}
 * @param outputs  names of the model's outputs
 * @param notes    receives what is not as it was there
 */
record KerasObjective(Map<?, ?> compiled, List<String> outputs, List<String> notes) {

    private static final String CLASS = "class_name";
    private static final String CONFIG = "config";
    private static final String METRICS = "metrics";

    /** Empty if one of the losses is none of ours, or there is none. */
    static Optional<ObjectiveConfig> of(Map<?, ?> compiled, Model model, List<String> notes) {
        return new KerasObjective(compiled, model.outputNames(), notes).read();
    }

    private Optional<ObjectiveConfig> read() {
        Map<String, Loss> losses = new LinkedHashMap<>();
        Map<String, Double> weights = new LinkedHashMap<>();
        try {
            byOutput(compiled.get("loss")).forEach((output, loss) -> losses.put(output, loss(loss)));
            byOutput(compiled.get("loss_weights")).forEach((output, weight) -> {
                if (weight instanceof Number number && Double.isFinite(number.doubleValue())) {
                    weights.put(output, number.doubleValue());
                }
            });
        } catch (IllegalArgumentException unknown) {
            notes.add(unknown.getMessage() + "; give a loss to the Trainer");
            return Optional.empty();
        }
        if (losses.isEmpty()) {
            return Optional.empty();
        }
        weights.keySet().retainAll(losses.keySet());
        return Optional.of(new ObjectiveConfig(losses, weights, metrics(losses)));
    }

    /** One value for each output that has one. */
    private Map<String, Object> byOutput(Object given) {
        Map<String, Object> named = new LinkedHashMap<>();
        if (given instanceof Map<?, ?> map && !map.containsKey(CLASS)) {
            map.forEach((output, value) -> named.put(String.valueOf(output), value));
            if (!outputs.containsAll(named.keySet())) {
                throw new IllegalArgumentException("it was compiled for outputs " + named.keySet()
                        + ", but the model has " + outputs);
            }
        } else if (given instanceof List<?> list && list.size() == outputs.size()) {
            for (int i = 0; i < outputs.size(); i++) {
                named.put(outputs.get(i), list.get(i));
            }
        } else if (given instanceof List<?> list) {
            throw new IllegalArgumentException("it was compiled with " + list.size() + " losses for " + outputs.size()
                    + " outputs");
        } else {
            outputs.forEach(output -> named.put(output, given));
        }
        named.values().removeIf(value -> value == null);
        return named;
    }

    private static Loss loss(Object saved) {
        String name = KerasNames.of(saved);
        Map<?, ?> options = saved instanceof Map<?, ?> map && map.get(CONFIG) instanceof Map<?, ?> config
                ? config
                : Map.of();
        IllegalArgumentException unknown = new IllegalArgumentException(
                "its loss " + FormatException.quote(name) + " is not read");
        Loss loss;
        try {
            loss = Loss.of(name);
        } catch (IllegalArgumentException other) {
            throw unknown;
        }
        for (Map.Entry<?, ?> option : options.entrySet()) {
            if (!isUsual(String.valueOf(option.getKey()), option.getValue())) {
                throw new IllegalArgumentException(unknown.getMessage() + " with " + option.getKey() + " = "
                        + FormatException.quote(String.valueOf(option.getValue())));
            }
        }
        if (loss instanceof Huber && options.get("delta") instanceof Number delta) {
            return Loss.huber(delta.doubleValue());
        }
        boolean isOfLogits = Boolean.TRUE.equals(options.get("from_logits"));
        return switch (loss) {
            case BinaryCrossentropy yesOrNo when isOfLogits -> yesOrNo.fromLogits();
            case CategoricalCrossentropy classes when isOfLogits -> classes.fromLogits();
            case SparseCategoricalCrossentropy classes when isOfLogits -> classes.fromLogits();
            default -> loss;
        };
    }

    /** What a loss of ours does as well. */
    private static boolean isUsual(String option, Object value) {
        return switch (option) {
            case "reduction" -> value == null || value.equals("sum_over_batch_size") || value.equals("auto");
            case "label_smoothing" -> value == null || value instanceof Number number && number.doubleValue() == 0;
            case "axis" -> value == null || value instanceof Number number && number.longValue() == -1;
            case "ignore_class" -> value == null;
            case "name", "fn", "dtype", "delta", "from_logits" -> true;
            default -> value == null || Boolean.FALSE.equals(value);
        };
    }

    private List<Metric> metrics(Map<String, Loss> losses) {
        List<String> names = new ArrayList<>();
        KerasNames.addTo(names, compiled.get(METRICS));
        List<Metric> metrics = new ArrayList<>();
        for (String name : names) {
            Metric metric = metric(name);
            boolean fits = metric != null && losses.values().stream().allMatch(metric::fits);
            if (fits && !metrics.contains(metric)) {
                metrics.add(metric);
            } else if (!fits) {
                notes.add("its metric " + FormatException.quote(name) + " is not reported here");
            }
        }
        return metrics;
    }

    private static Metric metric(String name) {
        try {
            return Metric.of(name.endsWith("_accuracy") ? "accuracy" : name);
        } catch (IllegalArgumentException unknown) {
            return null;
        }
    }
}
