package dev.gatun.tests.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.formats.FormatException;
import dev.gatun.formats.Imported;
import dev.gatun.formats.keras.KerasFormat;
import dev.gatun.formats.tensors.Npy;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.Shared;
import dev.gatun.tests.fixture.Fixture;
import dev.gatun.tests.fixture.Fixtures;
import dev.gatun.tests.fixture.JsonArrays;
import dev.gatun.tests.fixture.Measure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that Keras 3 itself wrote: what the oracle expects of them, and what is refused. Those of {@code shared/keras3} are in
 * {@code parity}. */
class KerasFormatTest {

    private static final double LIMIT = 1e-5;

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
    void aModelOfSomeoneElseRuns() throws IOException {
        Path har = shared("models/har-esp32");
        try (Imported imported = KerasFormat.of(har.resolve("lstm_model.keras"))) {
            JsonNode expected = JsonArrays.read(har.resolve("expected_keras.json")).get("output");
            Tensor output = imported.model().predict(Npy.read(har.resolve("input.npy")));
            Measure.within(LIMIT, "har-esp32", output.toArray(), JsonArrays.values(expected));
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
            convlstm1d           | (ConvLSTM1D)
            """)
    void whatGatunDoesNotHaveIsRefusedByName(String name, String said) throws IOException {
        Path file = shared("oracles/keras3b/" + name + ".keras");
        String message = assertThrows(FormatException.class, () -> Model.load(file)).getMessage();
        assertTrue(message.contains(file.toString()) && message.contains(said), message);
        assertTrue(message.contains("support"), message);
        assertEquals(1, message.lines().count());
    }

    @Test
    void savingAsKerasWritesTheSameBytesEachTimeAndIntoStreams() throws IOException {
        Path file = folder.resolve("mine.keras");
        try (Model model = Sequential.of(Input.shape(2), Dense.units(1))) {
            model.save(file);
            byte[] once = Files.readAllBytes(file);
            model.save(file);
            assertArrayEquals(once, Files.readAllBytes(file));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            model.save(out, "keras");
            assertArrayEquals(once, out.toByteArray());
        }
    }

    @Test
    void whatKerasDoesNotHaveIsRefusedBeforeAByteIsWritten() throws IOException {
        Path file = folder.resolve("mine.keras");
        try (Model model = Sequential.of(Input.shape(4, 2), Lstm.units(3).peepholes().named("memory"))) {
            String message = assertThrows(FormatException.class, () -> model.save(file)).getMessage();
            assertTrue(message.contains("'memory'") && message.contains("peepholes") && message.contains(".gatun"),
                    message);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            assertThrows(FormatException.class, () -> model.save(out, "keras"));
            assertEquals(0, out.size());
        }
        assertTrue(Files.notExists(file));
    }

    private static Path shared(String relative) {
        Assumptions.assumeTrue(Shared.root().isPresent(), Shared.ABSENT);
        return Shared.find(relative).orElseThrow();
    }

    private static long[] longs(int[] shape) {
        return Arrays.stream(shape).asLongStream().toArray();
    }
}
