package dev.gatun.cli.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatun.cli.console.Refusal;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Tensors as {@code {"shape": [2, 3], "data": [...]}}, row-major, by name, or under {@code inputs} and {@code outputs}. What is
 * not finite is the text {@code NaN}, {@code Infinity} or {@code -Infinity}.
 *
 * @param file    for messages
 * @param tensors by name
 */
record JsonReference(Path file, Map<String, JsonNode> tensors) implements ReferenceFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @throws IOException if it cannot be read */
    static JsonReference of(Path file) throws IOException {
        JsonNode root;
        try {
            root = JSON.readTree(file.toFile());
        } catch (JsonProcessingException malformed) {
            throw new Refusal(file + " is not JSON: " + malformed.getOriginalMessage() + "; write it again");
        }
        Map<String, JsonNode> tensors = new LinkedHashMap<>();
        add(root, "", tensors);
        add(root.path("inputs"), "in_", tensors);
        add(root.path("outputs"), "out_", tensors);
        return new JsonReference(file, tensors);
    }

    private static void add(JsonNode object, String before, Map<String, JsonNode> tensors) {
        object.properties().forEach(entry -> {
            if (entry.getValue().has("shape") && entry.getValue().path("data").isArray()) {
                tensors.put(before + entry.getKey(), entry.getValue());
            }
        });
    }

    @Override
    public Set<String> names() {
        return tensors.keySet();
    }

    @Override
    public Tensor input(String name, boolean whole) {
        Expected read = output(name);
        long[] dims = read.shape().toArray();
        if (!whole) {
            float[] floats = new float[read.values().length];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = (float) read.values()[i];
            }
            return Tensor.of(floats, dims);
        }
        int[] ints = new int[read.values().length];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = (int) read.values()[i];
            if (ints[i] != read.values()[i]) {
                throw wrong(name, "number " + i + " is " + read.values()[i]
                        + ", but the model takes whole numbers of 32 bits");
            }
        }
        return Tensor.ofInts(ints, dims);
    }

    @Override
    public Expected output(String name) {
        JsonNode tensor = tensors.get(name);
        JsonNode sizes = tensor.get("shape");
        JsonNode data = tensor.get("data");
        long[] dims = new long[sizes.size()];
        long elements = 1;
        for (int axis = 0; axis < dims.length; axis++) {
            dims[axis] = sizes.get(axis).asLong(-1);
            if (dims[axis] < 0 || dims[axis] > Integer.MAX_VALUE) {
                throw wrong(name, "its shape is " + sizes);
            }
            elements = Math.min(Integer.MAX_VALUE + 1L, elements * dims[axis]);
        }
        if (elements != data.size()) {
            throw wrong(name, "its shape is " + sizes + ", but it has " + data.size() + " numbers");
        }
        double[] values = new double[data.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(name, data.get(i));
        }
        return new Expected(Shape.of(dims), values);
    }

    private double number(String name, JsonNode value) {
        if (value.isBoolean()) {
            return value.asBoolean() ? 1 : 0;
        }
        return switch (value.asText()) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> {
                if (!value.isNumber()) {
                    throw wrong(name, "it holds " + value + ", which is not a number");
                }
                yield value.asDouble();
            }
        };
    }

    private Refusal wrong(String name, String what) {
        return new Refusal(file + ": tensor '" + name + "' is not sound: " + what + "; write it again");
    }

    /** Nothing is open. */
    @Override
    public void close() {}
}
