package dev.gatun.tests.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatun.formats.keras.KerasConfig;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Samples;
import dev.gatun.layers.train.Sgd;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.Shared;
import dev.gatun.tests.fixture.FixtureTensor;
import dev.gatun.tests.fixture.JsonArrays;
import dev.gatun.tests.fixture.SafetensorsReader;
import dev.gatun.tests.gradients.EnginePass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code shared/oracles}: files with GRU and SimpleRNN that Keras 3 wrote, and its trainings with them. */
final class RecurrentFilesTest {

    @RegisterExtension
    static final Worst WORST = new Worst("parity of GRU and SimpleRNN");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> KINDS = Set.of("GRU", "SimpleRNN");
    private static final Set<String> LAYERS = Set.of("InputLayer", "LSTM", "GRU", "SimpleRNN", "Dense",
            "TimeDistributed", "Activation", "Dropout", "Permute");
    private static final double WEIGHTS = 1e-4;
    private static final int BATCHES = 4;

    private static List<Case> files() {
        List<Case> cases = new ArrayList<>();
        Shared.find("oracles/keras3b").ifPresent(folder -> JsonArrays.read(folder.resolve("index.json")).get("cases")
                .properties().forEach(entry -> {
                    Set<String> layers = new TreeSet<>();
                    entry.getValue().get("layers").forEach(layer -> layers.add(layer.asText()));
                    if (layers.stream().anyMatch(KINDS::contains)) {
                        Path file = folder.resolve(entry.getKey() + ".keras");
                        String whyNot = whyNot(file, entry.getValue(), layers);
                        cases.add(whyNot == null
                                ? Case.of(entry.getKey(), () -> check(file, entry.getKey()))
                                : Case.missing(entry.getKey(), whyNot));
                    }
                }));
        return cases;
    }

    private static String whyNot(Path file, JsonNode entry, Set<String> layers) {
        layers.removeAll(LAYERS);
        String config = config(file).toString();
        if (!layers.isEmpty()) {
            return "layers " + layers;
        } else if (!entry.get("kind").asText().equals("plain")) {
            return "kind " + entry.get("kind").asText();
        } else if (entry.get("note").asText().contains("mask")) {
            return "a mask as an argument";
        } else if (config.contains("float64") || config.contains("float16")) {
            return "numbers that are not float32";
        } else if (config.contains("keras.regularizers")) {
            return "regularizers";
        }
        return config.contains("\"Conv1D\"") || config.contains("\"LayerNormalization\"") ? "a layer within" : null;
    }

    private static JsonNode config(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return JSON.readTree(zip.getInputStream(zip.getEntry("config.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> filesOfKeras() {
        return Case.tests(files());
    }

    @Test
    void theFilesThatAreNotCoveredArePrinted() {
        List<Case> open = files().stream().filter(one -> one.whyNot() != null).toList();
        open.forEach(one -> System.out.println("parity, keras3b not covered: " + one.name() + ": " + one.whyNot()));
    }

    private static void check(Path file, String name) throws IOException {
        JsonNode numbers = JsonArrays.read(file.resolveSibling(name + ".json"));
        try (Model model = Model.load(file)) {
            List<Tensor> inputs = new ArrayList<>();
            for (int i = 0; i < model.inputNames().size(); i++) {
                inputs.add(Parity.tensor(JsonArrays.shaped(numbers.get("in_" + i))));
            }
            List<Tensor> outputs = model.predict(inputs);
            assertEquals(numbers.get("output_names").size(), outputs.size());
            for (int i = 0; i < outputs.size(); i++) {
                FixtureTensor expected = JsonArrays.shaped(numbers.get("out_" + i));
                assertEquals(Parity.tensor(expected).shape(), outputs.get(i).shape());
                WORST.within("files", Worst.OUTPUTS, name + "/out_" + i, outputs.get(i).toArray(), expected.values());
            }
        }
    }

    /** SGD with momentum over four batches in turn. */
    @TestFactory
    Stream<DynamicTest> trainings() {
        return Shared.find("oracles/train3/feat_gru_reset_before.json").stream()
                .map(file -> DynamicTest.dynamicTest("feat_gru_reset_before", () -> train(file)));
    }

    private static void train(Path file) throws IOException {
        Map<String, FixtureTensor> numbers = numbers(file);
        JsonNode sgd = JsonArrays.read(file).get("optimizer_config");
        try (Model model = model(file, numbers)) {
            Trainer trainer = Trainer.of(model).loss(Loss.MSE)
                    .optimizer(Sgd.rate(sgd.get("learning_rate").asDouble()).momentum(sgd.get("momentum").asDouble()));
            double[] losses = new double[20];
            for (int step = 0; step < losses.length; step++) {
                Tensor x = Parity.tensor(numbers.get("x").at(step % BATCHES));
                Tensor y = Parity.tensor(numbers.get("y").at(step % BATCHES));
                losses[step] = trainer.trainOnBatch(Samples.of(x, y)).get("loss");
                String prefix = "step" + (step + 1) + "/";
                model.weights().stream().filter(weight -> numbers.containsKey(prefix + weight.name()))
                        .forEach(weight -> WORST.within("weights", WEIGHTS, prefix + weight.name(),
                                weight.get().toArray(), numbers.get(prefix + weight.name()).values()));
            }
            WORST.within("losses", Worst.LOSSES, "losses", losses, numbers.get("losses").values());
        }
    }

    /** The mask of the input is the same at all steps, so it may be applied by hand. */
    @TestFactory
    Stream<DynamicTest> dropoutOfTheInput() {
        return Shared.find("oracles/train3/drop_gru_input.json").stream()
                .map(file -> DynamicTest.dynamicTest("drop_gru_input", () -> checkDropout(file)));
    }

    private static void checkDropout(Path file) throws IOException {
        Map<String, FixtureTensor> numbers = numbers(file);
        float[] x = numbers.get("x").floats();
        float[] drop = numbers.get("dropmask/rnn/cell/input").floats();
        int[] shape = numbers.get("x").shape();
        for (int i = 0; i < x.length; i++) {
            x[i] *= drop[i / (shape[1] * shape[2]) * shape[2] + i % shape[2]];
        }
        double[] expected = numbers.get("y_pred").values();
        double[] truth = numbers.get("y").values();
        float[] cotangent = new float[truth.length];
        for (int i = 0; i < truth.length; i++) {
            cotangent[i] = (float) (2 * (expected[i] - truth[i]) / truth.length);
        }
        try (Model model = model(file, numbers)) {
            EnginePass pass = EnginePass.of(model, List.of(Tensor.of(x, shape[0], shape[1], shape[2])),
                    List.of(cotangent));
            WORST.within("dropout, outputs", Worst.OUTPUTS, "y_pred", pass.outputs().getFirst(), expected);
            pass.weights().forEach((name, gradient) -> WORST.within("dropout, gradients", Worst.GRADIENTS, name,
                    gradient, numbers.get("g/w/" + name).values()));
        }
    }

    private static Map<String, FixtureTensor> numbers(Path file) throws IOException {
        return SafetensorsReader
                .read(file.resolveSibling(file.getFileName().toString().replace(".json", ".safetensors")));
    }

    private static Model model(Path file, Map<String, FixtureTensor> numbers) {
        String config = JsonArrays.read(file).get("model_config").toString();
        Model model = KerasConfig.nodes(config, 3, layer -> layer).model();
        model.weights().forEach(weight -> weight.set(Parity.tensor(numbers.get("w0/" + weight.name()))));
        return model;
    }
}
