package dev.gatun.tests.imports;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.Imported;
import dev.gatun.formats.tensors.Safetensors;
import dev.gatun.formats.tensors.SafetensorsFile;
import dev.gatun.formats.tensors.TensorInfo;
import dev.gatun.formats.torch.TorchFormat;
import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.BatchNormalization;
import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.Conv1D;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.Embedding;
import dev.gatun.layers.GlobalAveragePooling1D;
import dev.gatun.layers.Gru;
import dev.gatun.layers.GroupNormalization;
import dev.gatun.layers.AveragePooling1D;
import dev.gatun.layers.GroupNormalization;
import dev.gatun.layers.MaxPooling1D;
import dev.gatun.layers.SeparableConv1D;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerNormalization;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.MultiHeadAttention;
import dev.gatun.layers.PRelu;
import dev.gatun.layers.RmsNormalization;
import dev.gatun.layers.SimpleRnn;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.Weight;
import dev.gatun.layers.Elu;
import dev.gatun.layers.LeakyRelu;
import dev.gatun.layers.Relu;
import dev.gatun.layers.Softmax;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** State dicts that are written: the names and shapes of PyTorch, and the same bits when they are read back. */
final class TorchWriterTest {

    @TempDir
    Path folder;

    private static Map<String, Layer[]> models() {
        Map<String, Layer[]> models = new LinkedHashMap<>();
        models.put("lstm", of(Lstm.units(4), Dense.units(2)));
        models.put("lstm of all steps", of(Lstm.units(4).returnSequences(), Dense.units(2).activation("relu"),
                Dense.units(3).activation("softmax")));
        models.put("stack", of(Lstm.units(4).returnSequences().named("rnn_l0"), Lstm.units(4).named("rnn_l1"),
                Dense.units(2)));
        models.put("no stack", of(Lstm.units(4).returnSequences().named("rnn_l0"), Lstm.units(5).named("rnn_l1")));
        models.put("both ways", of(Bidirectional.of(Lstm.units(4).returnSequences()).named("a_l0"),
                Bidirectional.of(Lstm.units(4)).named("a_l1"), Dense.units(1)));
        models.put("gru", of(Gru.units(4).returnSequences(), Gru.units(3).noBias()));
        models.put("rnn", of(SimpleRnn.units(4).returnSequences(),
                SimpleRnn.units(3).activation("relu").returnSequences()));
        models.put("both ways, gru and rnn", of(Bidirectional.of(Gru.units(4).returnSequences()),
                Bidirectional.of(SimpleRnn.units(3).noBias().returnSequences())));
        models.put("projection", of(Lstm.units(6).projection(2).returnSequences(), Dense.units(2).noBias()));
        models.put("norms", of(Lstm.units(4).returnSequences(), LayerNormalization.of(), Dense.units(4),
                BatchNormalization.of(), RmsNormalization.of().named("norm_rms"), BatchNormalization.of().center(false)
                        .scale(false)));
        models.put("convolutions", of(Conv1D.of(4, 3).padding("causal").dilationRate(2).activation("tanh"),
                Conv1D.of(6, 2).strides(2).groups(2), Conv1D.of(2, 3).padding("same").noBias(), Lstm.units(3)));
        models.put("weights without a bias",
                of(LayerNormalization.of().center(false).named("x"), Dense.units(4).noBias()
                        .named("word_emb"), RmsNormalization.of().named("y"), PRelu.of().sharedAxes(1).named("norm")));
        models.put("pooling", of(Conv1D.of(4, 2), MaxPooling1D.of(2).strides(1), AveragePooling1D.of(2),
                Dense.units(2)));
        models.put("groups", of(Conv1D.of(4, 2), GroupNormalization.groups(2), Dense.units(6),
                GroupNormalization.groups(-1).epsilon(1e-2)));
        models.put("prelu", of(Lstm.units(4).returnSequences(), PRelu.of().sharedAxes(1), Dense.units(3)));
        models.put("prelu behind the last step", of(Lstm.units(4), PRelu.of(), Dense.units(3)));
        models.put("attention", of(Lstm.units(4).returnSequences(), MultiHeadAttention.of(2, 2), Dense.units(1)));
        models.put("mean", of(Lstm.units(4).returnSequences(), GlobalAveragePooling1D.of(), Dropout.rate(0.5),
                Dense.units(2).activation(ActivationFunction.leakyRelu(0.25))));
        models.put("norms without weights",
                of(LayerNormalization.of().center(false).scale(false).epsilon(1e-7), Lstm.units(4).returnSequences(),
                        LayerNormalization.of().center(false).scale(false), Dense.units(4),
                        LayerNormalization.of().scale(false), Dense.units(3),
                        LayerNormalization.of().center(false).scale(false)));
        models.put("functions", of(Dense.units(4), Relu.of(), Dense.units(4), LeakyRelu.slope(0.2), Dense.units(4),
                Elu.alpha(0.5), Dense.units(4), Relu.of().maxValue(6), Dense.units(4), Softmax.of()));
        models.put("time distributed", of(Lstm.units(4).returnSequences(),
                TimeDistributed.of(Dense.units(2).activation("sigmoid"))));
        return models;
    }

    private static Layer[] of(Layer... layers) {
        return layers;
    }

    @TestFactory
    Stream<DynamicTest> readBackTheyGiveTheSameBits() {
        return models().entrySet().stream().map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
            Layer[] layers = Stream.concat(Stream.of(Input.sequence(4)), Stream.of(entry.getValue()))
                    .toArray(Layer[]::new);
            try (Model model = Sequential.of(layers)) {
                requireSameBits(model, Tensor.of(draw(new Random(1), 40), 2, 5, 4));
            }
        }));
    }

    @Test
    void soDoesAModelOfIds() throws IOException {
        try (Model model = Sequential.of(Embedding.of(9, 4), Lstm.units(3), Dense.units(2))) {
            requireSameBits(model, Tensor.ofInts(new int[][] {{1, 8, 3, 0}}));
        }
    }

    @Test
    void soDoesOneOfTimeFirst() throws IOException {
        try (Model model = Sequential.of(Input.sequence(4).timeMajor(), Lstm.units(3).returnSequences())) {
            requireSameBits(model, Tensor.of(draw(new Random(1), 40), 5, 2, 4));
        }
    }

    private void requireSameBits(Model model, Tensor x) throws IOException {
        Random random = new Random(5);
        for (Weight weight : model.weights()) {
            float[] values = draw(random, (int) weight.shape().elements());
            if (weight.name().endsWith("variance")) {
                for (int i = 0; i < values.length; i++) {
                    values[i] = Math.abs(values[i]) + 0.5f;
                }
            }
            weight.set(Tensor.of(values, weight.shape().toArray()));
        }
        Path file = folder.resolve("state.safetensors");
        TorchFormat.save(model, file);
        byte[] first = Files.readAllBytes(file);
        try (Imported read = Imported.read(file)) {
            Tensor got = read.model().predict(x);
            Tensor expected = model.predict(x);
            assertEquals(expected.shape(), got.shape());
            assertArrayEquals(expected.toArray(), got.toArray());
            assertTrue(read.report().notes().stream().noneMatch(note -> note.contains("taken")),
                    read.report().toString());
            TorchFormat.save(read.model(), file);
            assertArrayEquals(first, Files.readAllBytes(file), "written again");
        }
        model.initialize(3);
        TorchFormat.setWeights(file, model);
        TorchFormat.save(model, file);
        assertArrayEquals(first, Files.readAllBytes(file), "set in the model that they came from");
    }

    private static float[] draw(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    /** The names and shapes that {@code load_state_dict(strict=True)} asks for. */
    @Test
    void namesAndShapesAreThoseOfPyTorch() throws IOException {
        Path file = folder.resolve("x.safetensors");
        try (Model model = Sequential.of(Input.sequence(3),
                Bidirectional.of(Gru.units(4).returnSequences()).named("enc_l0"),
                Bidirectional.of(Gru.units(4).returnSequences()).named("enc_l1"),
                Lstm.units(6).projection(2).noBias().named("dec"), BatchNormalization.of().named("bn"),
                Dense.units(5).named("out.0"))) {
            TorchFormat.save(model, file);
        }
        try (SafetensorsFile tensors = Safetensors.read(file)) {
            Map<String, String> shapes = tensors.tensors().stream()
                    .collect(Collectors.toMap(TensorInfo::name, info -> info.shape().toString()));
            Map<String, String> expected = new LinkedHashMap<>();
            for (String end : List.of("l0", "l0_reverse", "l1", "l1_reverse")) {
                expected.put("enc.weight_ih_" + end, end.startsWith("l0") ? "(12, 3)" : "(12, 8)");
                expected.put("enc.weight_hh_" + end, "(12, 4)");
                expected.put("enc.bias_ih_" + end, "(12,)");
                expected.put("enc.bias_hh_" + end, "(12,)");
            }
            expected.putAll(Map.of("dec.weight_ih_l0", "(24, 8)", "dec.weight_hh_l0", "(24, 2)", "dec.weight_hr_l0",
                    "(2, 6)", "bn.weight", "(2,)", "bn.bias", "(2,)", "bn.running_mean", "(2,)", "bn.running_var",
                    "(2,)",
                    "out.0.weight", "(5, 2)", "out.0.bias", "(5,)"));
            assertEquals(expected, new LinkedHashMap<>(shapes));
            assertEquals("pt", tensors.metadata().get("format"));
            assertEquals(Set.of("format", "gatun.torch"), tensors.metadata().keySet());
        }
    }

    @Test
    void oneBiasBecomesTwoOfWhichOneIsZero() throws IOException {
        Path file = folder.resolve("x.safetensors");
        try (Model model = Sequential.of(Input.sequence(3), Lstm.units(2))) {
            TorchFormat.save(model, file);
            try (SafetensorsFile tensors = Safetensors.read(file)) {
                assertArrayEquals(model.weight("lstm/bias").get().toArray(),
                        tensors.tensor("lstm.bias_ih_l0").toArray());
                assertArrayEquals(new float[8], tensors.tensor("lstm.bias_hh_l0").toArray());
            }
        }
    }

    /** Of a normalization that has no weights a state dict holds nothing, as PyTorch's own. */
    @Test
    void aNormWithoutWeightsHasNoParameters() throws IOException {
        Path file = folder.resolve("x.safetensors");
        try (Model model = Sequential.of(Input.sequence(3), LayerNormalization.of().center(false).scale(false),
                Dense.units(2))) {
            TorchFormat.save(model, file);
        }
        try (SafetensorsFile tensors = Safetensors.read(file)) {
            assertEquals(Set.of("dense.weight", "dense.bias"),
                    tensors.tensors().stream().map(TensorInfo::name).collect(Collectors.toSet()));
        }
    }

    /** Of what is no chain a state dict holds the weights, and the file says nothing of the order. */
    @Test
    void aGraphIsWrittenWithoutAnArchitecture() throws IOException {
        Path file = folder.resolve("x.safetensors");
        Input in = Input.sequence(3);
        try (Model model = Model.of(in, Dense.units(2).on(in), Dense.units(1).on(in))) {
            TorchFormat.save(model, file);
        }
        try (SafetensorsFile tensors = Safetensors.read(file)) {
            assertFalse(tensors.metadata().containsKey("gatun.torch"));
        }
    }

    /** What the words do not say is not said: another reading than the layer's would be worse than none. */
    @TestFactory
    Stream<DynamicTest> whatTheWordsDoNotSayIsNotSaid() {
        Map<String, Layer[]> models = new LinkedHashMap<>();
        models.put("another axis", of(Dense.units(4), LayerNormalization.of().axis(1).center(false).scale(false)));
        models.put("no features", of(Relu.of()));
        models.put("one alpha for all", of(PRelu.of().sharedAxes(1, 2), Dense.units(2)));
        models.put("a function of an axis", of(Dense.units(4), Softmax.axis(1)));
        models.put("a function with a threshold", of(Dense.units(4), Relu.of().threshold(0.5)));
        models.put("a layer in every step", of(Dense.units(4), TimeDistributed.of(Relu.of())));
        return models.entrySet().stream().map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
            Layer[] layers = Stream.concat(Stream.of(Input.shape(5, 4)), Stream.of(entry.getValue()))
                    .toArray(Layer[]::new);
            Path file = folder.resolve("x.safetensors");
            try (Model model = Sequential.of(layers)) {
                TorchFormat.save(model, file);
            }
            try (SafetensorsFile tensors = Safetensors.read(file)) {
                assertFalse(tensors.metadata().containsKey("gatun.torch"), tensors.metadata().get("gatun.torch"));
            }
        }));
    }

    @Test
    void soOfSingleIds() throws IOException {
        Path file = folder.resolve("x.safetensors");
        Input id = Input.ints();
        try (Model model = Model.of(id, Embedding.of(9, 4).on(id))) {
            TorchFormat.save(model, file);
        }
        try (SafetensorsFile tensors = Safetensors.read(file)) {
            assertFalse(tensors.metadata().containsKey("gatun.torch"));
        }
    }

    @TestFactory
    Stream<DynamicTest> whatPyTorchCannotHoldIsRefusedByName() {
        Map<String, Layer> layers = new LinkedHashMap<>();
        layers.put("peepholes", Lstm.units(2).peepholes());
        layers.put("input_forget", Lstm.units(2).inputForget());
        layers.put("layer_norm", Lstm.units(2).layerNorm());
        layers.put("cell_clip", Lstm.units(2).cellClip(1));
        layers.put("clip", Gru.units(2).clip(1));
        layers.put("forget_bias", Lstm.units(2).forgetBias(1));
        layers.put("output_activation", Lstm.units(2).outputActivation("relu"));
        layers.put("go_backwards", Gru.units(2).goBackwards());
        layers.put("learned_initial_state", Lstm.units(2).learnInitialState());
        layers.put("reset_after", Gru.units(2).resetAfter(false));
        layers.put("has tanh and not relu", Lstm.units(2).activation("relu"));
        layers.put("recurrent_activation", Lstm.units(2).recurrentActivation("hard_sigmoid"));
        layers.put("merges them by sum", Bidirectional.of(Lstm.units(2)).merge("sum"));
        layers.put("no module of PyTorch", SeparableConv1D.of(2, 2));
        layers.put("features are its last axis", GroupNormalization.groups(1).axis(1));
        layers.put("keeps its width", MultiHeadAttention.of(3, 5));
        layers.put("one for each feature", PRelu.of());
        return layers.entrySet().stream().map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
            Path file = folder.resolve("x.safetensors");
            try (Model model = Sequential.of(Input.shape(5, 4), entry.getValue())) {
                String message = assertThrows(FormatException.class, () -> TorchFormat.save(model, file)).getMessage();
                assertTrue(message.contains(entry.getKey()) && message.contains("Layer '"), message);
                assertFalse(Files.exists(file));
            }
        }));
    }
}
