package dev.gatun.tests.rebuilt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.layers.Input;
import dev.gatun.memory.Shape;

/** Where values enter. */
final class Inputs {

    private Inputs() {}

    /** @param readsIds whether an embedding reads it */
    static Input input(JsonNode json, boolean readsIds) {
        JsonNode config = json.get("config");
        long[] all = dims(config.get("batch_shape"));
        long[] dims = new long[all.length - 1];
        System.arraycopy(all, 1, dims, 0, dims.length);
        String type = config.path("dtype").asText();
        Input input;
        if (type.equals("bool")) {
            input = dims.length == 1 ? Input.mask(dims[0]) : Input.mask(dims[0], dims[1]);
        } else if (type.startsWith("int")) {
            input = Input.ints(dims);
        } else if (readsIds) {
            input = Input.ints(dims).takesFloats(true);
        } else {
            input = all[0] == Shape.UNKNOWN ? Input.shape(dims) : Input.batchShape(all);
        }
        return input.named(config.get("name").asText());
    }

    static boolean readsIds(JsonNode layer) {
        return layer.get("class_name").asText().equals("Embedding");
    }

    private static long[] dims(JsonNode shape) {
        long[] dims = new long[shape.size()];
        for (int axis = 0; axis < dims.length; axis++) {
            dims[axis] = shape.get(axis).isNull() ? Shape.UNKNOWN : shape.get(axis).asLong();
        }
        return dims;
    }
}
