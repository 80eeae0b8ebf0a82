package dev.gatun.tests.rebuilt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.layers.Constraint;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Regularizer;
import dev.gatun.tests.fixture.JsonArrays;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What Keras wrote of one layer. Each option has to be asked for: so none is passed over that Gatun cannot be told. */
final class Options {

    /** These have a place of their own in {@link LayerTable}. */
    private static final List<String> OF_EVERY_LAYER = List.of("name", "dtype", "trainable", "activity_regularizer");

    private final String owner;
    private final JsonNode config;
    private final JsonNode call;
    private final Set<String> asked = new HashSet<>(OF_EVERY_LAYER);

    /**
     * @param layer class_name and config
     * @param call  what its first call is given by name
     */
    Options(JsonNode layer, JsonNode call) {
        this.owner = layer.get("class_name").asText() + " " + layer.get("config").path("name").asText();
        this.config = layer.get("config");
        this.call = call;
    }

    JsonNode get(String key) {
        asked.add(key);
        return config.path(key);
    }

    boolean has(String key) {
        return !get(key).isNull() && !get(key).isMissingNode();
    }

    double number(String key) {
        return required(key).asDouble();
    }

    int whole(String key) {
        return required(key).asInt();
    }

    boolean flag(String key) {
        return required(key).asBoolean();
    }

    String text(String key) {
        assertFalse(required(key).isContainerNode(), owner + ": " + key + " is not text: " + get(key));
        return get(key).asText();
    }

    double[] numbers(String key) {
        return JsonArrays.values(required(key));
    }

    /** One number, or those of a list. */
    int[] wholes(String key) {
        return Arrays.stream(numbers(key)).mapToInt(number -> (int) number).toArray();
    }

    /** Of a list of one. */
    int only(String key) {
        assertEquals(1, wholes(key).length, owner + ": " + key);
        return wholes(key)[0];
    }

    Initializer initializer(String key) {
        return Values.initializer(required(key));
    }

    Regularizer regularizer(String key) {
        return has(key) ? Values.regularizer(get(key)) : Regularizer.NONE;
    }

    Constraint constraint(String key) {
        return has(key) ? Values.constraint(get(key)) : Constraint.NONE;
    }

    Layer layer(String key) {
        return LayerTable.layer(required(key));
    }

    Layer[] layers(String key) {
        List<Layer> layers = new ArrayList<>();
        required(key).forEach(layer -> layers.add(LayerTable.layer(layer)));
        return layers.toArray(Layer[]::new);
    }

    /** Whether a call is given this; Gatun has it as an option of the layer. */
    boolean isCalledWith(String name) {
        return call.path(name).asBoolean(false);
    }

    /** Options that say how Keras computes and not what, and what it draws random numbers from. */
    void passOver(String... keys) {
        asked.addAll(List.of(keys));
    }

    /** Options that have to be null: they ask for what no layer of Gatun's does. */
    void none(String... keys) {
        for (String key : keys) {
            assertFalse(has(key), owner + ": " + key + "=" + get(key));
        }
    }

    void requireAllAsked() {
        config.fieldNames().forEachRemaining(
                key -> assertEquals(true, asked.contains(key), owner + ": nothing is made of " + key));
    }

    private JsonNode required(String key) {
        assertEquals(true, has(key), owner + " has no " + key);
        return get(key);
    }
}
