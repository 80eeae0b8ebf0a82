package dev.gatun.tests.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.Imported;
import dev.gatun.formats.tfjs.TfjsFormat;
import dev.gatun.layers.model.Model;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TensorFlow.js models that tests write: types of numbers, groups and pieces of files, both topologies, and what is refused. */
final class TfjsTest {

    private static final String DENSE = """
            {"class_name": "Sequential", "config": {"name": "s", "layers": [{"class_name": "Dense", "config": {"name": "d",
            "units": 2, "batch_input_shape": [null, 3]}}]}}""";

    @TempDir
    Path folder;

    private Path model(String topology, String manifest) throws IOException {
        return Files.writeString(folder.resolve("model.json"),
                "{\"format\": \"layers-model\", \"modelTopology\": " + topology + ", \"weightsManifest\": " + manifest
                        + "}");
    }

    private static String weight(String name, String shape, String type) {
        return "{\"name\": \"%s\", \"shape\": %s, %s}".formatted(name, shape, type);
    }

    private static String group(String paths, String... weights) {
        return "{\"paths\": [" + paths + "], \"weights\": [" + String.join(", ", weights) + "]}";
    }

    private static final String FLOATS = "\"dtype\": \"float32\"";

    private static byte[] floats(float... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        return bytes.array();
    }

    /** Kernel and bias cross from one file to the next, in the middle of a number. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"false | %s",
        "true | {\"keras_version\": \"2.11.0\", \"backend\": \"tensorflow\", \"model_config\": %s}"})
    void filesOfAGroupAreReadAsOne(boolean ofTheConverter, String topology) throws IOException {
        byte[] all = floats(1, 2, 3, 4, 5, 6, 7, 8);
        Files.write(folder.resolve("group1-shard1of2.bin"), Arrays.copyOf(all, 10));
        Files.write(folder.resolve("group1-shard2of2.bin"), Arrays.copyOfRange(all, 10, all.length));
        Path file = model(topology.formatted(DENSE), "[" + group(
                "\"group1-shard1of2.bin\", \"./group1-shard2of2.bin\"", weight("d/kernel", "[3, 2]", FLOATS),
                weight("d/bias", "[2]", FLOATS)) + "]");
        for (Path path : new Path[] {file, folder}) {
            try (Imported imported = Imported.read(path)) {
                assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, imported.model().weight("d/kernel").get().toArray());
                assertArrayEquals(new float[] {7, 8}, imported.model().weight("d/bias").get().toArray());
                assertTrue(imported.report().source().contains(ofTheConverter ? "Keras 2.11.0" : "TensorFlow.js"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "float16", "scale": 1, "min": 0     | 003c00c0  | 1     | -2
            "uint8", "scale": 0.5, "min": -3    | 00ff      | -3    | 124.5
            "uint16", "scale": 0.25, "min": 1   | 0400ffff  | 2     | 16384.75
            """)
    void smallerNumbersStandForOthers(String quantization, String hex, float first, float second) throws IOException {
        Files.write(folder.resolve("a.bin"), floats(1, 2, 3, 4, 5, 6));
        Files.write(folder.resolve("b.bin"), HexFormat.of().parseHex(hex));
        model(DENSE, "[" + group("\"a.bin\"", weight("d/kernel", "[3, 2]", FLOATS)) + ", " + group("\"b.bin\"",
                weight("d/bias", "[2]", FLOATS + ", \"quantization\": {\"dtype\": " + quantization + "}")) + "]");
        try (Imported imported = TfjsFormat.of(folder)) {
            assertArrayEquals(new float[] {first, second}, imported.model().weight("d/bias").get().toArray());
            assertEquals(1, imported.report().notes().stream().filter(note -> note.contains("made smaller")).count());
            assertTrue(imported.report().notes()
                    .contains("it does not say which Keras wrote it, and is read as of Keras 2,"
                            + " by the form of its layers"),
                    imported.report().toString());
        }
    }

    /** Names within a Bidirectional are not the layer's: the order tells. */
    @Test
    void whereNamesDoNotTellTheOrderDoes() throws IOException {
        String topology = """
                {"keras_version": "3.4.1", "class_name": "Sequential", "config": {"name": "s", "layers": [
                {"class_name": "InputLayer", "module": "keras.layers", "config": {"name": "in", "batch_shape": [null, 4, 1]}},
                {"class_name": "Bidirectional", "module": "keras.layers", "config": {"name": "both", "merge_mode": "sum",
                "layer": {"class_name": "SimpleRNN", "module": "keras.layers", "config": {"name": "rnn", "units": 1}}}},
                {"class_name": "BatchNormalization", "module": "keras.layers", "config": {"name": "norm"}},
                {"class_name": "Dense", "module": "keras.layers", "config": {"name": "end", "units": 1, "use_bias": false}}
                ]}}""";
        String[] layerByLayer = {"forward_rnn/kernel [1,1]", "forward_rnn/recurrent_kernel [1,1]",
            "forward_rnn/bias [1]",
            "backward_rnn/kernel [1,1]", "backward_rnn/recurrent_kernel [1,1]", "backward_rnn/bias [1]", "n/gamma [1]",
            "n/beta [1]", "n/moving_mean [1]", "n/moving_variance [1]", "e/kernel [1,1]"};
        check(topology, layerByLayer, 9, 10, 11);
        String[] trainedFirst = layerByLayer.clone();
        trainedFirst[8] = layerByLayer[10];
        trainedFirst[9] = layerByLayer[8];
        trainedFirst[10] = layerByLayer[9];
        check(topology, trainedFirst, 10, 11, 9);
    }

    /** The converter goes through the layers as HDF5 sorts their names, and calls what is within a model by its own name. */
    @Test
    void theConverterSortsLayersByName() throws IOException {
        String topology = """
                {"keras_version": "2.11.0", "model_config": {"class_name": "Sequential", "config": {"name": "s", "layers": [
                {"class_name": "Dense", "config": {"name": "z", "units": 2, "use_bias": false,
                "batch_input_shape": [null, 2]}},
                {"class_name": "Sequential", "config": {"name": "m", "layers": [{"class_name": "Dense", "config": {"name": "in",
                "units": 2, "use_bias": false, "batch_input_shape": [null, 2]}}]}},
                {"class_name": "Dense", "config": {"name": "a", "units": 2, "use_bias": false}}]}}}""";
        for (String[] names : new String[][] {{"s/a/kernel", "in/kernel", "s/z/kernel"}, {"k1", "k2", "k3"}}) {
            Files.write(folder.resolve("a.bin"), floats(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
            Path file = model(topology, "[" + group("\"a.bin\"",
                    Arrays.stream(names).map(name -> weight(name, "[2, 2]", FLOATS)).toArray(String[]::new)) + "]");
            Files.writeString(file, Files.readString(file).replace("\"format\"", "\"convertedBy\": \"C\", \"format\""));
            try (Model model = Model.load(file)) {
                assertArrayEquals(new float[] {1, 2, 3, 4}, model.weight("a/kernel").get().toArray());
                assertArrayEquals(new float[] {5, 6, 7, 8}, model.weight("m/in/kernel").get().toArray());
                assertArrayEquals(new float[] {9, 10, 11, 12}, model.weight("z/kernel").get().toArray());
            }
        }
    }

    /** Of Keras 3 the converter keeps the paths of groups, which are called by class, and takes the modules away. */
    @Test
    void theConverterKeepsTheGroupsOfKeras3() throws IOException {
        String tensor = "{\"class_name\": \"__keras_tensor__\", \"config\": {\"keras_history\": [\"%s\", 0, 0]}}";
        String topology = """
                {"keras_version": "3.4.1", "model_config": {"class_name": "Functional", "config": {"name": "f", "layers": [
                {"class_name": "InputLayer", "name": "x", "config": {"batch_shape": [null, 2], "name": "x"},
                 "inbound_nodes": []},
                {"class_name": "Dense", "name": "second", "config": {"name": "second", "units": 2, "use_bias": false},
                 "inbound_nodes": [{"args": [%s], "kwargs": {}}]},
                {"class_name": "Dense", "name": "first", "config": {"name": "first", "units": 2, "use_bias": false},
                 "inbound_nodes": [{"args": [%s], "kwargs": {}}]},
                {"class_name": "Tanh", "name": "tanh", "config": {"name": "tanh"},
                 "inbound_nodes": [{"args": [%s], "kwargs": {}}]}],
                "input_layers": [["x", 0, 0]], "output_layers": [["tanh", 0, 0]]}}}""".formatted(tensor.formatted("x"),
                tensor.formatted("second"), tensor.formatted("first"));
        Files.write(folder.resolve("a.bin"), floats(1, 2, 3, 4, 5, 6, 7, 8, 9));
        String[] weights = {weight("layers/dense/vars/0", "[2, 2]", FLOATS),
            weight("layers/dense_1/vars/0", "[2, 2]", FLOATS), weight("optimizer/vars/0", "[]", FLOATS)};
        for (String container : new String[] {"layers", "_layer_checkpoint_dependencies"}) {
            String manifest = "[" + group("\"a.bin\"", weights).replace("layers/", container + "/") + "]";
            try (Model model = Model.load(model(topology, manifest))) {
                assertArrayEquals(new float[] {1, 2, 3, 4}, model.weight("second/kernel").get().toArray());
                assertArrayEquals(new float[] {5, 6, 7, 8}, model.weight("first/kernel").get().toArray());
            }
        }
        weights[1] = weight("layers/dense_7/vars/0", "[2, 2]", FLOATS);
        Path file = model(topology, "[" + group("\"a.bin\"", weights) + "]");
        String said = assertThrows(FormatException.class, () -> Model.load(file)).getMessage();
        assertTrue(said.contains("has no weight 'layers/dense_1/vars/0', 'first/kernel' of shape (2, 2)"), said);
    }

    @Test
    void layersWithModulesAreOfKeras3() throws IOException {
        String topology = DENSE.replace("\"units\"", "\"activation\": \"hard_sigmoid\", \"units\"");
        Files.write(folder.resolve("a.bin"), floats(1, 2, 3, 4, 5, 6, 7, 8));
        String manifest = "["
                + group("\"a.bin\"", weight("d/kernel", "[3, 2]", FLOATS), weight("d/bias", "[2]", FLOATS))
                + "]";
        for (String version : new String[] {"Keras 2", "Keras 3"}) {
            String json = version.endsWith("3")
                    ? topology.replace("{\"class_name\": \"Dense\"",
                            "{\"module\": \"keras.layers\", \"class_name\": \"Dense\"")
                    : topology;
            try (Imported imported = Imported.read(model(json, manifest))) {
                String config = imported.model().graph().layers().get(1).layer().config().toString();
                assertEquals(version.endsWith("2"), config.contains("hard_sigmoid_keras2"), config);
                assertTrue(imported.report().notes().toString().contains("is read as of " + version),
                        imported.report().toString());
            }
        }
    }

    @Test
    void linksOutOfTheFolderAreNotFollowed() throws IOException {
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Files.write(folder.resolve("a.bin"), floats(1, 2, 3, 4, 5, 6, 7, 8));
        Files.createSymbolicLink(inside.resolve("a.bin"), folder.resolve("a.bin"));
        Path file = inside.resolve("model.json");
        Files.move(model(DENSE, "[" + group("\"a.bin\"", weight("d/kernel", "[3, 2]", FLOATS),
                weight("d/bias", "[2]", FLOATS)) + "]"), file);
        String said = assertThrows(FormatException.class, () -> Model.load(file)).getMessage();
        assertTrue(said.contains("'a.bin', which does not lie beside it"), said);
        Files.delete(inside.resolve("a.bin"));
        Files.createSymbolicLink(inside.resolve("a.bin"), Files.move(folder.resolve("a.bin"), inside.resolve("b.bin")));
        Model.load(file).close();
    }

    @Test
    void brokenUtf8IsRefused() throws IOException {
        Files.write(folder.resolve("a.bin"), floats(1, 2, 3, 4, 5, 6, 7, 8));
        Path file = model(DENSE.replace("\"d\"", "\"d\u00e9\""), "[" + group("\"a.bin\"",
                weight("d\u00e9/kernel", "[3, 2]", FLOATS), weight("d\u00e9/bias", "[2]", FLOATS)) + "]");
        Model.load(file).close();
        Files.write(file, Files.readString(file).getBytes(StandardCharsets.ISO_8859_1));
        String said = assertThrows(FormatException.class, () -> Model.load(file)).getMessage();
        assertTrue(said.contains("is not UTF-8 text"), said);
    }

    /** What only speaks of such models is none, and keys may stand in any order. */
    @Test
    void theKeysTell() throws IOException {
        Path other = Files.writeString(folder.resolve("other.json"),
                "{\"in_shape\": [null, null, 1], \"note\": \"\\\"modelTopology\\\"\", \"layers\": []}");
        assertTrue(assertThrows(IOException.class, () -> Model.load(other)).getMessage().contains("layers"));
        Files.write(folder.resolve("a.bin"), floats(1, 2, 3, 4, 5, 6, 7, 8));
        Path late = Files.writeString(folder.resolve("late.json"),
                "{\"userDefinedMetadata\": {\"text\": \"" + "x".repeat(5000)
                        + "\"}, \"weightsManifest\": [" + group("\"a.bin\"", weight("d/kernel", "[3, 2]", FLOATS),
                                weight("d/bias", "[2]", FLOATS))
                        + "], \"modelTopology\": " + DENSE + "}");
        Model.load(late).close();
    }

    private void check(String topology, String[] weights, float mean, float variance, float end) throws IOException {
        float[] numbers = new float[weights.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i + 1;
        }
        Files.write(folder.resolve("a.bin"), floats(numbers));
        String[] listed = Arrays.stream(weights)
                .map(text -> weight(text.split(" ")[0], text.split(" ")[1], FLOATS)).toArray(String[]::new);
        try (Model model = Model.load(model(topology, "[" + group("\"a.bin\"", listed) + "]"))) {
            assertEquals(mean, model.weight("norm/moving_mean").get().toArray()[0]);
            assertEquals(variance, model.weight("norm/moving_variance").get().toArray()[0]);
            assertEquals(end, model.weight("end/kernel").get().toArray()[0]);
            assertEquals(4, model.weights().get(3).get().toArray()[0]);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [{"paths": ["a.bin"], "weights": []}]                                                             | has 32
            [{"paths": ["gone.bin"], "weights": []}]                                                          | gone.bin
            [{"paths": ["../a.bin"], "weights": []}]                                                          | does not lie beside
            [{"paths": ["/etc/passwd"], "weights": []}]                                                       | does not lie beside
            [{"paths": ["a.bin"], "weights": [{"name": "d/kernel", "shape": [9], "dtype": "float32"}]}]       | of 36 bytes at byte 0
            [{"paths": ["a.bin"], "weights": [{"name": "d/kernel", "shape": [8], "dtype": "string"}]}]        | 'string'
            [{"paths": ["a.bin"], "weights": [{"name": "d/kernel", "shape": [-8], "dtype": "float32"}]}]      | whole numbers
            [{"paths": ["a.bin"], "weights": [{"name": "d/kernel", "shape": [4611686018427387904, 4611686018427387904, 9], "dtype": "float32"}]}] | more numbers
            [{"paths": ["a.bin"], "weights": [{"name": "d/kernel", "shape": [8], "dtype": "float32"}]}]       | 1 array for layer
            {"paths": []}                                                                                     | weightsManifest
            []                                                                                                | describes a model
            """)
    void whatDoesNotFitIsRefused(String manifest, String said) throws IOException {
        Files.write(folder.resolve("a.bin"), floats(1, 2, 3, 4, 5, 6, 7, 8));
        Path file = model(DENSE, manifest);
        String message = assertThrows(FormatException.class, () -> Model.load(file)).getMessage();
        assertTrue(message.contains(said), message);
    }

    @Test
    void graphsAndStreamsSayWhatToDo() throws IOException {
        Path graph = Files.writeString(folder.resolve("model.json"), """
                {"format": "graph-model", "modelTopology": {"node": []}, "weightsManifest": []}""");
        assertTrue(assertThrows(FormatException.class, () -> Model.load(graph)).getMessage().contains("graph model"));
        byte[] bytes = Files.readAllBytes(graph);
        String message = assertThrows(FormatException.class, () -> Model.load(new ByteArrayInputStream(bytes)))
                .getMessage();
        assertTrue(message.contains("give the path of its model.json"), message);
    }
}
