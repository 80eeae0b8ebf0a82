package dev.gatun.tests.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.formats.FormatException;
import dev.gatun.formats.Imported;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.Shared;
import dev.gatun.tests.fixture.FixtureTensor;
import dev.gatun.tests.fixture.JsonArrays;
import dev.gatun.tests.fixture.SafetensorsReader;
import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every HDF5 and TensorFlow.js file of {@code ../shared}, by its name: those with numbers are held to them. */
final class LegacyFilesTest {

    private static final double LIMIT = 1e-5;
    /** Trained so that it makes much of the rounding of float32. */
    private static final Map<String, Double> WIDER = Map.of("Project-Vivy__models_lstm_model.h5", 1e-3);

    @RegisterExtension
    static final Worst WORST = new Worst("legacy files");

    private static Stream<Path> files(String folder, String ending) {
        return Shared.find(folder).stream().flatMap(found -> KerasFiles.files(found, ending).stream());
    }

    @TestFactory
    Stream<DynamicTest> fromTheWild() {
        return files("wild", ".h5").map(file -> {
            String name = file.getFileName().toString();
            return DynamicTest.dynamicTest(name,
                    () -> WildFiles.check(file, WIDER.getOrDefault(name, LIMIT), WORST));
        });
    }

    @TestFactory
    Stream<DynamicTest> savedByKeras3() {
        String folder = "oracles/keras_h5";
        return JsonArrays.shared(folder + "/index.json").stream()
                .flatMap(index -> index.get("cases").properties().stream())
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    Path file = Shared.find(folder + "/" + entry.getKey() + ".h5").orElseThrow();
                    JsonNode numbers = JsonArrays.read(file.resolveSibling(entry.getKey() + ".json"));
                    double limit = Math.max(LIMIT, entry.getValue().get("tolerance").asDouble());
                    try (Model model = Model.load(file)) {
                        OracleFiles.check(model, entry, numbers, limit, WORST);
                    }
                }));
    }

    /** Files of Keras 2, Keras 3 and TensorFlow.js that hold the models of the fixtures. */
    @TestFactory
    Stream<DynamicTest> ofTheFixtures() {
        return JsonArrays.shared("fixtures/f_files_index.json").stream()
                .flatMap(index -> index.get("files").valueStream())
                .filter(entry -> entry.get("format").asText().contains("hdf5")
                        || entry.get("format").asText().startsWith("tfjs"))
                .map(entry -> DynamicTest.dynamicTest(entry.get("file").asText(),
                        () -> agrees(Shared.find("fixtures/files/" + entry.get("file").asText()).orElseThrow(),
                                entry.get("weights_and_expected_outputs").asText())));
    }

    private static void agrees(Path file, String fixture) throws IOException {
        Path numbers = Shared.find("fixtures/" + fixture + ".safetensors").orElseThrow();
        Map<String, FixtureTensor> tensors = SafetensorsReader.read(numbers);
        List<String> outputs = JsonArrays.read(numbers.resolveSibling(fixture + ".json")).get("outputs").valueStream()
                .map(JsonNode::asText).toList();
        try (Model model = Model.load(file)) {
            List<Tensor> made = model.predict(List.of(Parity.tensor(tensors.get("x"))));
            assertEquals(outputs.size(), made.size());
            for (int i = 0; i < made.size(); i++) {
                WORST.within("files of the fixtures", LIMIT, file.getFileName() + " " + outputs.get(i),
                        made.get(i).toArray(), tensors.get(outputs.get(i)).values());
            }
        }
    }

    /** Of these only one comes with numbers; of the others the layers and weights are what their readers say. */
    @TestFactory
    Stream<DynamicTest> ofDeeplearning4j() {
        Map<String, String> layers = Map.of(
                "bidirectional_lstm_tensorflow_2.h5", "[InputLayer, Bidirectional] [None, 4, 20] 1680",
                "embedding_lstm_tensorflow_2.h5", "[InputLayer, Embedding, LSTM] [None, 10, 6] 308",
                "lstm_functional_tf_keras_2.h5", "[InputLayer, LSTM, Dense] [None, 5] 461",
                "lstm_tensorflow_2.h5", "[InputLayer, LSTM] [None, 6] 192",
                "masking_two_lstm.h5", "[InputLayer, Masking, LSTM] [None, 32] 9600",
                "simple_lstm_tf_keras_1_model.h5", "[InputLayer, LSTM, Dense] [None, 1] 10451");
        return files("models/keras-legacy", ".h5").map(file -> {
            String name = file.getFileName().toString();
            return DynamicTest.dynamicTest(name, () -> {
                if (name.contains("inputs_and_outputs")) {
                    String said = assertThrows(FormatException.class, () -> Model.load(file)).getMessage();
                    assertTrue(said.contains("without a Keras model in it"), said);
                    return;
                }
                try (Imported imported = Imported.read(file)) {
                    assertEquals(layers.get(name),
                            imported.report().layers().stream().map(layer -> layer.kind()).toList()
                                    + " " + imported.model().outputShapes().getFirst().toString().replace('(', '[')
                                            .replace(')', ']')
                                    + " " + imported.model().parameterCount());
                }
            });
        });
    }

    @Test
    void theFileOfKeras1PredictsWhatItsOwnKerasDid() throws IOException {
        Path folder = Shared.find("models/keras-legacy").orElse(null);
        Assumptions.assumeTrue(folder != null, Shared.ABSENT);
        try (Model model = Model.load(folder.resolve("simple_lstm_tf_keras_1_model.h5"));
                HdfFile numbers = new HdfFile(folder.resolve("simple_lstm_tf_keras_1_inputs_and_outputs.h5"))) {
            float[] x = (float[]) numbers.getDatasetByPath("inputs/lstm_input_1").getDataFlat();
            float[] y = (float[]) numbers.getDatasetByPath("predictions/dense_1").getDataFlat();
            double[] expected = new double[y.length];
            for (int i = 0; i < y.length; i++) {
                expected[i] = y[i];
            }
            WORST.within("Keras 1", LIMIT, "predictions", model.predict(Tensor.of(x, 100, 1, 1)).toArray(), expected);
        }
    }
}
