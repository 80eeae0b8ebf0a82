package dev.gatun.tests.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatun.formats.FormatException;
import dev.gatun.formats.Imported;
import dev.gatun.formats.keras.KerasFormat;
import dev.gatun.formats.tensors.Npy;
import dev.gatun.layers.Dense;
import dev.gatun.layers.model.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.Shared;
import dev.gatun.tests.fixture.Fixture;
import dev.gatun.tests.fixture.Fixtures;
import dev.gatun.tests.fixture.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that Keras 3 itself wrote, against what Keras and the oracle computed with them. */
class KerasFormatTest {

    private static final double LIMIT = 1e-5;

    /** Values that grow to 4e35, of which Keras's own float32 result is 4.5e-5 away from the same in double. */
    private static final double GROWING_LIMIT = 1e-4;

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"a_model_A", "a_model_B", "a_model_C1", "a_model_C2", "a_tiny_A", "a_tiny_C1", "a_tiny_C2"})
    void theFixturesModelsPredictWhatTheOracleExpects(String name) throws IOException {
        Path file = shared("fixtures/files/keras3_" + name + ".keras");
        Fixture fixture = Fixtures.load(name);
        try (Model model = Model.load(file)) {
            List<Tensor> outputs = model.predict(List.of(
                    Tensor.of(fixture.tensor("x").floats(), longs(fixture.tensor("x").shape()))));
            for (int i = 0; i < outputs.size(); i++) {
                String output = fixture.outputs().get(i);
                Measure.within(LIMIT, output, outputs.get(i).toArray(), fixture.values(output));
            }
        }
    }

    @Test
    void kerasOwnCasesPredictWhatKerasPredicted() throws IOException {
        List<String> passed = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (Path file : files(shared("keras3"))) {
            String name = file.getFileName().toString().replace(".keras", "");
            try (Model model = Model.load(file)) {
                JsonNode numbers = JSON.readTree(file.resolveSibling(name + ".json").toFile());
                List<Tensor> inputs = new ArrayList<>();
                for (int i = 0; i < model.inputNames().size(); i++) {
                    inputs.add(tensor(numbers.get("in_" + i)));
                }
                List<Tensor> outputs = model.predict(inputs);
                assertTrue(numbers.get("out_" + outputs.size()) == null, name);
                for (int i = 0; i < outputs.size(); i++) {
                    JsonNode expected = numbers.get("out_" + i);
                    assertEquals(tensor(expected).shape(), outputs.get(i).shape(), name);
                    Measure.within(name.equals("lstm_act_linear_linear") ? GROWING_LIMIT : LIMIT, name + "/out_" + i,
                            outputs.get(i).toArray(), doubles(expected.get("data")));
                }
                passed.add(name);
            } catch (FormatException named) {
                refused.add(name);
                System.out.println("not covered: " + named.getMessage());
            }
        }
        System.out.println(passed.size() + " of Keras's cases pass: " + passed);
        assertTrue(passed.containsAll(List.of("seq2seq", "initial_state_functional", "stack3_td_softmax",
                "lstm_act_tanh_hard_sigmoid", "lstm_seq1_state1_back1_bias1")), passed.toString());
        assertTrue(
                refused.stream().allMatch(name -> name.matches("(bidi|masking|stacked_cells|stateful).*")),
                refused.toString());
    }

    @Test
    void aModelOfSomeoneElseRuns() throws IOException {
        Path har = shared("models/har-esp32");
        try (Imported imported = KerasFormat.read(har.resolve("lstm_model.keras"))) {
            JsonNode expected = JSON.readTree(har.resolve("expected_keras.json").toFile()).get("output");
            Tensor output = imported.model().predict(Npy.read(har.resolve("input.npy")));
            Measure.within(LIMIT, "har-esp32", output.toArray(), flat(expected));
            String report = imported.report().toString();
            assertTrue(report.contains("Keras 3.10.0"), report);
            assertTrue(report.contains("kernel (128, 512) <- layers/lstm_1/cell/vars/0"), report);
            assertTrue(report.contains("optimizer"), report);
            assertEquals(
                    List.of("input_layer_1", "lstm_2", "dropout_1", "lstm_3", "dense_2", "dense_3"),
                    imported.report().layers().stream().map(layer -> layer.layer()).toList());
            assertEquals(List.of("input_layer_1"), imported.model().inputNames());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bidi_concat_seq1     | 'bidirectional' (Bidirectional)
            masking_seq0_bidi1   | 'masking_3' (Masking)
            stateful_3calls_reset | 'lstm_61' (LSTM) has stateful=true
            stacked_cells2       | 'rnn' (RNN)
            """)
    void whatGatunDoesNotHaveIsRefusedByName(String name, String said) throws IOException {
        Path file = shared("keras3/" + name + ".keras");
        String message = assertThrows(FormatException.class, () -> Model.load(file)).getMessage();
        assertTrue(message.contains(file.toString()) && message.contains(said), message);
        assertTrue(message.contains("support"), message);
        assertEquals(1, message.lines().count());
    }

    @Test
    void savingAsKerasIsRefusedAndNamesOurOwnFormat() throws IOException {
        Path file = folder.resolve("mine.keras");
        try (Model model = Sequential.of(Input.shape(2), Dense.units(1))) {
            String message = assertThrows(FormatException.class, () -> model.save(file)).getMessage();
            assertTrue(message.contains("mine.gatun"), message);
        }
        assertTrue(Files.notExists(file));
    }

    private static Path shared(String relative) {
        Assumptions.assumeTrue(Shared.root().isPresent(), Shared.ABSENT);
        return Shared.find(relative).orElseThrow();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".keras")).sorted().toList();
        }
    }

    private static Tensor tensor(JsonNode json) {
        double[] values = doubles(json.get("data"));
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        double[] shape = doubles(json.get("shape"));
        long[] dims = new long[shape.length];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = (long) shape[i];
        }
        return Tensor.of(floats, dims);
    }

    private static double[] doubles(JsonNode array) {
        return array.get(0).isArray()
                ? flat(array)
                : StreamSupport.stream(array.spliterator(), false).mapToDouble(JsonNode::asDouble).toArray();
    }

    private static double[] flat(JsonNode array) {
        return array.isArray()
                ? StreamSupport.stream(array.spliterator(), false)
                        .map(KerasFormatTest::flat)
                        .flatMapToDouble(Arrays::stream)
                        .toArray()
                : new double[] {array.asDouble()};
    }

    private static long[] longs(int[] shape) {
        return Arrays.stream(shape).asLongStream().toArray();
    }
}
