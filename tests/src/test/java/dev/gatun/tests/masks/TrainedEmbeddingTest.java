package dev.gatun.tests.masks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.formats.keras.KerasConfig;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Optimizer;
import dev.gatun.layers.train.Samples;
import dev.gatun.layers.train.Sgd;
import dev.gatun.layers.train.Trainer;
import dev.gatun.layers.train.TrainingLoop;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.Shared;
import dev.gatun.tests.fixture.FixtureTensor;
import dev.gatun.tests.fixture.JsonArrays;
import dev.gatun.tests.fixture.Measure;
import dev.gatun.tests.fixture.SafetensorsReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** An embedding that masks, an LSTM and a dense layer, trained for 20 steps as by Keras with dense gradients. */
final class TrainedEmbeddingTest {

    private static final double WEIGHTS = 1e-4;
    private static final double LOSSES = 1e-5;

    @TestFactory
    Stream<DynamicTest> stepsAreKerass() {
        return Stream.of("sgd", "sgd_nesterov", "sgd_global_clipnorm", "sgd_accum4", "adam")
                .map(name -> Shared.find("oracles/train3/opt_cls_" + name + ".json"))
                .flatMap(found -> found.stream())
                .map(file -> dynamicTest(file.getFileName().toString(), () -> check(file)));
    }

    private static void check(Path file) throws IOException {
        JsonNode json = JsonArrays.read(file);
        Map<String, FixtureTensor> tensors = SafetensorsReader
                .read(Path.of(file.toString().replace(".json", ".safetensors")));
        JsonNode optimizer = json.get("optimizer_config");
        int each = Math.max(1, optimizer.path("gradient_accumulation_steps").asInt());
        try (Model model = KerasConfig.model(json.get("model_config").toString(), 3)) {
            for (Weight weight : model.weights()) {
                weight.set(tensor(tensors.get("w0/" + weight.name())));
            }
            float[] padding = Arrays.copyOf(model.weight("embedding/embeddings").get().toArray(), 4);
            double[] losses = new double[20];
            try (TrainingLoop loop = Trainer.of(model).loss(Loss.SPARSE_CATEGORICAL_CROSSENTROPY)
                    .optimizer(optimizer(json.get("optimizer").asText(), optimizer)).open()) {
                for (int step = 1; step <= 20; step++) {
                    int batch = (step - 1) % 4;
                    losses[step - 1] = loop.accumulate(Samples.of(tensor(tensors.get("x").at(batch)),
                            tensor(floats(tensors.get("y").at(batch)))));
                    if (step % each == 0) {
                        loop.update();
                    }
                    if (List.of(1, 5, 20).contains(step)) {
                        compare(model, tensors, "step" + step + "/");
                    }
                }
                loop.keep();
            }
            Measure.within(LOSSES, "losses", losses, tensors.get("losses").values());
            assertArrayEquals(padding, Arrays.copyOf(model.weight("embedding/embeddings").get().toArray(), 4));
        }
    }

    private static void compare(Model model, Map<String, FixtureTensor> tensors, String prefix) {
        for (Weight weight : model.weights()) {
            Measure.within(WEIGHTS, prefix + weight.name(), weight.get().toArray(),
                    tensors.get(prefix + weight.name()).values());
        }
    }

    /** Class numbers are floats to a loss. */
    private static FixtureTensor floats(FixtureTensor labels) {
        return new FixtureTensor(labels.name(), "F32", labels.shape(), labels.values());
    }

    private static Tensor tensor(FixtureTensor tensor) {
        long[] dims = Arrays.stream(tensor.shape()).asLongStream().toArray();
        return tensor.dtype().equals("I32") ? Tensor.ofInts(tensor.ints(), dims) : Tensor.of(tensor.floats(), dims);
    }

    private static Optimizer optimizer(String kind, JsonNode config) {
        double rate = config.get("learning_rate").asDouble();
        if (kind.equals("Adam")) {
            return Adam.rate(rate);
        }
        Sgd sgd = Sgd.rate(rate).momentum(config.get("momentum").asDouble());
        sgd = config.get("nesterov").asBoolean() ? sgd.nesterov() : sgd;
        return config.get("global_clipnorm").isNull()
                ? sgd
                : sgd.globalClipNorm(config.get("global_clipnorm").asDouble());
    }
}
