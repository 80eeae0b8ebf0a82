package dev.gatun.tests.rebuilt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerCall;
import dev.gatun.layers.Node;
import dev.gatun.layers.StepMask;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The calls of a functional model, each as soon as there is what it reads. */
final class Wiring {

    private final JsonNode config;
    private final Map<String, JsonNode> layers = new LinkedHashMap<>();
    private final Map<String, Layer> made = new HashMap<>();
    private final Map<String, List<LayerCall>> calls = new HashMap<>();
    private final Map<Node, Node> masks = new HashMap<>();

    Wiring(JsonNode config) {
        this.config = config;
        config.get("layers").forEach(layer -> layers.put(layer.at("/config/name").asText(), layer));
        layers.forEach((name, layer) -> {
            if (layer.get("class_name").asText().equals("InputLayer")) {
                Input input = Inputs.input(layer, isReadAsIds(name));
                made.put(name, input);
                calls.put(name, List.of(input.call()));
            }
        });
        for (boolean goesOn = true; goesOn;) {
            goesOn = false;
            for (String name : layers.keySet()) {
                goesOn |= callNext(name);
            }
        }
    }

    List<Node> inputs() {
        return ends("input_layers").stream().map(end -> (Node) (Input) made.get(end.get(0).asText())).toList();
    }

    List<Node> outputs() {
        List<Node> outputs = new ArrayList<>();
        for (JsonNode end : ends("output_layers")) {
            String layer = end.get(0).asText();
            // Keras 3 counts a functional model's own outputs as its first call here, and not in what calls read.
            boolean isModel = layers.get(layer).get("class_name").asText().equals("Functional");
            outputs.add(value(layer, end.get(1).asInt() - (isModel ? 1 : 0), end.get(2).asInt()));
        }
        return outputs;
    }

    private List<JsonNode> ends(String key) {
        List<JsonNode> ends = new ArrayList<>();
        addEnds(config.get(key), ends);
        return ends;
    }

    /** One by itself, lists of them in lists, or by name, which Keras sorts. */
    private static void addEnds(JsonNode json, List<JsonNode> ends) {
        if (json.isObject()) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            json.properties().forEach(end -> sorted.put(end.getKey(), end.getValue()));
            sorted.values().forEach(end -> addEnds(end, ends));
        } else if (json.get(0).isTextual()) {
            ends.add(json);
        } else {
            json.forEach(end -> addEnds(end, ends));
        }
    }

    private boolean hasMasks() {
        return layers.values().stream().anyMatch(layer -> layer.get("class_name").asText().equals("Masking")
                || layer.at("/config/mask_zero").asBoolean(false));
    }

    private boolean isReadAsIds(String input) {
        return layers.values().stream().anyMatch(layer -> Inputs.readsIds(layer)
                && layer.findValues("keras_history").stream().anyMatch(read -> read.get(0).asText().equals(input)));
    }

    /** Whether there was a call left that could be made. */
    private boolean callNext(String name) {
        JsonNode layer = layers.get(name);
        List<LayerCall> before = calls.computeIfAbsent(name, none -> new ArrayList<>());
        JsonNode call = layer.get("inbound_nodes").path(before.size());
        if (!call.isObject() || !call.findValues("keras_history").stream().allMatch(this::isThere)) {
            return false;
        }
        if (Operations.isOperation(layer)) {
            before.add(new Operations(layer, this::value).call().call());
        } else {
            Layer called = made.computeIfAbsent(name, none -> LayerTable.layer(layer, call.get("kwargs")));
            before.add(new Calls(called, call, hasMasks(), this::value, this::mask).call());
        }
        return true;
    }

    private boolean isThere(JsonNode history) {
        return history.get(1).asInt() < calls.getOrDefault(history.get(0).asText(), List.of()).size();
    }

    private Node value(JsonNode tensor) {
        JsonNode history = tensor.at("/config/keras_history");
        return value(history.get(0).asText(), history.get(1).asInt(), history.get(2).asInt());
    }

    private Node value(String layer, int call, int output) {
        return made.get(layer) instanceof Input input ? input : calls.get(layer).get(call).output(output);
    }

    /** An operation makes numbers, of which a mask is made. */
    private Node mask(JsonNode tensor) {
        String layer = tensor.at("/config/keras_history").get(0).asText();
        return made.get(layer) instanceof Input input
                ? input
                : masks.computeIfAbsent(value(tensor), StepMask.of()::on);
    }
}
