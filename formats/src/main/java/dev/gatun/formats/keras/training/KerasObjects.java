package dev.gatun.formats.keras.training;

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

/** Losses and metrics of ours as Keras 3 writes them. */
final class KerasObjects {

    private static final String LOSSES = "keras.losses";

    private KerasObjects() {}

    static Map<String, Object> of(String module, String kind, Map<String, ?> config) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("module", module);
        object.put("class_name", kind);
        object.put("config", config);
        object.put("registered_name", null);
        return object;
    }

    /** Loss, loss weights and metrics: of one output alone, of several one behind the other. */
    static Map<String, Object> compiled(Optional<ObjectiveConfig> objective, List<String> outputs) {
        Map<String, Object> compiled = new LinkedHashMap<>();
        compiled.put("loss", objective.map(known -> forOutputs(outputs, known, KerasObjects::loss)).orElse(null));
        compiled.put("loss_weights", objective.filter(known -> !known.weights().isEmpty())
                .map(known -> forOutputs(outputs, known, (each, output) -> each.weights().getOrDefault(output, 1.0)))
                .orElse(null));
        compiled.put("metrics", objective.filter(known -> !known.metrics().isEmpty())
                .map(known -> forOutputs(outputs, known, (each, output) -> metrics(each))).orElse(null));
        return compiled;
    }

    /** What is said of one output. */
    private interface Said {
        Object of(ObjectiveConfig objective, String output);
    }

    private static Object forOutputs(List<String> outputs, ObjectiveConfig objective, Said said) {
        List<Object> each = new ArrayList<>();
        for (String output : outputs) {
            each.add(objective.losses().containsKey(output) ? said.of(objective, output) : null);
        }
        return each.size() == 1 ? each.getFirst() : each;
    }

    private static Object loss(ObjectiveConfig objective, String output) {
        Loss loss = objective.losses().get(output);
        return switch (loss) {
            case Huber huber -> of(LOSSES, "Huber", Map.of("delta", huber.delta()));
            case BinaryCrossentropy yesOrNo when yesOrNo.logits() -> ofLogits("BinaryCrossentropy");
            case CategoricalCrossentropy classes when classes.logits() -> ofLogits("CategoricalCrossentropy");
            case SparseCategoricalCrossentropy classes when classes.logits() ->
                ofLogits("SparseCategoricalCrossentropy");
            default -> loss.keyword();
        };
    }

    private static Object ofLogits(String kind) {
        return of(LOSSES, kind, Map.of("from_logits", true));
    }

    private static List<Object> metrics(ObjectiveConfig objective) {
        List<Object> metrics = new ArrayList<>();
        for (Metric metric : objective.metrics()) {
            metrics.add(metric.equals(Metric.RMSE)
                    ? of("keras.metrics", "RootMeanSquaredError", Map.of("name", metric.keyword()))
                    : metric.keyword());
        }
        return metrics;
    }
}
