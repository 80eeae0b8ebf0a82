package dev.gatun.tests.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatun.formats.PlainJson;
import dev.gatun.formats.keras.KerasConfig;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelConfig;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.kernels.Bits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Operations of {@code keras.ops} among the layers of a functional model: a model that Keras 3.15.1 wrote, with one output for each
 * operation and what it predicted (made by {@code keras_operations.py} beside them), and what is refused.
 */
final class KerasOperationsTest {

    private static final String FOLDER = "/keras-operations/keras_operations";
    private static final double LIMIT = 1e-5;

    private static InputStream resource(String ending) {
        return KerasOperationsTest.class.getResourceAsStream(FOLDER + ending);
    }

    private static Tensor tensor(JsonNode json, boolean ints) {
        double[] data = new double[json.get("data").size()];
        for (int i = 0; i < data.length; i++) {
            data[i] = json.get("data").get(i).asDouble();
        }
        long[] shape = new long[json.get("shape").size()];
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = json.get("shape").get(axis).asLong();
        }
        if (ints) {
            int[] numbers = new int[data.length];
            for (int i = 0; i < data.length; i++) {
                numbers[i] = (int) data[i];
            }
            return Tensor.ofInts(numbers, shape);
        }
        float[] numbers = new float[data.length];
        for (int i = 0; i < data.length; i++) {
            numbers[i] = (float) data[i];
        }
        return Tensor.of(numbers, shape);
    }

    @Test
    void everyOperationComputesWhatKerasDoes(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("operations.keras");
        JsonNode numbers;
        try (InputStream model = resource(".keras"); InputStream json = resource(".json")) {
            Files.copy(model, file);
            numbers = new ObjectMapper().readTree(json);
        }
        Path saved = folder.resolve("operations.gatun");
        try (Model model = Model.load(file)) {
            List<Tensor> inputs = new ArrayList<>();
            for (String name : model.inputNames()) {
                int place = List.of("x", "p", "ids").indexOf(name);
                inputs.add(tensor(numbers.get("inputs").get(place), name.equals("ids")));
            }
            List<Tensor> got = model.predict(inputs);
            assertEquals(numbers.get("outputs").size(), got.size());
            for (int i = 0; i < got.size(); i++) {
                Tensor expected = tensor(numbers.get("outputs").get(i), false);
                String name = numbers.get("names").get(i).asText();
                assertEquals(expected.shape(), got.get(i).shape(), name);
                close(expected.toArray(), got.get(i).toArray(), name);
            }
            model.save(saved);
            try (Model again = Model.load(saved);
                    Model rebuilt = ModelConfig.nodes(ModelConfig.toMap(model.graph())).model()) {
                List<Tensor> loaded = again.predict(inputs);
                for (int i = 0; i < rebuilt.weights().size(); i++) {
                    rebuilt.weights().get(i).set(model.weights().get(i).get());
                }
                List<Tensor> made = rebuilt.predict(inputs);
                for (int i = 0; i < got.size(); i++) {
                    Bits.same(loaded.get(i).toArray(), got.get(i).toArray(), "loaded, output " + i);
                    Bits.same(made.get(i).toArray(), got.get(i).toArray(), "rebuilt, output " + i);
                }
            }
        }
    }

    private static void close(float[] expected, float[] got, String what) {
        double most = 1e-4;
        for (float number : expected) {
            most = Math.max(most, Math.abs(number));
        }
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], got[i], LIMIT * most, what + ", number " + i);
        }
    }

    private static Map<String, Object> tensor(String layer, Object... shape) {
        List<Object> sizes = new ArrayList<>();
        sizes.add(null);
        sizes.addAll(List.of(shape));
        Map<String, Object> config = new LinkedHashMap<>(
                Map.of("shape", sizes, "dtype", "float32", "keras_history", List.of(layer, 0L, 0L)));
        return Map.of("class_name", "__keras_tensor__", "config", config);
    }

    private static String refused(String kind, Map<String, Object> config, Object... arguments) {
        return assertThrows(IllegalArgumentException.class, () -> model(kind, config, arguments).close(), kind)
                .getMessage();
    }

    /** x [B,5,4] and one operation. */
    private static Model model(String kind, Map<String, Object> config, Object... arguments) {
        List<Object> batch = new ArrayList<>();
        batch.add(null);
        batch.addAll(List.of(5L, 4L));
        Map<String, Object> input = new LinkedHashMap<>(Map.of("module", "keras.layers", "class_name", "InputLayer",
                "config", Map.of("name", "x", "batch_shape", batch, "dtype", "float32"), "inbound_nodes", List.of()));
        Map<String, Object> own = new LinkedHashMap<>(config);
        own.put("name", "op");
        Map<String, Object> operation = new LinkedHashMap<>(Map.of("module", "keras.src.ops.numpy", "class_name", kind,
                "config", own, "inbound_nodes", List.of(Map.of("args", List.of(arguments), "kwargs", Map.of()))));
        Map<String, Object> functional = Map.of("name", "m", "layers", List.of(input, operation), "input_layers",
                List.of(List.of("x", 0L, 0L)), "output_layers", List.of(List.of("op", 0L, 0L)));
        return KerasConfig.model(PlainJson.text(Map.of("class_name", "Functional", "config", functional)), 3);
    }

    /** Each by its name, with what of it is not supported. */
    @Test
    void whatMixesSamplesOrIsNotThereIsRefused() {
        Object x = tensor("x", 5L, 4L);
        says(refused("FFT", Map.of(), x), "'op' (FFT)", "no layer of class");
        says(refused("Mean", Map.of("keepdims", false), x), "'op' (Mean)", "samples stay apart");
        says(refused("Mean", Map.of("axis", List.of(0L), "keepdims", false), x), "'op'", "axis 0 is the batch");
        says(refused("Transpose", Map.of("axes", List.of(1L, 0L, 2L)), x), "'op' (Transpose)", "moves the batch");
        says(refused("Reshape", Map.of("newshape", List.of(-1L, 4L)), x), "'op' (Reshape)", "keep samples apart");
        says(refused("Reshape", Map.of("newshape", List.of(20L, -1L)), x), "'op' (Reshape)", "keep samples apart");
        says(refused("ExpandDims", Map.of("axis", 0L), x), "'op' (ExpandDims)", "axes behind the batch");
        says(refused("Squeeze", Map.of("axis", 1L), x), "'op'", "samples have 20");
        says(refused("Concatenate", Map.of("axis", 0L), List.of(x, x)), "'op'", "the batch");
        says(refused("Matmul", Map.of(), x, tensor("x", 4L)), "'op' (Matmul)", "matrices of each sample");
        says(refused("GetItem", Map.of(), x, 0L), "'op' (GetItem)", "some samples");
        says(refused("GetItem", Map.of(), x, List.of(slice(), 7L)), "'op'", "5 indices");
        says(refused("Add", Map.of(), x, Map.of("class_name", "__numpy__", "config", Map.of("value", List.of(1L, 2L)))),
                "'op' (Add)", "single number");
        says(refused("Softmax", Map.of("axis", 1L), x), "'op' (Softmax)", "along the last");
        says(refused("Round", Map.of("decimals", 2L), x), "'op' (Round)", "decimals");
        says(refused("Add", Map.of("novelty", 1L), x, 1.0), "'op' (Add)", "novelty");
        says(refused("Maximum", Map.of(), 1.0, 2.0), "'op'", "numbers alone");
    }

    /** Neither is run; a class of somebody's own stands in a file as any other if it is registered ({@code OwnLayerTest}). */
    @Test
    void codeIsRefusedByItsName() {
        for (String kind : List.of("Lambda", "ScaledTanh")) {
            Map<String, Object> layer = Map.of("module", "keras.layers", "class_name", kind, "config",
                    Map.of("name", "mine"));
            String said = assertThrows(IllegalArgumentException.class, () -> KerasConfig.model(PlainJson.text(
                    Map.of("class_name", "Sequential", "config", Map.of("name", "s", "layers", List.of(layer)))), 3))
                    .getMessage();
            says(said, "Layer 'mine' (" + kind + ")", "registered as a LayerType");
            assertEquals(kind.equals("Lambda"), said.contains("code of Python's"), said);
        }
    }

    private static Map<String, Object> slice() {
        return Map.of("class_name", "__slice__", "config", Map.of());
    }

    private static void says(String said, String... parts) {
        for (String part : parts) {
            assertTrue(said.contains(part), said);
        }
    }
}
