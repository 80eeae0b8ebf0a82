package dev.gatun.tests.rebuilt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.layers.Concatenate;
import dev.gatun.layers.Elementwise;
import dev.gatun.layers.Node;
import dev.gatun.layers.Reduction;
import dev.gatun.layers.Reshape;
import dev.gatun.layers.Slicing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * Operations of {@code keras.ops} among layers, by the layers that are for them.
 *
 * @param node   class_name, config and the arguments of its only call
 * @param values what a tensor of the file is here
 */
record Operations(JsonNode node, Function<JsonNode, Node> values) {

    static boolean isOperation(JsonNode layer) {
        return layer.path("module").asText().startsWith("keras.src.ops");
    }

    Node call() {
        String kind = node.get("class_name").asText();
        return switch (kind) {
            case "Mean", "Sum", "Max", "Min", "Any", "All" -> Reduction
                    .of(Reduction.Function.valueOf(kind.toUpperCase(Locale.ROOT)), config().get("axis").asInt())
                    .keepDims(config().get("keepdims").asBoolean()).named(name()).on(value(0));
            case "Concatenate" -> Concatenate.axis(config().get("axis").asInt()).dropsMasks(true).named(name())
                    .on(StreamSupport.stream(argument(0).spliterator(), false).map(values).toList());
            case "ExpandDims" -> Reshape.to(expanded()).named(name()).on(value(0));
            case "GetItem" -> Slicing.of(parts()).named(name()).on(value(0));
            case "ConvertToTensor" -> elementwise(Elementwise.Function.IDENTITY);
            default -> elementwise(Elementwise.Function.valueOf(
                    kind.replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT)));
        };
    }

    private JsonNode config() {
        return node.get("config");
    }

    private String name() {
        return config().get("name").asText();
    }

    private JsonNode argument(int place) {
        return node.get("inbound_nodes").get(0).get("args").get(place);
    }

    private Node value(int place) {
        return values.apply(argument(place));
    }

    private Node elementwise(Elementwise.Function function) {
        Elementwise layer = Elementwise.of(function).named(name());
        List<Node> read = new ArrayList<>();
        for (int place = 0; place < function.arity(); place++) {
            if (argument(place).isNumber()) {
                layer = layer.argument(place, argument(place).asDouble());
            } else {
                read.add(value(place));
            }
        }
        return layer.on(read);
    }

    /** Sizes behind the batch, an unknown one as -1. */
    private int[] expanded() {
        List<Integer> sizes = new ArrayList<>();
        argument(0).at("/config/shape").forEach(size -> sizes.add(size.isNull() ? Reshape.REST : size.asInt()));
        int axis = config().get("axis").asInt();
        sizes.add(axis < 0 ? axis + sizes.size() + 1 : axis, 1);
        return sizes.stream().skip(1).mapToInt(Integer::intValue).toArray();
    }

    /** Ranges and indices behind the batch, as Python writes them. */
    private String[] parts() {
        List<String> parts = new ArrayList<>();
        argument(1).forEach(part -> parts.add(part.isNumber() ? part.asText() : range(part.get("config"))));
        return parts.stream().skip(1).toArray(String[]::new);
    }

    private static String range(JsonNode slice) {
        List<String> ends = new ArrayList<>();
        for (String end : List.of("start", "stop", "step")) {
            ends.add(slice.get(end).isNull() ? "" : slice.get(end).asText());
        }
        return ends.get(0) + ":" + ends.get(1) + (ends.get(2).isEmpty() ? "" : ":" + ends.get(2));
    }
}
