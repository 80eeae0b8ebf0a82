package dev.gatun.tests.rebuilt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Node;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.nested.Nested;
import java.util.ArrayList;
import java.util.List;

/**
 * A model of a configuration of Keras 3, built by the public API as a user would write it, without the reader of configurations:
 * what the API cannot say comes to light.
 */
public final class ModelBuilder {

    private ModelBuilder() {}

    static boolean isModel(String kind) {
        return kind.equals("Sequential") || kind.equals("Functional");
    }

    /** Whether there are calls for all layers of a class. */
    public static boolean knows(String kind) {
        return kind.equals("InputLayer") || isModel(kind) || LayerTable.knows(kind);
    }

    /** @param json class_name and config of a model */
    public static Model model(JsonNode json) {
        String name = json.at("/config/name").asText();
        if (json.get("class_name").asText().equals("Sequential")) {
            return Sequential.named(name, chain(json));
        }
        Wiring wiring = new Wiring(json.get("config"));
        return Model.named(name, wiring.inputs(), wiring.outputs());
    }

    /** The same as a layer of another model. */
    static Layer nested(JsonNode json) {
        JsonNode config = json.get("config");
        Nested layer;
        if (json.get("class_name").asText().equals("Sequential")) {
            layer = Nested.chain(chain(json).toArray(Layer[]::new));
        } else {
            Wiring wiring = new Wiring(config);
            layer = Nested.of(wiring.inputs().stream().map(Input.class::cast).toList(), wiring.outputs());
        }
        return layer.named(config.get("name").asText()).trainable(config.path("trainable").asBoolean(true));
    }

    private static List<Layer> chain(JsonNode json) {
        JsonNode layers = json.at("/config/layers");
        List<Layer> chain = new ArrayList<>();
        chain.add(Inputs.input(layers.get(0), Inputs.readsIds(layers.get(1))));
        for (int place = 1; place < layers.size(); place++) {
            chain.add(LayerTable.layer(layers.get(place)));
        }
        return chain;
    }
}
