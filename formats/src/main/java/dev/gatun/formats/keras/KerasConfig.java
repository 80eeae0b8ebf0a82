package dev.gatun.formats.keras;

import dev.gatun.formats.PlainJson;
import dev.gatun.formats.keras.generations.Generations;
import dev.gatun.layers.Layer;
import dev.gatun.layers.OptionReader;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelConfig;
import dev.gatun.layers.model.ModelNodes;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Keras's model configurations, Sequential and Functional, as {@code model.to_json()} and the files of Keras 2 and 3 hold
 * them. Whatever Gatun does not have is refused by name: layer, class or option, value, and what is supported.
 */
public final class KerasConfig {

    private static final String SEQUENTIAL = "Sequential";
    /** The newer name, and that of Keras 2. */
    private static final List<String> FUNCTIONAL = List.of("Functional", "Model");

    private KerasConfig() {}

    /**
     * Builds the model of a configuration, its weights newly drawn.
     *
     * @param json  JSON with {@code class_name} and {@code config}, as {@code model.to_json()} gives it
     * @param major the first number of Keras's version: before 3, {@code hard_sigmoid} has another formula
     * @return to be closed
     * @throws NullPointerException     if the text is null
     * @throws IllegalArgumentException if it is not such a configuration, or needs what Gatun does not have
     */
    public static Model model(String json, int major) {
        Arguments.required(json, "KerasConfig.model", "json", "the text or map of a configuration");
        return nodes(json, major, layer -> layer).model();
    }

    /**
     * Turns a configuration into wired layers, before a model is built of them: the place to change layers or outputs.
     *
     * @param json   JSON with {@code class_name} and {@code config}, as {@code model.to_json()} gives it
     * @param major  the first number of Keras's version: before 3, {@code hard_sigmoid} has another formula
     * @param change every layer but inputs is replaced by what this makes of it; {@code UnaryOperator.identity()} for no
     *               change
     * @return layers and nodes; no memory is taken yet
     * @throws NullPointerException     if the configuration or the change is null
     * @throws IllegalArgumentException if it is not such a configuration, or needs what Gatun does not have
     */
    public static ModelNodes nodes(String json, int major, UnaryOperator<Layer> change) {
        Arguments.required(json, "KerasConfig.nodes", "json", "the text or map of a configuration");
        Arguments.required(change, "KerasConfig.nodes", "change", "UnaryOperator.identity() for no change");
        return nodes(PlainJson.object("The model's configuration", json), major, change);
    }

    /**
     * Does the same as {@link #nodes(String, int, UnaryOperator)}, with JSON that has already been read.
     *
     * @param json   a map with {@code class_name} and {@code config}, as {@link PlainJson} reads it
     * @param major  the first number of Keras's version: before 3, {@code hard_sigmoid} has another formula
     * @param change every layer but inputs is replaced by what this makes of it; {@code UnaryOperator.identity()} for no
     *               change
     * @return layers and nodes; no memory is taken yet
     * @throws NullPointerException     if the configuration or the change is null
     * @throws IllegalArgumentException if it is not such a configuration, or needs what Gatun does not have
     */
    public static ModelNodes nodes(Map<String, Object> json, int major, UnaryOperator<Layer> change) {
        Arguments.required(json, "KerasConfig.nodes", "json", "the text or map of a configuration");
        Arguments.required(change, "KerasConfig.nodes", "change", "UnaryOperator.identity() for no change");
        return ModelConfig.nodes(masked(Generations.plain(json, major), major, false), change);
    }

    /**
     * Precisions other than float32 in which layers of a configuration compute; here they compute in float32.
     *
     * @param json a map with {@code class_name} and {@code config}, as {@link PlainJson} reads it
     * @return Keras's names of policies, sorted: {@code mixed_float16}
     * @throws NullPointerException if the configuration is null
     */
    public static Set<String> otherPrecisions(Map<String, Object> json) {
        return KerasPolicies.others(
                Arguments.required(json, "KerasConfig.otherPrecisions", "json", "the map of a configuration"));
    }

    /**
     * The configuration as {@link ModelConfig} has it, its masks held against those the graph finds.
     *
     * @param inner whether the model is a layer of another
     */
    private static Map<String, Object> masked(Map<String, Object> json, int major, boolean inner) {
        KerasMasks masks = new KerasMasks(Set.of(), Set.of());
        Map<String, Object> gatun = toGatun(json, major, masks);
        if (masks.isSilent()) {
            return gatun;
        }
        ModelNodes nodes = ModelConfig.nodes(gatun);
        Set<String> computed = masks.unlike(nodes);
        Set<KerasMasks.Call> ignoring = major < 3 ? Set.of() : masks.ignoring(nodes, inner);
        return ignoring.isEmpty() && computed.isEmpty()
                ? gatun
                : toGatun(json, major, new KerasMasks(ignoring, computed));
    }

    /** Whether a class of Keras's is a model, which may be a layer too. */
    static boolean isModel(String kind) {
        return kind.equals(SEQUENTIAL) || FUNCTIONAL.contains(kind);
    }

    /** A model that is a layer: class_name, name and config. */
    static Map<String, Object> nested(Map<String, Object> layer, int major) {
        Map<String, Object> own = new LinkedHashMap<>(OptionReader.asMap(layer.get("config"), "Model: config"));
        Object trainable = own.remove("trainable");
        Map<String, Object> json = new LinkedHashMap<>(layer);
        json.put("config", own);
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("model", masked(json, major, true));
        if (trainable != null) {
            config.put("trainable", trainable);
        }
        Map<String, Object> gatun = new LinkedHashMap<>();
        gatun.put("class_name", SEQUENTIAL.equals(layer.get("class_name")) ? SEQUENTIAL : FUNCTIONAL.getFirst());
        gatun.put("name", KerasLayer.nameOf(layer));
        gatun.put("config", config);
        return gatun;
    }

    /** The same configuration as {@link ModelConfig} has it. */
    private static Map<String, Object> toGatun(Map<String, Object> json, int major, KerasMasks masks) {
        OptionReader root = new OptionReader("The model's configuration", json);
        String kind = root.text("class_name");
        boolean sequential = kind.equals(SEQUENTIAL);
        if (!isModel(kind)) {
            throw new IllegalArgumentException("The model is a " + kind + "; supported are Sequential and Functional");
        }
        // Keras 1 and early 2 wrote a Sequential's layers without a name around them.
        OptionReader config = json.get("config") instanceof List<?> layers
                ? new OptionReader("Model", Map.of("name", "sequential", "layers", layers))
                : new OptionReader("Model", KerasNodes.listed(root.map("config")));
        String name = config.text("name", sequential ? "sequential" : "functional");
        config.only("trainable", true);
        List<Map<String, Object>> layers = new ArrayList<>();
        for (Object layer : config.list("layers")) {
            layers.add(OptionReader.asMap(layer, "Model: layers"));
        }
        layers = masks.withoutArithmetic(layers,
                json.get("config") instanceof Map<?, ?> own ? own.get("output_layers") : null);
        requireKnownClasses(layers);
        Map<String, Object> gatun = new LinkedHashMap<>();
        gatun.put("name", name);
        gatun.put("sequential", sequential);
        if (sequential) {
            KerasChain.wire(gatun, layers, json, major);
        } else {
            wire(gatun, layers, config, major, masks);
        }
        return gatun;
    }

    private static void wire(Map<String, Object> gatun, List<Map<String, Object>> layers, OptionReader config,
            int major, KerasMasks masks) {
        NodeNumbers numbers = NodeNumbers.of(layers, major);
        KerasConstants constants = new KerasConstants(layers);
        Map<String, List<Object>> calls = new HashMap<>();
        List<Object> wired = new ArrayList<>();
        KerasCasts casts = new KerasCasts(layers);
        for (Map<String, Object> layer : layers) {
            if (KerasOperations.isOperation(layer)) {
                Map<String, Object> map = casts.cast(KerasOperations.toGatun(layer));
                map.put("calls", numbers.ofCalls(new ArrayList<>((List<?>) map.get("calls"))));
                wired.add(map);
                continue;
            }
            Map<String, Object> map = KerasLayer.toGatun(layer, major);
            if (!map.get("class_name").equals("InputLayer")) {
                String name = (String) map.get("name");
                Object nodes = KerasCalls.moved(map, NestedCalls.listed(layer));
                calls.put(name, masks.named((String) map.get("class_name"), name,
                        numbers.ofCalls(KerasNodes.calls(name, nodes, masks, constants))));
                map.put("calls", calls.get(name));
            }
            wired.add(map);
        }
        wired.addAll(casts.layers());
        wired.addAll(masks.layers());
        wired.addAll(constants.layers(calls));
        KerasInputs.adjust(wired);
        gatun.put("layers", wired);
        gatun.put("inputs", KerasNodes.values("input_layers", config.list("input_layers")).stream()
                .map(value -> ((List<?>) value).getFirst())
                .toList());
        gatun.put("outputs", numbers.ofOutputs(KerasNodes.values("output_layers", config.list("output_layers"))));
    }

    /** All of them in one message, since a user has to change the model for all of them. */
    private static void requireKnownClasses(List<Map<String, Object>> layers) {
        List<String> unknown = new ArrayList<>();
        Map<String, Boolean> seen = new HashMap<>();
        for (Map<String, Object> layer : layers) {
            String kind = String.valueOf(layer.get("class_name"));
            boolean isKnown = KerasOperations.isOperation(layer)
                    ? KerasOperations.knows(kind)
                    : isModel(kind) || BuiltInTypes.ALL.knows(kind);
            if (!isKnown) {
                seen.put(kind, true);
                unknown.add("'" + KerasLayer.nameOf(layer) + "' (" + kind + ")");
            }
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException((unknown.size() == 1 ? "Layer " : "Layers ")
                    + String.join(", ", unknown) + ": Gatun has no layer of "
                    + (seen.size() == 1 ? "class " : "classes ")
                    + String.join(", ", seen.keySet().stream().sorted().toList())
                    + (seen.containsKey("Lambda")
                            ? "; a Lambda is code of Python's, which is not run: write it with layers or keras.ops and save the model again"
                            : "")
                    + "; supported are " + String.join(", ", BuiltInTypes.ALL.kinds())
                    + ", and layers of your own that are registered as a LayerType");
        }
    }
}
