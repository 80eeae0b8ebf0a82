package dev.gatun.formats.keras;

import dev.gatun.layers.Layer;
import dev.gatun.layers.OptionKind;
import dev.gatun.layers.OptionReader;
import dev.gatun.layers.type.BuiltInTypes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

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
            wired.add(input(layers.getFirst(), model, major));
        }
        for (Map<String, Object> layer : layers) {
            wired.add(KerasLayer.toGatun(layer, major));
        }
        for (int place = 1; place < wired.size(); place++) {
            Map<String, Object> before = OptionReader.asMap(wired.get(place - 1), "Layer");
            OptionReader.asMap(wired.get(place), "Layer").put("calls", List.of(List.of(value(before, 0))));
        }
        KerasInputs.adjust(wired);
        Map<String, Object> last = OptionReader.asMap(wired.getFirst(), "Input");
        for (Object each : wired.subList(1, wired.size())) {
            Map<String, Object> layer = OptionReader.asMap(each, "Layer");
            if (layer.get("class_name").equals("InputLayer")) {
                throw new IllegalArgumentException("Layer '" + layer.get("name")
                        + "' (InputLayer) does not stand first in the Sequential model");
            }
            if (outputs(last) > 1) {
                throw new IllegalArgumentException(
                        "Layer '" + last.get("name") + "' (" + last.get("class_name") + ") has return_state=true in the"
                                + " middle of a Sequential model, where its state goes nowhere");
            }
            last = layer;
        }
        gatun.put("layers", wired);
        gatun.put("inputs", List.of(OptionReader.asMap(wired.getFirst(), "Input").get("name")));
        Map<String, Object> end = last;
        gatun.put("outputs", IntStream.range(0, outputs(last)).mapToObj(output -> value(end, output)).toList());
    }

    private static List<Object> value(Map<String, Object> layer, long output) {
        return List.of(layer.get("name"), 0L, output);
    }

    /** How many values a layer makes. */
    private static int outputs(Map<String, Object> layer) {
        Layer known = BuiltInTypes.ALL.layer((String) layer.get("class_name"), (String) layer.get("name"),
                OptionReader.asMap(layer.get("config"), "config"));
        return BuiltInTypes.ALL.of(known).outputs(known).size();
    }

    /** A Sequential may tell its input's shape in its first layer, or only that it was built. */
    private static Map<String, Object> input(Map<String, Object> first, Map<String, Object> model, int major) {
        Map<String, Object> config = OptionReader.asMap(first.get("config"), "The first layer's config");
        Object shape = config.getOrDefault("batch_shape", config.get("batch_input_shape"));
        if (shape == null && model.get("config") instanceof Map<?, ?> own) {
            shape = own.get("build_input_shape");
        }
        if (shape == null && first.get("build_config") instanceof Map<?, ?> built) {
            shape = built.get("input_shape");
        }
        if (shape == null) {
            shape = KerasInputs.own(KerasLayer.toGatun(first, major)).map(own -> OptionKind.SHAPE.write(own.shape()))
                    .orElse(null);
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
