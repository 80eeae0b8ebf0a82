package dev.gatun.tests.reference;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.tests.fixture.Fixture;
import dev.gatun.tests.reference.RefGraph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/** Reference graphs from the Keras configurations of the fixtures. */
public final class RefModels {
    private static final Set<String> LAYERS = Set.of("InputLayer", "LSTM", "Dense", "TimeDistributed", "Activation",
            "Dropout", "Masking");

    private RefModels() {}

    /** Whether every layer of the fixture's model has a reference. */
    public static boolean covers(Fixture fixture) {
        return !fixture.layers().isEmpty()
                && fixture.layers().stream()
                        .allMatch(layer -> LAYERS.contains(layer.path("class_name").asText()));
    }

    /** The graph of the fixture's model; its input is {@code x}. */
    public static RefGraph graph(Fixture fixture) {
        return fixture.kerasModel().path("class_name").asText().equals("Sequential")
                ? sequential(fixture)
                : functional(fixture);
    }

    /** Everything the fixture gives, by name; weights are copies that a step may change. */
    public static SequencedMap<String, RefTensor> given(Fixture fixture) {
        SequencedMap<String, RefTensor> given = new LinkedHashMap<>();
        for (String name : fixture.given()) {
            RefTensor tensor = RefTensor.of(fixture.tensor(name));
            given.put(name, new RefTensor(tensor.shape(), tensor.values().clone()));
        }
        return given;
    }

    /** The weights among the given numbers, not copied. */
    public static SequencedMap<String, double[]> weights(Map<String, RefTensor> given) {
        SequencedMap<String, double[]> weights = new LinkedHashMap<>();
        given.forEach((name, tensor) -> {
            if (name.startsWith("w/")) {
                weights.put(name, tensor.values());
            }
        });
        return weights;
    }

    private static RefGraph sequential(Fixture fixture) {
        RefGraph graph = new RefGraph();
        Value value = null;
        for (JsonNode layer : fixture.layers()) {
            value = add(graph, layer, value == null ? List.of() : List.of(value)).getFirst();
        }
        return graph.outputs(value);
    }

    private static RefGraph functional(Fixture fixture) {
        RefGraph graph = new RefGraph();
        Map<String, List<Value>> made = new HashMap<>(); // "<layer>/<call>" -> its outputs
        for (JsonNode layer : fixture.layers()) {
            String name = layer.path("config").path("name").asText();
            if (layer.path("inbound_nodes").isEmpty()) {
                made.put(name + "/0", add(graph, layer, List.of()));
            }
            for (int call = 0; call < layer.path("inbound_nodes").size(); call++) {
                List<Value> inputs = new ArrayList<>();
                layer.path("inbound_nodes").get(call).forEach(edge -> inputs.add(value(made, edge)));
                made.put(name + "/" + call, add(graph, layer, inputs));
            }
        }
        fixture.kerasModel().path("config").path("output_layers").forEach(edge -> graph.outputs(value(made, edge)));
        return graph;
    }

    private static Value value(Map<String, List<Value>> made, JsonNode edge) {
        return made.get(edge.get(0).asText() + "/" + edge.get(1).asInt())
                .get(edge.get(2).asInt());
    }

    private static List<Value> add(RefGraph graph, JsonNode layer, List<Value> inputs) {
        JsonNode config = layer.path("config");
        String name = config.path("name").asText();
        return switch (layer.path("class_name").asText()) {
            case "InputLayer" -> List.of(graph.input("x"));
            case "LSTM" -> {
                Value[] states = inputs.subList(1, inputs.size()).toArray(Value[]::new);
                boolean sequences = config.path("return_sequences").asBoolean();
                RefGraph.LstmValues v = graph.lstm(name, options(config), sequences, inputs.getFirst(), states);
                yield List.of(v.y(), v.h(), v.c());
            }
            case "Dense" -> List.of(graph.dense(name, activation(config), inputs.getFirst()));
            case "TimeDistributed" -> {
                RefActivation inner = activation(config.path("layer").path("config"));
                yield List.of(graph.dense(name, inner, inputs.getFirst()));
            }
            case "Activation" -> List.of(graph.activation(name, activation(config), inputs.getFirst()));
            case "Dropout" -> List.of(graph.dropout(name, inputs.getFirst()));
            case "Masking" -> graph.add(
                    RefLayers.masking(config.path("mask_value").asDouble()), inputs, "y/" + name);
            default -> throw new IllegalArgumentException("no reference of " + layer.path("class_name"));
        };
    }

    private static RefLstm.Options options(JsonNode config) {
        return new RefLstm.Options(
                activation(config),
                RefActivation.ofFixture(config.path("recurrent_activation").asText("sigmoid")),
                config.path("go_backwards").asBoolean(),
                config.path("zero_output_for_mask").asBoolean());
    }

    private static RefActivation activation(JsonNode config) {
        return RefActivation.ofFixture(config.path("activation").asText("linear"));
    }
}
