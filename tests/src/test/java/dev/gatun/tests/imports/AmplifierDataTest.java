package dev.gatun.tests.imports;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.Imported;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What trainers of guitar amplifiers say beside a state dict: it is taken at its word, and has to be true of the state dict. */
final class AmplifierDataTest {

    private static final String LSTM = """
            {"rec.weight_ih_l0": [[0], [0], [1], [0]], "rec.weight_hh_l0": [[0], [0], [0], [0]],
             "rec.bias_ih_l0": [50, 0, 0, 50], "rec.bias_hh_l0": [0, -50, 0, 0], "lin.weight": [[2]], "lin.bias": [1]}""";
    private static final String GRU = """
            {"rec.weight_ih_l0": [[0], [0], [1]], "rec.weight_hh_l0": [[0], [0], [0]],
             "rec.bias_ih_l0": [0, -50, 0], "rec.bias_hh_l0": [0, 0, 0], "lin.weight": [[2]], "lin.bias": [1]}""";

    @TempDir
    Path folder;

    private Path write(String data, String state) throws IOException {
        return Files.writeString(folder.resolve("amp"),
                "{\"model_data\": {" + data + "}, \"state_dict\": " + state + "}");
    }

    /** h is tanh(tanh(x)) of the LSTM, tanh(x) of the GRU. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "model": "SimpleRNN", "skip": 1                          | 1
            "model": "SimpleRNN", "skip": true, "unit_type": "LSTM"  | 1
            "model": "SimpleRNN", "skip": false                      | 0
            "model": "SimpleRNN", "skip": 0, "hidden_size": 1        | 0
            "model": "SimpleRNN"                                     | 1
            "skip": null, "num_layers": 1, "bias_fl": true           | 1
            """)
    void theInputGoesPastTheModulesAsItSays(String data, float skip) throws IOException {
        try (Imported read = Imported.read(write(data, LSTM))) {
            float y = (float) (2 * Math.tanh(Math.tanh(0.5)) + 1 + 0.5 * skip);
            assertArrayEquals(new float[] {y}, read.model().predict(Tensor.of(new float[] {0.5f}, 1, 1, 1)).toArray(),
                    1e-6f);
        }
    }

    @Test
    void aGruIsReadAndNothingIsLeftOpen() throws IOException {
        String data = "\"model\": \"SimpleRNN\", \"skip\": 0, \"unit_type\": \"GRU\", \"sample_rate\": 44100.0";
        try (Imported read = Imported.read(write(data, GRU))) {
            assertArrayEquals(new float[] {(float) (2 * Math.tanh(0.5) + 1)},
                    read.model().predict(Tensor.of(new float[] {0.5f}, 1, 1, 1)).toArray(), 1e-6f);
            String report = read.report().toString();
            assertTrue(report.contains("made for 44100.0 samples a second"), report);
            assertFalse(report.contains("TorchArchitecture"), report);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "unit_type": "GRU"                     | says unit_type 'GRU', but module rec (LSTM, 1 to 1) is another
            "hidden_size": 40                      | says hidden_size 40, but the shapes of its parameters 1
            "num_layers": 2                        | says num_layers 2, but the shapes of its parameters 1
            "input_size": 2                        | says input_size 2, but the shapes of its parameters 1
            "output_size": 2                       | says output_size 2, but the shapes of its parameters 1
            "skip": -1                             | says skip -1, expected at least 0
            "model": "GatedConvNet"                | says model 'GatedConvNet', expected SimpleRNN
            """)
    void whatIsNotTrueOfTheStateDictIsRefused(String data, String said) throws IOException {
        Path file = write(data, LSTM);
        String message = assertThrows(FormatException.class, () -> Imported.read(file)).getMessage();
        assertTrue(message.contains(said), message);
    }

    @Test
    void anotherModuleIsRefused() throws IOException {
        Path file = write("\"skip\": 1", LSTM.replace("\"lin.bias\"", "\"more.weight\": [[1]], \"lin.bias\""));
        String message = assertThrows(FormatException.class, () -> Imported.read(file)).getMessage();
        assertTrue(
                message.contains("its state dict has rec (LSTM, 1 to 1), lin (Linear, 1 to 1), more (Linear, 1 to 1)"),
                message);
    }
}
