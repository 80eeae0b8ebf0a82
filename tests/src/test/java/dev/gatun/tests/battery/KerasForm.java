package dev.gatun.tests.battery;

import dev.gatun.layers.Configuration;
import dev.gatun.layers.Constraint;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Option;
import dev.gatun.layers.OptionKind;
import dev.gatun.layers.Regularizer;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** A layer, and a model of it alone, as the {@code config.json} of Keras 3 has them. */
final class KerasForm {

    private static final Set<String> WITHOUT_SEED = Set.of("Zeros", "Ones", "Constant");

    private KerasForm() {}

    /** What Keras never leaves out: a layer within another has a name. */
    static Layer named(Layer layer, String name) {
        Configuration configuration = layer.configuration().named(name);
        for (Option<?> option : configuration.options().options()) {
            configuration = named(configuration, option);
        }
        return BuiltInTypes.ALL.of(layer).layer(configuration);
    }

    private static <V> Configuration named(Configuration configuration, Option<V> option) {
        V value = configuration.get(option);
        @SuppressWarnings("unchecked")
        V named = value instanceof Layer inner
                ? (V) named(inner, inner.name() == null ? "within" : inner.name())
                : option.kind() == OptionKind.LAYERS ? (V) namedAll((List<?>) value) : value;
        return configuration.with(option, named);
    }

    private static List<Layer> namedAll(List<?> layers) {
        List<Layer> named = new ArrayList<>();
        for (Object layer : layers) {
            Layer inner = (Layer) layer;
            named.add(named(inner, inner.name() == null ? "within_" + named.size() : inner.name()));
        }
        return named;
    }

    static KerasClass classOf(Layer layer) {
        return KerasClass.named(layer.kind(),
                layer.configuration().options().options().stream().map(Option::name).toList());
    }

    /** All of Keras's options, those that Gatun has with the layer's values. */
    static Map<String, Object> config(Layer layer) {
        Map<String, Object> config = new LinkedHashMap<>(classOf(layer).config());
        config.put("name", layer.name());
        config.put("trainable", layer.configuration().trainable());
        for (Option<?> option : layer.configuration().options().options()) {
            if (option.isKerass()) {
                put(config, option, layer.configuration());
            }
        }
        if (!layer.activityRegularizer().isNone()) {
            config.put("activity_regularizer", regularizer(layer.activityRegularizer()));
        }
        return config;
    }

    private static <V> void put(Map<String, Object> config, Option<V> option, Configuration configuration) {
        V value = configuration.get(option);
        config.put(option.name(), switch (value) {
            case Initializer initializer -> initializer(initializer);
            case Layer inner -> serialized(inner, config(inner));
            case Regularizer regularizer -> regularizer(regularizer);
            case Constraint constraint -> constraint.isNone()
                    ? null
                    : ofClass("keras.constraints", constraint.kind(), constraint.config());
            case Optional<?> inner when option.kind() == OptionKind.OPTIONAL_LAYER ->
                inner.map(layer -> serialized((Layer) layer, config((Layer) layer))).orElse(null);
            case List<?> layers when option.kind() == OptionKind.LAYERS ->
                layers.stream().map(layer -> serialized((Layer) layer, config((Layer) layer))).toList();
            default -> option.kind().write(value);
        });
    }

    private static Map<String, Object> regularizer(Regularizer regularizer) {
        return regularizer.isNone()
                ? null
                : ofClass("keras.regularizers", regularizer.kind(), regularizer.config());
    }

    private static Map<String, Object> ofClass(String module, String kind, Map<String, Object> config) {
        Map<String, Object> form = new LinkedHashMap<>(Map.of("module", module, "class_name", kind, "config", config));
        form.put("registered_name", null);
        return form;
    }

    private static Map<String, Object> initializer(Initializer initializer) {
        Map<String, Object> config = new LinkedHashMap<>(initializer.config());
        if (!WITHOUT_SEED.contains(initializer.kind())) {
            config.putIfAbsent("seed", null);
        }
        return ofClass("keras.initializers", initializer.kind(), config);
    }

    /** Keras writes for a class that is not its own the package it was registered in. */
    static Map<String, Object> serialized(Layer layer, Map<String, Object> config) {
        boolean isKerass = KerasClass.isKerass(layer.kind());
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("module", isKerass ? "keras.layers" : "forecasts.layers");
        form.put("class_name", layer.kind());
        form.put("registered_name", isKerass ? null : "forecasts>" + layer.kind());
        form.put("build_config", Map.of("input_shape", List.of()));
        form.put("config", config);
        return form;
    }

    /** @param form the layer's own */
    static Map<String, Object> model(Instance instance, Map<String, Object> form, int outputs) {
        List<Object> layers = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Shape shape : instance.inputs()) {
            names.add("x" + names.size());
            layers.add(input(names.getLast(), shape, instance.ids() > 0 ? "int32" : "float32"));
        }
        Map<String, Object> placed = new LinkedHashMap<>(form);
        placed.put("name", Battery.NAME);
        placed.put("inbound_nodes", List.of(call(BuiltInTypes.ALL.of(instance.layer()).arguments(names))));
        layers.add(placed);
        Map<String, Object> config = new LinkedHashMap<>(Map.of("name", "functional", "trainable", true));
        config.put("layers", layers);
        config.put("input_layers", names.stream().map(name -> List.of(name, 0L, 0L)).toList());
        config.put("output_layers",
                IntStream.range(0, outputs).mapToObj(output -> List.of(Battery.NAME, 0L, (long) output)).toList());
        return new LinkedHashMap<>(Map.of("module", "keras.src.models.functional", "class_name", "Functional",
                "registered_name", "Functional", "config", config));
    }

    private static Map<String, Object> input(String name, Shape shape, String dtype) {
        Map<String, Object> config = new LinkedHashMap<>(Map.of("name", name, "dtype", dtype, "sparse", false,
                "ragged", false, "optional", false));
        config.put("batch_shape", OptionKind.SHAPE.write(shape));
        return new LinkedHashMap<>(Map.of("module", "keras.layers", "class_name", "InputLayer", "config", config,
                "name", name, "inbound_nodes", List.of()));
    }

    private static Map<String, Object> call(CallArguments<String> arguments) {
        Map<String, Object> keywords = new LinkedHashMap<>();
        keywords.put("mask", null);
        keywords.put("initial_state", arguments.initialState().isEmpty()
                ? null
                : arguments.initialState().stream().map(KerasForm::tensor).toList());
        List<Object> data = arguments.inputs().stream().<Object>map(KerasForm::tensor).toList();
        return Map.of("args", List.of(data.size() == 1 ? data.getFirst() : data), "kwargs", keywords);
    }

    private static Map<String, Object> tensor(String input) {
        return Map.of("class_name", "__keras_tensor__", "config", Map.of("keras_history", List.of(input, 0L, 0L)));
    }
}
