package dev.gatun.tests.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.keras.KerasWeightsFile;
import dev.gatun.formats.weights.LoadedWeights;
import dev.gatun.formats.weights.NamedWeights;
import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Gru;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights of {@code .weights.h5} files into a model of the user's own: by the names of layers, and by place where none fits. */
class KerasWeightReaderTest {

    @TempDir
    private Path folder;
    private Path file;

    private static Model stack(String lstm, String turned, String first, String second) {
        return Sequential.of(Input.shape(5, 3), Lstm.units(4).returnSequences().named(lstm),
                Bidirectional.of(Gru.units(3)).named(turned), Dense.units(6).named(first),
                Dense.units(6).named(second));
    }

    @BeforeEach
    void save() throws IOException {
        file = folder.resolve("mine.weights.h5");
        try (Model model = stack("lstm", "turned", "one", "two")) {
            model.initialize(7);
            KerasWeightsFile.save(model, file);
        }
    }

    /** The weights of the file, as they were made. */
    private static float[] numbers(String weight) {
        try (Model model = stack("lstm", "turned", "one", "two")) {
            model.initialize(7);
            return model.weight(weight).get().toArray();
        }
    }

    @Test
    void weightsGoToTheLayersOfTheirNames() throws IOException {
        assertTrue(NamedWeights.recognises(file));
        try (Model model = stack("lstm", "turned", "one", "two")) {
            LoadedWeights loaded = NamedWeights.of(file).into(model);
            assertEquals(model.weights().size(), loaded.loaded().size());
            for (Weight weight : model.weights()) {
                assertArrayEquals(numbers(weight.name()), weight.get().toArray(), weight.name());
            }
            assertTrue(loaded.source().contains("Keras 3"), loaded.source());
        }
    }

    /** Of a model that holds another one. */
    @Test
    void weightsThatKerasWrote() throws IOException {
        Path archive = folder.resolve("keras.keras");
        try (InputStream in = getClass().getResourceAsStream("/keras-vocabularies/adapted_lookups.keras")) {
            Files.copy(in, archive);
        }
        Path weights = Files.write(folder.resolve("keras.weights.h5"), KerasTree.weights(archive));
        try (Model model = Model.load(archive)) {
            float[] expected = model.weight("sequential/embedding/embeddings").get().toArray();
            model.initialize(1);
            LoadedWeights loaded = NamedWeights.of(weights).into(model);
            assertEquals("sequential/embedding/embeddings", loaded.loaded().getFirst().from());
            assertArrayEquals(expected, model.weight("sequential/embedding/embeddings").get().toArray());
        }
    }

    @Test
    void placesDecideIfNoNameFits() throws IOException {
        try (Model model = stack("lstm_3", "bidirectional_1", "dense_7", "dense_8")) {
            NamedWeights.of(file).into(model);
            assertArrayEquals(numbers("one/kernel"), model.weight("dense_7/kernel").get().toArray());
            assertArrayEquals(numbers("lstm/bias"), model.weight("lstm_3/bias").get().toArray());
        }
    }

    @Test
    void aPartUnderAnotherNameWhateverElseTheModelIs() throws IOException {
        try (Model model = Sequential.of(Input.shape(5, 3), Lstm.units(4).peepholes().returnSequences().named("odd"),
                Lstm.units(4).named("idle"), Dense.units(6).named("head"), Dense.units(6).named("tail"))) {
            LoadedWeights loaded = NamedWeights.of(file).rename("two/", "tail/").only("tail/").into(model);
            assertEquals(List.of("tail/kernel", "tail/bias"),
                    loaded.loaded().stream().map(LoadedWeights.Loaded::weight).toList());
            assertArrayEquals(numbers("two/kernel"), model.weight("tail/kernel").get().toArray());
        }
    }

    @Test
    void whatIsMissingOrLeftOverOrUnlikeIsNamed() throws IOException {
        try (Model model = Sequential.of(Input.shape(5, 6), Dense.units(6).named("one"), Lstm.units(2).named("last"))) {
            float[] before = model.weight("one/kernel").get().toArray();
            String said = assertThrows(IOException.class, () -> NamedWeights.of(file).into(model)).getMessage();
            assertTrue(said.contains("'last/kernel'") && said.contains("lstm/cell/vars/0")
                    && said.lines().count() == 1, said);
            assertArrayEquals(before, model.weight("one/kernel").get().toArray());
            assertEquals(2, NamedWeights.of(file).lenient().into(model).loaded().size());
            assertArrayEquals(numbers("one/kernel"), model.weight("one/kernel").get().toArray());
        }
        try (Model model = Sequential.of(Input.shape(5, 6), Dense.units(9).named("one"))) {
            String said = assertThrows(IOException.class, () -> NamedWeights.of(file).lenient().into(model))
                    .getMessage();
            assertTrue(said.contains("'one/kernel' has shape (6, 6)") && said.contains("(6, 9)"), said);
        }
    }

    @Test
    void otherFilesAndDamagedOnesAreNotTaken() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Path damaged = Files.write(folder.resolve("damaged.h5"), Arrays.copyOf(bytes, bytes.length / 3));
        assertFalse(NamedWeights.recognises(damaged));
        try (Model model = stack("lstm", "turned", "one", "two")) {
            String said = assertThrows(IOException.class, () -> NamedWeights.of(damaged).into(model)).getMessage();
            assertEquals(1, said.lines().count(), said);
        }
    }
}
