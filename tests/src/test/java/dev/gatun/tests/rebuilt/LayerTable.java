package dev.gatun.tests.rebuilt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.gatun.layers.ConfiguredLayer;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Regularizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A layer of Keras's, made by the calls that a user of Gatun would write. */
final class LayerTable {

    private static final Map<String, Function<Options, Layer>> MAKERS = makers();

    private LayerTable() {}

    private static Map<String, Function<Options, Layer>> makers() {
        Map<String, Function<Options, Layer>> makers = new HashMap<>();
        List.of(RecurrentLayers.MAKERS, Cells.MAKERS, Wrappers.MAKERS, AttentionLayers.MAKERS, Convolutions.MAKERS,
                Poolings.MAKERS, Norms.MAKERS, Merges.MAKERS, ShapeLayers.MAKERS, RowLayers.MAKERS,
                Preprocessing.MAKERS)
                .forEach(makers::putAll);
        return Map.copyOf(makers);
    }

    /** Whether there are such layers. */
    static boolean knows(String kind) {
        return MAKERS.containsKey(kind);
    }

    /** A layer within a layer, which no one calls by name. */
    static Layer layer(JsonNode json) {
        return layer(json, MissingNode.getInstance());
    }

    /**
     * @param json class_name and config
     * @param call what the layer's first call is given by name
     */
    static Layer layer(JsonNode json, JsonNode call) {
        String kind = json.get("class_name").asText();
        if (ModelBuilder.isModel(kind)) {
            return ModelBuilder.nested(json);
        }
        Function<Options, Layer> maker = MAKERS.get(kind);
        if (maker == null) {
            throw new AssertionError("no layer in Java for " + kind);
        }
        Options options = new Options(json, call);
        JsonNode config = json.get("config");
        Layer layer = maker.apply(options).named(config.get("name").asText());
        options.requireAllAsked();
        Regularizer activity = options.regularizer("activity_regularizer");
        Layer punished = activity.equals(layer.activityRegularizer()) || kind.equals("ActivityRegularization")
                ? layer
                : ((ConfiguredLayer<?>) layer).activityRegularizer(activity);
        return punished.trainable(config.path("trainable").asBoolean(true));
    }
}
