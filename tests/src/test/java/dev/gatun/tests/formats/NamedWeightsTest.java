package dev.gatun.tests.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.formats.tensors.SafetensorsWriter;
import dev.gatun.formats.torch.TorchFormat;
import dev.gatun.formats.weights.LoadedWeights;
import dev.gatun.formats.weights.NamedWeights;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Embedding;
import dev.gatun.layers.Gru;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.Callback;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Trainer;
import dev.gatun.layers.train.Training;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.Shared;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights of a file into a model of the user's own: what is found, missing and left over, and that nothing is half done. */
final class NamedWeightsTest {

    @TempDir
    Path folder;

    private final Model model = model("encoder", 2);

    @AfterEach
    void close() {
        model.close();
    }

    private static Model model(String lstm, int outputs) {
        Model made = Sequential.of(Input.shape(Shape.UNKNOWN, 3), Lstm.units(4).named(lstm),
                Dense.units(outputs).named("head"));
        made.initialize(outputs);
        return made;
    }

    /** A trained model, so that the file holds an optimizer's moments as well. */
    private Path trained(String lstm, int outputs, long seed) throws IOException {
        try (Model made = model(lstm, outputs)) {
            made.initialize(seed);
            Trainer.of(made).optimizer(Adam.rate(1e-3)).loss(Loss.MSE).epochs(1)
                    .fit(Tensor.zeros(2, 4, 3), Tensor.zeros(2, outputs));
            Path file = folder.resolve(lstm + outputs + ".gatun");
            made.save(file);
            return file;
        }
    }

    private static float[] numbers(Path file, String weight) throws IOException {
        try (Model loaded = Model.load(file)) {
            return loaded.weight(weight).get().toArray();
        }
    }

    private List<float[]> all() {
        return model.weights().stream().map(weight -> weight.get().toArray()).toList();
    }

    /** Refused, and no weight has changed. */
    private void refused(NamedWeights weights, String... said) {
        List<float[]> before = all();
        String message = assertThrows(IOException.class, () -> weights.into(model)).getMessage();
        assertEquals(1, message.lines().count(), message);
        for (String part : said) {
            assertTrue(message.contains(part), () -> "expected '" + part + "' in: " + message);
        }
        for (int i = 0; i < before.size(); i++) {
            assertArrayEquals(before.get(i), all().get(i));
        }
    }

    @Test
    void everyWeightOfAFileWithTheSameNames() throws IOException {
        Path file = trained("encoder", 2, 7);
        LoadedWeights loaded = NamedWeights.of(file).into(model);
        assertEquals(5, loaded.loaded().size());
        assertEquals(List.of(), loaded.missing());
        assertEquals(List.of(), loaded.left(), "moments of an optimizer are no weights");
        for (Weight weight : model.weights()) {
            assertArrayEquals(numbers(file, weight.name()), weight.get().toArray(), weight.name());
        }
        assertTrue(loaded.toString().contains("encoder/kernel (3, 16)"), loaded.toString());
    }

    @Test
    void namesAreGivenAnotherBeginning() throws IOException {
        Path file = trained("lstm_1", 2, 8);
        refused(NamedWeights.of(file), "has nothing for 'encoder/kernel'", "'lstm_1/kernel'", "no place for", "rename");
        LoadedWeights loaded = NamedWeights.of(file).rename("lstm", "rnn").rename("rnn_1/", "encoder/").into(model);
        assertEquals("lstm_1/kernel", loaded.loaded().getFirst().from());
        assertArrayEquals(numbers(file, "lstm_1/recurrent_kernel"),
                model.weight("encoder/recurrent_kernel").get().toArray());
        refused(NamedWeights.of(file).rename("lstm_1/", "x/").rename("head/", "x/"),
                "'head/bias' and 'lstm_1/bias' are both for 'x/bias'");
    }

    @Test
    void partOfAModelLeavesTheRest() throws IOException {
        Path file = trained("encoder", 5, 9);
        float[] head = model.weight("head/kernel").get().toArray();
        refused(NamedWeights.of(file), "'head/kernel' has shape (4, 5)", "has (4, 2)", "only(...)");
        refused(NamedWeights.of(file).lenient(), "'head/kernel' has shape (4, 5)");
        LoadedWeights loaded = NamedWeights.of(file).only("encoder/").into(model);
        assertEquals(3, loaded.loaded().size());
        assertEquals(List.of(), loaded.left());
        assertArrayEquals(head, model.weight("head/kernel").get().toArray());
        assertArrayEquals(numbers(file, "encoder/bias"), model.weight("encoder/bias").get().toArray());
        assertThrows(IllegalArgumentException.class, () -> NamedWeights.of(file).only());
    }

    @Test
    void lenientlySaysWhatWasMissingAndLeft() throws IOException {
        Tensor bias = Tensor.of(new float[] {3, 4}, 2);
        Path file = folder.resolve("named.bin");
        new SafetensorsWriter().tensor("head/bias", bias).tensor("other", bias).write(file);
        refused(NamedWeights.of(file), "has nothing for 'encoder/kernel'", "'other'", "lenient()");
        LoadedWeights loaded = NamedWeights.of(file).lenient().into(model);
        assertEquals(List.of("encoder/kernel", "encoder/recurrent_kernel", "encoder/bias", "head/kernel"),
                loaded.missing());
        assertEquals(List.of("other"), loaded.left());
        assertArrayEquals(bias.toArray(), model.weight("head/bias").get().toArray());
        refused(NamedWeights.of(file).rename("", "no/").lenient(), "has nothing for", "rename");
    }

    @Test
    void nothingIsHalfDone() throws IOException {
        Path file = folder.resolve("weights.safetensors");
        SafetensorsWriter writer = new SafetensorsWriter();
        for (Weight weight : model.weights()) {
            writer.tensor(weight.name(), weight.get());
        }
        writer.write(file);
        // The type of the last tensor becomes one of the same size that is not read as numbers.
        byte[] bytes = Files.readAllBytes(file);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf("\"F32\"");
        bytes[at + 1] = 'Q';
        Files.write(file, bytes);
        refused(NamedWeights.of(file), "which is not read as numbers");
        Path text = Files.writeString(folder.resolve("notes.txt"), "nothing that anybody knows");
        refused(NamedWeights.of(text), "is not a model that Gatun can read");
        refused(NamedWeights.of(folder.resolve("none")), "none");
    }

    @Test
    void anotherThreadIsRefused() throws Exception {
        Path file = trained("encoder", 2, 7);
        List<Throwable> thrown = new ArrayList<>();
        Trainer.of(model).loss(Loss.MSE).epochs(1).callbacks(new Callback() {
            @Override
            public void onBatchEnd(Training training) {
                Thread other = new Thread(() -> {
                    try {
                        NamedWeights.of(file).into(model);
                    } catch (IOException | RuntimeException refused) {
                        thrown.add(refused);
                    }
                });
                other.start();
                try {
                    other.join();
                } catch (InterruptedException stop) {
                    throw new IllegalStateException(stop);
                }
            }
        }).fit(Tensor.zeros(2, 4, 3), Tensor.zeros(2, 2));
        assertEquals(1, thrown.size());
        assertTrue(thrown.getFirst() instanceof IllegalStateException, () -> thrown.getFirst().toString());
        assertTrue(thrown.getFirst().getMessage().contains("cannot load weights into it"),
                thrown.getFirst().getMessage());
    }

    @Test
    void fromAModelOfKeras() throws IOException {
        assumeTrue(Shared.root().isPresent(), Shared.ABSENT);
        Path file = Shared.find("models/har-esp32/lstm_model.keras").orElseThrow();
        try (Model keras = Model.load(file);
                Model own = Sequential.of(Input.shape(100, 6), Lstm.units(128).returnSequences().named("first"))) {
            String lstm = keras.weights().getFirst().layer() + "/";
            LoadedWeights loaded = NamedWeights.of(file).rename(lstm, "first/").only("first/").into(own);
            assertEquals(3, loaded.loaded().size());
            assertTrue(loaded.source().contains("Keras 3."), loaded.source());
            assertArrayEquals(keras.weight(lstm + "kernel").get().toArray(),
                    own.weight("first/kernel").get().toArray());
        }
    }

    @Test
    void fromWeightsOfKeras2WithoutTheirModel() throws IOException {
        assumeTrue(Shared.root().isPresent(), Shared.ABSENT);
        Path file = Shared.find("wild/reactionrnn_weights.hdf5").orElseThrow();
        assertTrue(NamedWeights.recognises(file));
        try (Model own = Sequential.of(Input.ints(140), Embedding.of(401, 100).named("words"),
                Gru.units(256).resetAfter(false).named("rnn"), Dense.units(5).named("other"))) {
            float[] before = own.weight("other/kernel").get().toArray();
            LoadedWeights loaded = NamedWeights.of(file).rename("embedding", "words").lenient().into(own);
            assertTrue(loaded.loaded().stream().map(LoadedWeights.Loaded::weight).toList()
                    .containsAll(List.of("words/embeddings", "rnn/kernel", "rnn/recurrent_kernel", "rnn/bias")),
                    loaded.toString());
            assertEquals(List.of("other/kernel", "other/bias"), loaded.missing());
            assertEquals(2, loaded.left().size(), loaded.toString());
            assertArrayEquals(before, own.weight("other/kernel").get().toArray());
        }
    }

    @Test
    void whatAModuleOfPyTorchHasMoreIsLeftOver() throws IOException {
        Path file = folder.resolve("torch.safetensors");
        try (Model saved = Sequential.of(Input.shape(4, 3), Lstm.units(2).named("lstm"), Dense.units(2).named("head"));
                Model own = Sequential.of(Input.shape(4, 3), Lstm.units(2).named("lstm"),
                        Dense.units(2).useBias(false).named("head"))) {
            TorchFormat.save(saved, file);
            String message = assertThrows(IOException.class, () -> NamedWeights.of(file).into(own)).getMessage();
            assertTrue(message.contains("head/bias"), message);
            assertEquals(List.of("head/bias"), NamedWeights.of(file).lenient().into(own).left(), "lenient");
        }
    }

    @Test
    void fromAStateDictOfPyTorch() throws IOException {
        assumeTrue(Shared.root().isPresent(), Shared.ABSENT);
        Path file = Shared.find("oracles/torch2/lstm_l2_bidir.safetensors").orElseThrow();
        Path one = Shared.find("oracles/torch2/lstm_l1_last.safetensors").orElseThrow();
        try (Model own = Sequential.of(Input.shape(Shape.UNKNOWN, 3), Lstm.units(5).named("mine"),
                Dense.units(2).named("head"));
                Model inferred = Model.load(one)) {
            LoadedWeights loaded = NamedWeights.of(one).rename("rnn/", "mine/").into(own);
            assertEquals(5, loaded.loaded().size(), loaded.toString());
            assertArrayEquals(inferred.weight("rnn/recurrent_kernel").get().toArray(),
                    own.weight("mine/recurrent_kernel").get().toArray());
            assertArrayEquals(inferred.weight("head/kernel").get().toArray(),
                    own.weight("head/kernel").get().toArray());
            String message = assertThrows(IOException.class,
                    () -> NamedWeights.of(file).rename("rnn_l0/", "mine/").into(own)).getMessage();
            assertTrue(message.contains("rnn_l1/") || message.contains("has shape"), message);
        }
    }
}
