package dev.gatun.tests.imports;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.Imported;
import dev.gatun.formats.tensors.SafetensorsWriter;
import dev.gatun.formats.torch.TorchFormat;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Parameters that are no modules' as they stand in a state dict: taken apart by weight_norm, spectral_norm and pruning, tied, in
 * several files, quantized, of a loss.
 */
final class TorchTakenApartTest {

    @TempDir
    Path folder;

    private Path write(SafetensorsWriter writer) throws IOException {
        return write(writer, "model.safetensors");
    }

    private Path write(SafetensorsWriter writer, String name) throws IOException {
        Path file = folder.resolve(name);
        writer.write(file);
        return file;
    }

    /** Of [3,2] a kernel as a layer has it, [2,3]. */
    private static float[] kernel(Path file) throws IOException {
        try (Imported read = Imported.read(file)) {
            return read.model().weights().getFirst().get().toArray();
        }
    }

    private static String report(Path file) throws IOException {
        try (Imported read = Imported.read(file)) {
            return read.report().toString();
        }
    }

    private static String refusal(Path file) {
        return assertThrows(FormatException.class, () -> Imported.read(file)).getMessage();
    }

    private static Tensor matrix() {
        return Tensor.of(new float[] {3, 4, 0, 2, 6, 8}, 3, 2);
    }

    /** Rows of lengths 5, 2, 10 become 1, 4, 5 long. */
    @ParameterizedTest
    @CsvSource({"fc.weight_g, fc.weight_v",
        "fc.parametrizations.weight.original0, fc.parametrizations.weight.original1"})
    void aNormedWeightHasItsLengths(String lengths, String directions) throws IOException {
        Path file = write(new SafetensorsWriter().tensor("fc.bias", Tensor.zeros(3))
                .tensor(lengths, Tensor.of(new float[] {1, 4, 5}, 3, 1)).tensor(directions, matrix()));
        assertArrayEquals(new float[] {0.6f, 0, 3, 0.8f, 4, 4}, kernel(file), 1e-6f);
        assertTrue(
                report(file).contains("fc.weight is computed from " + lengths + ", " + directions + " as weight_norm"),
                report(file));
    }

    /** One length for all: 3² + 4² + 2² + 6² + 8² is 129. */
    @Test
    void aNormedWeightMayHaveOneLength() throws IOException {
        Path file = write(new SafetensorsWriter().tensor("fc.bias", Tensor.zeros(3))
                .tensor("fc.weight_g", Tensor.of(new float[] {(float) Math.sqrt(129)}))
                .tensor("fc.weight_v", matrix()));
        assertArrayEquals(new float[] {3, 0, 6, 4, 2, 8}, kernel(file), 1e-6f);
    }

    @Test
    void lengthsThatFitNoAxisAreRefused() throws IOException {
        Path file = write(new SafetensorsWriter().tensor("fc.weight_g", Tensor.zeros(2, 1))
                .tensor("fc.weight_v", matrix()));
        assertTrue(refusal(file).contains("'fc.weight_g' has shape (2, 1), expected a length for each slice"),
                refusal(file));
    }

    /** u W v with u = (1, 0, 2), v = (1, 1) is 7 + 2 · 14 = 35. */
    @ParameterizedTest
    @CsvSource({"fc.weight_orig, fc.weight_u, fc.weight_v", "fc.parametrizations.weight.original,"
            + " fc.parametrizations.weight.0._u, fc.parametrizations.weight.0._v"})
    void aSpectralNormIsDividedOut(String original, String left, String right) throws IOException {
        Path file = write(new SafetensorsWriter().tensor("fc.bias", Tensor.zeros(3)).tensor(original, matrix())
                .tensor(left, Tensor.of(new float[] {1, 0, 2}, 3)).tensor(right, Tensor.of(new float[] {1, 1}, 2)));
        assertArrayEquals(new float[] {3 / 35f, 0, 6 / 35f, 4 / 35f, 2 / 35f, 8 / 35f}, kernel(file), 1e-7f);
    }

    @Test
    void whatIsPrunedIsZero() throws IOException {
        Path file = write(new SafetensorsWriter().tensor("fc.bias", Tensor.zeros(3)).tensor("fc.weight_orig", matrix())
                .tensor("fc.weight_mask", Tensor.of(new float[] {1, 0, 1, 0, 1, 1}, 3, 2)));
        assertArrayEquals(new float[] {3, 0, 6, 0, 0, 8}, kernel(file));
    }

    @Test
    void anotherParametrizationIsRefusedWithTheWayOut() throws IOException {
        Path file = write(new SafetensorsWriter().tensor("fc.bias", Tensor.zeros(3))
                .tensor("fc.parametrizations.weight.original", matrix()).tensor("fc.parametrizations.weight.0.base",
                        matrix()));
        assertTrue(refusal(file).contains("remove_parametrizations(module, \"weight\")"), refusal(file));
    }

    /** Of weights into a model of one's own, too. */
    @Test
    void soDoWeightsByName() throws IOException {
        Path file = write(new SafetensorsWriter().tensor("fc.bias", Tensor.zeros(3)).tensor("fc.weight_orig", matrix())
                .tensor("fc.weight_mask", Tensor.of(new float[] {1, 0, 1, 0, 1, 1}, 3, 2)));
        try (Model model = Sequential.of(Input.shape(2), Dense.units(3).named("fc"))) {
            TorchFormat.setWeights(file, model);
            assertArrayEquals(new float[] {3, 0, 6, 0, 0, 8}, model.weights().getFirst().get().toArray());
        }
    }

    /** {@code save_model} writes one of two tied tensors, and the name of the other into the metadata. */
    @Test
    void aTiedTensorIsThereUnderBothNames() throws IOException {
        Path file = write(new SafetensorsWriter().metadata("decoder.weight", "embedding.weight")
                .tensor("embedding.weight", matrix()).tensor("decoder.bias", Tensor.of(new float[] {1, 1, 1}, 3)));
        try (Imported read = Imported.read(file)) {
            float[] y = read.model().predict(Tensor.ofInts(new int[] {0}, 1, 1)).toArray();
            assertArrayEquals(new float[] {26, 9, 51}, y);
            assertTrue(read.report().toString().contains("decoder.weight is tied to embedding.weight"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"criterion.weight", "loss_fn.pos_weight", "model.loss.weight", "ce_loss.weight",
        "losses.0.weight"})
    void aWeightOfALossIsLeftOut(String name) throws IOException {
        Path file = write(new SafetensorsWriter().tensor("fc.weight", matrix()).tensor("fc.bias", Tensor.zeros(3))
                .tensor(name, Tensor.of(new float[] {1, 2, 3}, 3)));
        try (Imported read = Imported.read(file)) {
            assertEquals(2, read.model().weights().size());
            assertTrue(read.report().toString().contains(name + " is left out: by its name it is a weight of a loss"));
        }
    }

    @Test
    void wholeNumbersAreAQuantizedModels() throws IOException {
        Path file = write(new SafetensorsWriter().tensor("fc.weight", Tensor.ofInts(new int[] {1, 2, 3, 4}, 2, 2))
                .tensor("fc.bias", Tensor.zeros(2)));
        assertTrue(refusal(file).contains("tensor 'fc.weight' holds I32, as quantized models do"), refusal(file));
    }

    private Path index(String bias) throws IOException {
        Path index = folder.resolve("model.safetensors.index.json");
        Files.writeString(index, """
                {"metadata": {"total_size": 36}, "weight_map": {"fc.bias": "%s", "fc.weight": "b-00002-of-00002.safetensors"}}
                """.formatted(bias));
        return index;
    }

    @Test
    void anIndexOfSeveralFilesIsOneModel() throws IOException {
        write(new SafetensorsWriter().tensor("fc.bias", Tensor.of(new float[] {1, 2, 3}, 3)),
                "b-00001-of-00002.safetensors");
        Path second = write(new SafetensorsWriter().tensor("fc.weight", matrix()), "b-00002-of-00002.safetensors");
        try (Imported read = Imported.read(index("b-00001-of-00002.safetensors"))) {
            assertArrayEquals(new float[] {8, 4, 17},
                    read.model().predict(Tensor.of(new float[] {1, 1}, 1, 2)).toArray());
            assertTrue(read.report().source().contains("2 files"), read.report().source());
        }
        assertTrue(report(second).contains("by its name this is one of several files"), report(second));
    }

    @ParameterizedTest
    @CsvSource({"lstm.bias_hh_l0", "lstm.weight_hh_l1", "lstm.weight_ih_l0", "fc.bias"})
    void aPartAloneAsksForTheOthers(String name) throws IOException {
        Path file = write(new SafetensorsWriter().tensor(name, Tensor.zeros(4, 4))
                .tensor("out.weight", Tensor.zeros(2, 4)));
        assertTrue(refusal(file).contains("the whole state dict, of one in several files the index beside them"),
                refusal(file));
    }

    @ParameterizedTest
    @CsvSource({"missing.safetensors, names a file 'missing.safetensors'", "../b.safetensors, expected the name of",
        "/etc/b.safetensors, expected the name of", "b.bin, expected the name of",
        "b-00002-of-00002.safetensors, has no tensor 'fc.bias'"})
    void anIndexThatLeadsElsewhereIsRefused(String bias, String said) throws IOException {
        write(new SafetensorsWriter().tensor("fc.weight", matrix()), "b-00002-of-00002.safetensors");
        assertTrue(refusal(index(bias)).contains(said), refusal(index(bias)));
    }
}
