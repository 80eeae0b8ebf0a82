package dev.gatun.formats.keras.generations;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A layer of Keras 1, in the terms of Keras 2: classes and options were renamed, and some meant more. */
final class Keras1 {

    private static final String CLASS = "class_name";
    private static final String CONFIG = "config";

    /** How the layer was meant to be called or computed, and what its weights began with: nothing of the model. */
    private static final List<String> WITHOUT_EFFECT = List.of("input_dtype", "input_dim", "input_length",
            "consume_less",
            "weights", "input_shape");

    private Keras1() {}

    static Map<String, Object> toKeras2(Map<String, Object> layer) {
        String kind = String.valueOf(layer.get(CLASS));
        if (!(layer.get(CONFIG) instanceof Map<?, ?> map) || kind.equals("Sequential") || kind.equals("Model")) {
            return layer;
        }
        Map<String, Object> old = LayerTree.plain(map);
        String owner = "Layer '" + old.get("name") + "' (" + kind + ")";
        Map<String, Object> config = new LinkedHashMap<>();
        for (Map.Entry<String, Object> option : old.entrySet()) {
            if (!WITHOUT_EFFECT.contains(option.getKey()) || kind.equals("Embedding") && isSize(option.getKey())) {
                config.put(Keras1Names.option(kind, option.getKey()), Keras1Objects.plain(owner, option.getKey(),
                        option.getValue()));
            }
        }
        Map<String, Object> renamed = new LinkedHashMap<>(layer);
        renamed.put(CLASS, Keras1Names.layer(kind));
        renamed.put(CONFIG, config);
        return switch (kind) {
            case "LSTM" -> forgetting(renamed, config);
            case "BatchNormalization" -> normalizing(owner, renamed, config);
            case "Embedding" -> without(renamed, config, "dropout");
            case "TimeDistributedDense" -> distributed(renamed, config);
            case "Merge" -> Keras1Merge.toKeras2(owner, renamed, config);
            default -> renamed;
        };
    }

    private static boolean isSize(String option) {
        return option.equals("input_dim") || option.equals("input_length");
    }

    private static Map<String, Object> forgetting(Map<String, Object> layer, Map<String, Object> config) {
        Object init = config.remove("forget_bias_init");
        config.put("unit_forget_bias", init == null || "one".equals(init) || "ones".equals(init));
        return layer;
    }

    /** Mode 1 went by samples, mode 2 by the batch at hand: later versions have neither. */
    private static Map<String, Object> normalizing(String owner, Map<String, Object> layer,
            Map<String, Object> config) {
        Object mode = config.remove("mode");
        if (mode instanceof Number number && number.doubleValue() != 0) {
            throw new IllegalArgumentException(
                    owner + " has mode=" + mode + ", which Keras has not had since version 2;"
                            + " supported is 0, by features with moving means");
        }
        return layer;
    }

    /** Whole words fall out in a training only. */
    private static Map<String, Object> without(Map<String, Object> layer, Map<String, Object> config, String option) {
        config.remove(option);
        return layer;
    }

    private static Map<String, Object> distributed(Map<String, Object> layer, Map<String, Object> config) {
        Map<String, Object> outer = new LinkedHashMap<>();
        outer.put("name", config.get("name"));
        Object shape = config.remove("batch_input_shape");
        if (shape != null) {
            outer.put("batch_input_shape", shape);
        }
        Map<String, Object> dense = new LinkedHashMap<>();
        dense.put(CLASS, "Dense");
        dense.put(CONFIG, config);
        outer.put("layer", dense);
        Map<String, Object> wrapped = new LinkedHashMap<>(layer);
        wrapped.put(CLASS, "TimeDistributed");
        wrapped.put(CONFIG, outer);
        return wrapped;
    }
}
