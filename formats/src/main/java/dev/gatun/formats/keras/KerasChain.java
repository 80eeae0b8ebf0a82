package dev.gatun.formats.keras;

import dev.gatun.layers.Options;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The layers of a Sequential: each reads what the one before it makes. */
final class KerasChain {

    private KerasChain() {}

    static void wire(
            Map<String, Object> gatun, List<Map<String, Object>> layers, Map<String, Object> model, int major) {
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("The Sequential model has no layers");
        }
        List<Object> wired = new ArrayList<>();
        if (!"InputLayer".equals(layers.getFirst().get("class_name"))) {
            wired.add(input(layers.getFirst(), model));
        }
        for (Map<String, Object> layer : layers) {
            wired.add(KerasLayer.toGatun(layer, major));
        }
        Map<String, Object> last = Options.asMap(wired.getFirst(), "Input");
        for (Object each : wired.subList(1, wired.size())) {
            Map<String, Object> layer = Options.asMap(each, "Layer");
            if (layer.get("class_name").equals("InputLayer")) {
                throw new IllegalArgumentException("Layer '" + layer.get("name")
                        + "' (InputLayer) does not stand first in the Sequential model");
            }
            if (returnsState(last)) {
                throw new IllegalArgumentException(
                        "Layer '" + last.get("name") + "' (LSTM) has return_state=true in the"
                                + " middle of a Sequential model, where its state goes nowhere");
            }
            layer.put("calls", List.of(List.of(value(last, 0))));
            last = layer;
        }
        gatun.put("layers", wired);
        gatun.put("inputs", List.of(Options.asMap(wired.getFirst(), "Input").get("name")));
        gatun.put("outputs", returnsState(last)
                ? List.of(value(last, 0), value(last, 1), value(last, 2))
                : List.of(value(last, 0)));
    }

    private static List<Object> value(Map<String, Object> layer, long output) {
        return List.of(layer.get("name"), 0L, output);
    }

    private static boolean returnsState(Map<String, Object> layer) {
        return layer.get("class_name").equals("LSTM")
                && Options.asMap(layer.get("config"), "LSTM").get("return_state") instanceof Boolean returned
                && returned;
    }

    /** A Sequential may tell its input's shape in its first layer, or only that it was built. */
    private static Map<String, Object> input(Map<String, Object> first, Map<String, Object> model) {
        Map<String, Object> config = Options.asMap(first.get("config"), "The first layer's config");
        Object shape = config.getOrDefault("batch_shape", config.get("batch_input_shape"));
        if (shape == null && model.get("config") instanceof Map<?, ?> own) {
            shape = own.get("build_input_shape");
        }
        if (shape == null && first.get("build_config") instanceof Map<?, ?> built) {
            shape = built.get("input_shape");
        }
        if (shape == null) {
            throw new IllegalArgumentException("The Sequential model does not say the shape of its input; put a"
                    + " keras.Input first and save it again");
        }
        Map<String, Object> inputConfig = new LinkedHashMap<>();
        inputConfig.put("batch_shape", shape);
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("class_name", "InputLayer");
        input.put("name", KerasLayer.nameOf(first) + "_input");
        input.put("config", inputConfig);
        return input;
    }
}
