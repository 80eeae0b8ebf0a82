package dev.gatun.tests.imports;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.Imported;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.serve.ModelStream;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.Shared;
import dev.gatun.tests.fixture.Measure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RTNeural's JSON, and what AIDA-X adds to it. */
final class RtNeuralFormatTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"lstm", "lstm_1d", "lstm_torch"})
    void filesOfOthersGiveTheirNumbers(String name) throws IOException {
        Assumptions.assumeTrue(Shared.root().isPresent(), Shared.ABSENT);
        Path file = Shared.find("models/rtneural/" + name + ".json").orElseThrow();
        float[] x = column(file.resolveSibling(name + "_x_python.csv"));
        double[] expected = doubles(column(file.resolveSibling(name + "_y_python.csv")));
        try (Imported read = Imported.read(file)) {
            float[] y = read.model().predict(Tensor.of(x, 1, x.length, 1)).toArray();
            assertTrue(Measure.relative(y, expected) < 1e-5, name + " " + Measure.relative(y, expected));
            assertArrayEquals(y, streamed(read.model(), x, 1), "as a stream");
        }
    }

    @Test
    void theWildFileIsReadLayerByLayer() throws IOException {
        Path file = Shared.find("wild/RTNeural-example__neural_net_weights.json").orElse(null);
        Assumptions.assumeTrue(file != null, Shared.ABSENT);
        try (Imported read = Imported.read(file)) {
            assertEquals(List.of("Dense", "Conv1D", "GRU", "Dense"), read.report().layers().stream().skip(1)
                    .map(layer -> layer.kind()).toList());
            assertEquals(2 * 8 + (3 * 8 * 4 + 4) + (4 * 24 + 8 * 24 + 48) + 9, read.model().parameterCount());
            float[] x = {0.5f, -0.25f, 1, 0, 0.125f, -1, 0.75f, 0.5f};
            float[] y = read.model().predict(Tensor.of(x, 1, 8, 1)).toArray();
            assertArrayEquals(y, streamed(read.model(), x, 1), "as a stream");
        }
    }

    /** Layers that none of the files at hand has, by numbers that can be followed by hand. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type": "dense", "activation": "relu", "shape": [null, null, 1], "weights": [[[2]], [-1]]}        | 1 0 3
            {"type": "dense", "activation": "", "shape": [1], "weights": [[[2]]]}                              | 2 -2 4
            {"type": "activation", "activation": "relu", "shape": [null, null, 1], "weights": []}              | 1 0 2
            {"type": "prelu", "shape": [null, null, 1], "weights": [[[0.5]]]}                                  | 1 -0.5 2
            {"type": "prelu", "shape": [null, null, 1], "weights": [[0.5]]}                                    | 1 -0.5 2
            {"type": "batchnorm", "shape": [null, null, 1], "epsilon": 0, "weights": [[2], [1], [1], [4]]}     | 1 -1 2
            {"type": "batchnorm", "shape": [null, null, 1], "epsilon": 3, "weights": [[1], [1]]}               | 0 -1 0.5
            {"type": "conv1d", "activation": "", "shape": [null, null, 1], "kernel_size": [2], "dilation": [2], "weights": [[[[10]], [[1]]], [0]]}                        | 1 -1 12
            {"type": "conv1d", "shape": [null, null, 1], "kernel_size": 2, "dilation": 1, "weights": [[[[10]], [[1]]]]}                                                   | 1 9 -8
            """)
    void layersByHand(String layer, String expected) throws IOException {
        Path file = write("{\"in_shape\": [null, null, 1], \"layers\": [" + layer + "]}");
        assertArrayEquals(numbers(expected), predicted(file, 1, 1, -1, 2), 1e-6f);
    }

    /** A Dropout, which the writer of these files calls unknown. */
    @Test
    void whatTheWriterDidNotKnowIsPassedOverIfItHasNoWeights() throws IOException {
        String file = """
                {"in_shape": [1], "samplerate": 48000, "metadata": {"name": "amp"}, "layers": [
                 {"type": "unknown", "activation": "", "shape": [null, null, 1], "weights": %s}]}""";
        try (Imported read = Imported.read(write(file.formatted("[]")))) {
            assertArrayEquals(new float[] {3}, read.model().predict(Tensor.of(new float[] {3}, 1, 1, 1)).toArray());
            assertTrue(read.report().toString().contains("layer 0 (unknown) has no weights and is passed over"));
            assertTrue(read.report().toString().contains("made for 48000 samples a second"));
            assertEquals("amp", read.model().metadata().get("rtneural.metadata.name"));
            assertEquals("48000", read.model().metadata().get("rtneural.sample_rate"));
        }
        Path weights = write(file.formatted("[[1]]"));
        assertTrue(assertThrows(FormatException.class, () -> Imported.read(weights)).getMessage()
                .contains("layer 0 (unknown) is a layer that its writer did not know, with weights"));
    }

    /** The accumulator of the field reports: activations of recurrent layers are read, not passed over. */
    @Test
    void theActivationOfAnLstmIsRead() throws IOException {
        String lstm = """
                {"in_shape": [null, null, 1], "layers": [{"type": "lstm", "activation": "relu", "shape": [null, null, 1],
                 "weights": [[[0, 0, 1, 0]], [[0, 0, 0, 0]], [40, 40, 0, 40]]}]}""";
        assertArrayEquals(new float[] {1, 4, 4}, predicted(write(lstm), 1, 1, 3, -2));
    }

    @Test
    void aGruWithOneBiasResetsBeforeItsProduct() throws IOException {
        String gru = """
                {"in_shape": [1], "layers": [{"type": "gru", "activation": "tanh", "shape": [null, null, 1],
                 "weights": [[[0, 0, 1]], [[0, 0, 0]], %s]}]}""";
        float[] one = predicted(write(gru.formatted("[-40, 0, 0.5]")), 1, 0.25f);
        float[] two = predicted(write(gru.formatted("[[-40, 0, 0.5], [0, 0, 0]]")), 1, 0.25f);
        assertEquals(Math.tanh(0.75), one[0], 1e-6);
        assertArrayEquals(one, two, 1e-6f);
    }

    @Test
    void aidaXAddsTheInputAndGains() throws IOException {
        String file = """
                {"in_shape": [null, null, 1], "in_skip": 1, "in_gain": 20, "out_gain": -20, "layers": [
                 {"type": "dense", "activation": "", "shape": [null, null, 1], "weights": [[[2]], [5]]}]}""";
        try (Imported read = Imported.read(write(file))) {
            float[] x = {1, -1, 2};
            float[] y = read.model().predict(Tensor.of(x, 1, 3, 1)).toArray();
            assertArrayEquals(new float[] {3.5f, -2.5f, 6.5f}, y, 1e-5f);
            assertArrayEquals(y, streamed(read.model(), x, 1), "as a stream");
            assertEquals(3, read.report().notes().size(), read.report().toString());
        }
    }

    @Test
    void ofASignalAndAKnobOnlyTheSignalGoesPast() throws IOException {
        String file = """
                {"in_shape": [null, null, 2], "in_skip": 1, "in_gain": 20, "layers": [
                 {"type": "dense", "activation": "", "shape": [null, null, 1], "weights": [[[1], [100]], [0]]}]}""";
        try (Imported read = Imported.read(write(file))) {
            float[] x = {1, 0.5f, -1, 0.25f};
            float[] y = read.model().predict(Tensor.of(x, 1, 2, 2)).toArray();
            assertArrayEquals(new float[] {70, 5}, y, 1e-4f);
            assertArrayEquals(y, streamed(read.model(), x, 2), "as a stream");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type": "conv2d", "shape": [null, 1], "weights": []}                            | conv2d
            {"type": "dense", "shape": [null, 2], "weights": [[[1]], [0]]}                   | expected [1, 2]
            {"type": "dense", "shape": [null, 2], "weights": [[[1, 2], [3]], [0, 0]]}        | different lengths
            {"type": "dense", "shape": [null, 2], "weights": [5, 6]}                         | not an array
            {"type": "dense", "shape": [null, 2]}                                            | 0 weights
            {"type": "dense", "shape": [null, 0], "weights": [[[]], []]}                     | at least 1
            {"type": "lstm", "shape": [null, 600000000], "weights": [[[1]], [[1]], [0]]}     | at most 1048576
            {"type": "activation", "shape": [null, 2], "weights": []}                        | which it keeps
            {"type": "dense", "activation": "sine", "shape": [null, 1], "weights": [[[1]]]}  | sine
            {"type": "conv1d", "shape": [1], "kernel_size": [0], "dilation": [1], "weights": [[[[1]]], [0]]}  | kernel_size
            {"shape": [1]}                                                                   | type
            5                                                                                | no list
            """)
    void whatCannotBeReadIsRefusedByName(String layer, String said) throws IOException {
        Path file = write("{\"in_shape\": [null, null, 1], \"layers\": [" + layer + "]}");
        String message = assertThrows(FormatException.class, () -> Model.load(file)).getMessage();
        assertTrue(message.contains(said), message);
        assertEquals(1, message.lines().count());
    }

    @Test
    void aStreamIsReadAsAFileIs() throws IOException {
        String text = "{\"in_shape\": [null, 1], \"layers\": [{\"type\": \"dense\", \"shape\": [1], \"weights\": [[[2]], [1]]}]}";
        try (Model model = Model.load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
            assertEquals(3, model.predict(Tensor.of(new float[] {1}, 1, 1, 1)).toArray()[0]);
        }
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("model.json"), text);
    }

    private static float[] predicted(Path file, int inputs, float... x) throws IOException {
        try (Model model = Model.load(file)) {
            return model.predict(Tensor.of(x, 1, x.length / inputs, inputs)).toArray();
        }
    }

    private static float[] streamed(Model model, float[] x, int inputs) {
        float[] y = new float[x.length / inputs];
        float[] in = new float[inputs];
        float[] out = new float[1];
        try (ModelStream stream = model.stream()) {
            for (int step = 0; step < y.length; step++) {
                System.arraycopy(x, step * inputs, in, 0, inputs);
                stream.step(MemorySegment.ofArray(in), MemorySegment.ofArray(out));
                y[step] = out[0];
            }
        }
        return y;
    }

    private static float[] column(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        float[] numbers = new float[lines.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Float.parseFloat(lines.get(i).strip());
        }
        return numbers;
    }

    private static float[] numbers(String text) {
        String[] words = text.split(" ");
        float[] numbers = new float[words.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Float.parseFloat(words[i]);
        }
        return numbers;
    }

    private static double[] doubles(float[] floats) {
        double[] doubles = new double[floats.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }
}
