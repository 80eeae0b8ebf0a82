package dev.gatun.tests.imports;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.formats.FormatException;
import dev.gatun.formats.Imported;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.serve.ModelStream;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.Shared;
import dev.gatun.tests.fixture.JsonArrays;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Neural Amp Modeler's LSTMs, against a loop in double precision that goes through the weights as the file has them. */
final class NamFormatTest {

    private static final float[] X = {0.5f, -0.25f, 1, 0, 0.125f, -1, 0.75f, 0.5f, 0.1f, 0.2f};

    @TempDir
    Path folder;

    /** One layer after the other, sample by sample; the states begin as the weights say. */
    private record Reference(int inputs, int units, int layers, int outputs, double[] weights) {

        double[] run(float[] x) {
            int steps = x.length / inputs;
            double[] y = new double[steps * outputs];
            double[] states = new double[layers * 2 * units];
            for (int step = 0; step < steps; step++) {
                double[] in = new double[inputs];
                for (int i = 0; i < inputs; i++) {
                    in[i] = x[step * inputs + i];
                }
                int at = 0;
                for (int layer = 0; layer < layers; layer++) {
                    int wide = in.length + units;
                    int biases = at + 4 * units * wide;
                    if (step == 0) {
                        System.arraycopy(weights, biases + 4 * units, states, layer * 2 * units, 2 * units);
                    }
                    in = cell(in, states, layer * 2 * units, at, biases);
                    at = biases + 6 * units;
                }
                for (int output = 0; output < outputs; output++) {
                    double sum = weights[at + outputs * units + output];
                    for (int i = 0; i < units; i++) {
                        sum += weights[at + output * units + i] * in[i];
                    }
                    y[step * outputs + output] = sum;
                }
            }
            return y;
        }

        private double[] cell(double[] in, double[] states, int state, int matrix, int biases) {
            double[] sums = new double[4 * units];
            for (int row = 0; row < sums.length; row++) {
                sums[row] = weights[biases + row];
                for (int i = 0; i < in.length + units; i++) {
                    sums[row] += weights[matrix + row * (in.length + units) + i]
                            * (i < in.length ? in[i] : states[state + i - in.length]);
                }
            }
            double[] h = new double[units];
            for (int i = 0; i < units; i++) {
                double c = sigmoid(sums[units + i]) * states[state + units + i]
                        + sigmoid(sums[i]) * Math.tanh(sums[2 * units + i]);
                h[i] = sigmoid(sums[3 * units + i]) * Math.tanh(c);
                states[state + units + i] = c;
            }
            System.arraycopy(h, 0, states, state, units);
            return h;
        }

        private static double sigmoid(double x) {
            return 1 / (1 + Math.exp(-x));
        }
    }

    @Test
    void theFileOfTheAmplifierBeginsAtItsStates() throws IOException {
        Path file = Shared.find("wild/lstm.nam").orElse(null);
        Assumptions.assumeTrue(file != null, Shared.ABSENT);
        JsonNode json = JsonArrays.read(file);
        try (Imported read = Imported.read(file)) {
            check(read.model(), new Reference(1, 3, 1, 1, JsonArrays.values(json.get("weights"))), X);
            assertTrue(read.report().source().contains("0.5.4"), read.report().source());
            assertTrue(read.model().metadata().get("nam.metadata").contains("Darkglass"));
            assertEquals("48000", read.model().metadata().get("nam.sample_rate"));
        }
        byte[] bytes = Files.readAllBytes(file);
        try (Model model = Model.load(new ByteArrayInputStream(bytes))) {
            assertEquals(70, model.parameterCount());
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 4, 1, 1", "1, 5, 3, 1", "2, 3, 2, 1", "1, 3, 2, 2"})
    void anySizes(int inputs, int units, int layers, int outputs) throws IOException {
        int count = 4 * units * (inputs + units + 1) + 2 * units
                + (layers - 1) * (4 * units * (2 * units + 1) + 2 * units) + outputs * (units + 1);
        double[] weights = new Random(units).doubles(count, -1, 1).map(value -> (float) value).toArray();
        String text = """
                {"weights": %s, "config": {"input_size": %d, "hidden_size": %d, "num_layers": %d, "out_channels": %d},
                 "architecture": "LSTM", "version": "0.7.0"}""".formatted(Arrays.toString(weights), inputs, units,
                layers,
                outputs);
        try (Model model = Model.load(write(text))) {
            check(model, new Reference(inputs, units, layers, outputs, weights), X);
        }
    }

    private static void check(Model model, Reference reference, float[] x) {
        double[] expected = reference.run(x);
        int steps = x.length / reference.inputs();
        float[] y = model.predict(Tensor.of(x, 1, steps, reference.inputs())).toArray();
        for (int i = 0; i < y.length; i++) {
            assertEquals(expected[i], y[i], 1e-6, "number " + i);
        }
        float[] streamed = new float[y.length];
        float[] out = new float[reference.outputs()];
        try (ModelStream stream = model.stream()) {
            for (int step = 0; step < steps; step++) {
                stream.step(MemorySegment.ofArray(
                        Arrays.copyOfRange(x, step * reference.inputs(), (step + 1) * reference.inputs())),
                        MemorySegment.ofArray(out));
                System.arraycopy(out, 0, streamed, step * out.length, out.length);
            }
        }
        assertArrayEquals(y, streamed, "as a stream");
    }

    private static String small(String architecture, double bias) {
        double[] weights = new double[4 * 2 + 4 + 2 + 2];
        weights[weights.length - 1] = bias;
        return """
                {"version": "0.5.4", "architecture": "%s", "config": {"input_size": 1, "hidden_size": 1, "num_layers": 1},
                 "weights": %s, "sample_rate": 48000}""".formatted(architecture, Arrays.toString(weights));
    }

    private static String container(String... models) {
        return "{\"version\": \"0.6.1\", \"architecture\": \"SlimmableContainer\", \"config\": {\"submodels\": ["
                + Arrays.stream(models).map(model -> "{\"max_value\": 0.5, \"model\": " + model + "}")
                        .collect(Collectors.joining(","))
                + "]}, \"weights\": []}";
    }

    /** As editors on Windows save it. */
    @Test
    void aMarkOfUtf8InFrontIsPassedOver() throws IOException {
        try (Model model = Model.load(write("\uFEFF" + small("LSTM", 2)))) {
            assertEquals(2, model.predict(Tensor.zeros(1, 1, 1)).toArray()[0]);
        }
    }

    /** The last of several is the whole model, as a player takes it. */
    @Test
    void ofSeveralSizesTheWholeOneIsTaken() throws IOException {
        String[] files = {container(small("LSTM", 1), small("LSTM", 2)),
            container(small("WaveNet", 1), small("LSTM", 2)),
            container(small("LSTM", 1), container(small("LSTM", 3), small("LSTM", 2)))};
        for (String text : files) {
            try (Imported read = Imported.read(write(text))) {
                assertEquals(2, read.model().predict(Tensor.zeros(1, 1, 1)).toArray()[0]);
                assertEquals("48000", read.model().metadata().get("nam.sample_rate"));
                assertTrue(read.report().toString().contains("of 2 models of different sizes in it the last was taken"),
                        read.report().toString());
            }
        }
    }

    @Test
    void aSmallerOneIsNotTakenForIt() throws IOException {
        Path file = write(container(small("WaveNet", 1), small("LSTM", 1), small("WaveNet", 2)));
        String message = assertThrows(FormatException.class, () -> Model.load(file)).getMessage();
        assertTrue(message.contains("is a SlimmableContainer of WaveNet, LSTM, WaveNet")
                && message.contains("put what stands under config.submodels[1].model"), message);
        Path empty = write(container());
        assertTrue(assertThrows(FormatException.class, () -> Model.load(empty)).getMessage()
                .contains("without submodels"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"version": "0.5.0", "architecture": "CatLSTM", "config": {}, "weights": [1]}   | 'CatLSTM', which is not read
            {"version": "0.5.0", "architecture": "sequential", "config": {}}                | 'sequential', which is not read
            {"version": "0.5.0", "architecture": "WaveNet", "config": {}, "weights": [1]}   | 'WaveNet', which is no recurrent network
            {"version": "0.5.0", "architecture": "ConvNet", "config": {}, "weights": [1]}   | 'ConvNet'
            {"version": "0.5.0", "architecture": "LSTM", "config": {"hidden_size": 3, "num_layers": 1}, "weights": [1]}  | has 1 weights, but its config needs 70
            {"version": "0.5.0", "architecture": "LSTM", "config": {"hidden_size": 0, "num_layers": 1}, "weights": [1]}  | hidden_size is 0
            {"version": "0.5.0", "architecture": "LSTM", "config": {"hidden_size": 2000000000, "num_layers": 2000000000}, "weights": [1]}  | overflow
            {"version": "0.5.0", "architecture": "LSTM", "config": {"hidden_size": 3}}      | no array of numbers
            {"version": "0.5.0", "architecture": "LSTM"}                                    | config
            {"version": "0.5.0", "architecture": "LSTM", "config": {"hidden_size": 3}       | not JSON
            """)
    void whatCannotBeReadIsRefusedByName(String text, String said) throws IOException {
        Path file = write(text);
        String message = assertThrows(FormatException.class, () -> Model.load(file)).getMessage();
        assertTrue(message.contains(said), message);
        assertEquals(1, message.lines().count());
    }

    /** Weights in front of all that says what the file is. */
    @Test
    void longWeightsInFrontDoNotHideIt() throws IOException {
        String zeros = new Random(1).doubles(4 * 40 * 42 + 80 + 41, -1, 1).mapToObj(Double::toString)
                .collect(Collectors.joining(","));
        Path file = write("{\"weights\":[" + zeros + "],\"architecture\":\"LSTM\",\"config\":{\"hidden_size\":40}}");
        try (Model model = Model.load(file)) {
            assertEquals(40, model.weight("lstm/initial_c").shape().dim(0));
        }
    }

    private Path write(String text) throws IOException {
        return Files.write(folder.resolve("amp"), text.getBytes(StandardCharsets.UTF_8));
    }
}
