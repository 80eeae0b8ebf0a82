package dev.gatun.formats.keras.generations;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A layer of Keras 2 or tf.keras 2, in the terms of Keras 3. */
final class Keras2 {

    private static final String CLASS = "class_name";
    private static final String CONFIG = "config";
    private static final String NODES = "inbound_nodes";

    /** Written by convolutions with a kernel for each axis, which have no such weight. */
    private static final List<String> OF_ONE_KERNEL = List.of("kernel_initializer", "kernel_regularizer",
            "kernel_constraint");

    /** What the layer was built to, which its inputs tell. */
    private static final List<String> BUILT_FROM = List.of("query_shape", "key_shape", "value_shape");

    /** Where the arguments stand behind layer, call and output. */
    private static final int ARGUMENTS = 3;

    private Keras2() {}

    static Map<String, Object> toKeras3(Map<String, Object> layer) {
        if (layer.get(CONFIG) instanceof List<?> layers) {
            return sequential(layer, layers);
        }
        if (!(layer.get(CONFIG) instanceof Map<?, ?> map)) {
            return layer;
        }
        Map<String, Object> config = LayerTree.plain(map);
        Map<String, Object> newer = new LinkedHashMap<>(layer);
        newer.put(CONFIG, config);
        switch (String.valueOf(layer.get(CLASS))) {
            case "CuDNNLSTM" -> newer.put(CLASS, "LSTM");
            case "CuDNNGRU" -> {
                newer.put(CLASS, "GRU");
                config.put("reset_after", true); // cuDNN's formula.
            }
            case "GRU", "GRUCell" -> config.putIfAbsent("reset_after", false); // There was no other formula once.
            case "Attention", "AdditiveAttention" -> {
                if (Boolean.TRUE.equals(config.remove("causal"))) {
                    newer.put(NODES, causal(layer.get(NODES)));
                }
            }
            case "MultiHeadAttention" -> {
                config.keySet().removeAll(BUILT_FROM);
                if (layer.containsKey(NODES)) {
                    newer.put(NODES, named(layer.get(NODES)));
                }
            }
            case "Sequential" -> {
                if (config.get("layers") instanceof List<?> layers) {
                    FirstShape.of(layers).ifPresent(shape -> config.putIfAbsent(FirstShape.KEY, shape));
                }
            }
            case "SeparableConv1D", "DepthwiseConv1D" -> {
                config.keySet().removeAll(OF_ONE_KERNEL);
                config.remove("groups", 1L);
            }
            case "ThresholdedReLU" -> {
                newer.put(CLASS, "ReLU");
                config.put("threshold", config.remove("theta"));
            }
            default -> {
                // Has the names and options of Keras 3, as far as Gatun has the layer.
            }
        }
        return newer;
    }

    /** Before 2.2.3 a Sequential was the list of its layers, and its name was lost unless it stood in a functional model. */
    private static Map<String, Object> sequential(Map<String, Object> layer, List<?> layers) {
        Object name = layer.get("name");
        if (name == null && !layers.isEmpty() && layers.getFirst() instanceof Map<?, ?> first
                && first.get(CONFIG) instanceof Map<?, ?> own) {
            name = own.get("name") + "_sequential";
        }
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("name", name == null ? "sequential" : name);
        config.put("layers", layers);
        FirstShape.of(layers).ifPresent(shape -> config.put(FirstShape.KEY, shape));
        Map<String, Object> newer = new LinkedHashMap<>(layer);
        newer.put(CONFIG, config);
        return newer;
    }

    /** What was an option of the layer is one of its calls since. */
    private static Object causal(Object nodes) {
        List<Object> causal = new ArrayList<>();
        for (Object call : nodes instanceof List<?> calls ? calls : List.of()) {
            List<Object> values = new ArrayList<>();
            Map<String, Object> arguments = new LinkedHashMap<>();
            for (Object value : call instanceof List<?> all ? all : List.of()) {
                if (value instanceof List<?> list && list.size() > ARGUMENTS
                        && list.get(ARGUMENTS) instanceof Map<?, ?> own) {
                    arguments.putAll(LayerTree.plain(own));
                }
                values.add(value instanceof List<?> list ? list.subList(0, Math.min(ARGUMENTS, list.size())) : value);
            }
            arguments.put("use_causal_mask", true);
            causal.add(call(List.of(values), arguments));
        }
        return causal;
    }

    /** Calls whose first value stands alone and the others by name, as Keras 3 writes them. */
    private static Object named(Object nodes) {
        if (!(nodes instanceof List<?> calls)) {
            return nodes;
        }
        List<Object> named = new ArrayList<>();
        for (Object call : calls) {
            boolean isOne = call instanceof List<?> values && values.size() == 1
                    && values.getFirst() instanceof List<?> value
                    && value.size() > ARGUMENTS && value.get(ARGUMENTS) instanceof Map<?, ?>;
            named.add(isOne ? one((List<?>) ((List<?>) call).getFirst()) : call);
        }
        return named;
    }

    private static Map<String, Object> call(List<?> values, Object arguments) {
        Map<String, Object> call = new LinkedHashMap<>();
        call.put("args", values);
        call.put("kwargs", arguments);
        return call;
    }

    private static Map<String, Object> one(List<?> value) {
        return call(List.of(value.subList(0, ARGUMENTS)), value.get(ARGUMENTS));
    }
}
