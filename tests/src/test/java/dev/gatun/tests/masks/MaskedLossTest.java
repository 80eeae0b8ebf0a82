package dev.gatun.tests.masks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Mask;
import dev.gatun.layers.Masking;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Metric;
import dev.gatun.layers.train.Samples;
import dev.gatun.layers.train.Sgd;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.Shared;
import dev.gatun.tests.kernels.Bits;
import dev.gatun.tests.fixture.Fixture;
import dev.gatun.tests.fixture.FixtureTensor;
import dev.gatun.tests.fixture.Fixtures;
import dev.gatun.tests.fixture.JsonArrays;
import dev.gatun.tests.fixture.Measure;
import dev.gatun.tests.fixture.SafetensorsReader;
import dev.gatun.tests.gradients.EnginePass;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What steps that a mask leaves out cost: nothing, and the others are divided by how many they are. */
final class MaskedLossTest {

    private static final double LIMIT = 1e-5;

    /** The predictions are what goes in: a dense layer that changes nothing, whose weights are trained. */
    private static Model unchanged(long time, long features) {
        Model model = Sequential.of(Input.shape(time, features), Dense.units((int) features).named("same"));
        float[] kernel = new float[(int) (features * features)];
        for (int i = 0; i < features; i++) {
            kernel[i * (int) features + i] = 1;
        }
        model.weight("same/kernel").set(Tensor.of(kernel, features, features));
        return model;
    }

    /** Value, and by way of a step of SGD the gradient. */
    private static void check(FixtureTensor predicted, FixtureTensor target, Mask mask, Tensor weights, double loss,
            double[] gradient) {
        int time = predicted.dim(1);
        int features = predicted.dim(2);
        try (Model model = unchanged(time, features)) {
            Samples samples = Samples.of(tensor(predicted), tensor(target)).masked(mask);
            samples = weights == null ? samples : samples.weighted(weights);
            Trainer trainer = Trainer.of(model).loss(Loss.MSE).optimizer(Sgd.rate(1));
            Measure.within(LIMIT, "loss", new double[] {trainer.evaluate(samples).get("loss")}, new double[] {loss});
            double[] bias = new double[features];
            for (int i = 0; i < gradient.length; i++) {
                bias[i % features] -= gradient[i];
            }
            assertEquals(trainer.evaluate(samples), trainer.trainOnBatch(samples));
            Measure.within(LIMIT, "gradient", model.weight("same/bias").get().toArray(), bias);
        }
    }

    private static Tensor tensor(FixtureTensor tensor) {
        return Tensor.of(tensor.floats(), Arrays.stream(tensor.shape()).asLongStream().toArray());
    }

    private static Mask mask(FixtureTensor mask) {
        boolean[][] counts = new boolean[mask.dim(0)][];
        for (int row = 0; row < counts.length; row++) {
            counts[row] = mask.at(row).booleans();
        }
        return Mask.of(counts);
    }

    @TestFactory
    Stream<DynamicTest> theLossIsThatOfTheFixture() {
        return Fixtures.where(fixture -> fixture.name().equals("c_mse_masked_3d")).stream()
                .map(fixture -> dynamicTest(fixture.name(), () -> check(fixture)));
    }

    private static void check(Fixture fixture) {
        check(fixture.tensor("y_pred"), fixture.tensor("y_true"), mask(fixture.tensor("mask")), null,
                fixture.tensor("loss").scalar(), fixture.values("g/y_pred"));
    }

    /** With weights of samples too, which masks join. */
    @TestFactory
    Stream<DynamicTest> theLossIsKerass() throws IOException {
        Optional<Path> file = Shared.find("oracles/train3/loss_MeanSquaredError.json");
        if (file.isEmpty()) {
            return Stream.empty();
        }
        Map<String, FixtureTensor> tensors = SafetensorsReader
                .read(file.get().resolveSibling("loss_MeanSquaredError.safetensors"));
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, JsonNode> variant : JsonArrays.read(file.get()).get("variants").properties()) {
            boolean isKnown = variant.getValue().at("/config/reduction").asText().equals("sum_over_batch_size");
            if (isKnown && variant.getValue().get("mask").asBoolean()) {
                tests.add(dynamicTest(variant.getKey(), () -> check(variant.getKey(),
                        variant.getValue().get("data").asText(), tensors)));
            }
        }
        assertTrue(tests.size() >= 2, tests.toString());
        return tests.stream();
    }

    private static void check(String name, String data, Map<String, FixtureTensor> tensors) {
        FixtureTensor weight = tensors.get(name + "/sample_weight");
        Tensor weights = weight == null ? null : Tensor.of(weight.floats(), weight.dim(0));
        check(tensors.get(data + "/y_pred"), tensors.get(data + "/y_true"), mask(tensors.get(name + "/mask")), weights,
                tensors.get(name + "/value").scalar(), tensors.get(name + "/grad").values());
    }

    /** A batch counts by its samples, as in Keras, however many of its steps do; a metric counts steps. */
    @Test
    void overBatchesLossesAreWeighedBySamplesAndMetricsBySteps() {
        float[] x = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        Mask mask = Mask.lengths(1, 0, 3, 3);
        try (Model model = unchanged(3, 1)) {
            Trainer trainer = Trainer.of(model).loss(Loss.MAE).metrics(Metric.MAE).batchSize(2);
            Map<String, Double> got = trainer.evaluate(Tensor.of(x, 4, 3, 1), Tensor.zeros(4, 3, 1), mask);
            assertEquals((2 * 1 + 2 * 57 / 6.0) / 4, got.get("loss"), 1e-12);
            assertEquals((1 + 57) / 7.0, got.get("mae"), 1e-12);
        }
    }

    /** Nothing that counts costs nothing, and teaches nothing. */
    @Test
    void aBatchOfPaddingAloneTeachesNothing() {
        try (Model model = unchanged(3, 2)) {
            float[] before = model.weight("same/kernel").get().toArray();
            Trainer trainer = Trainer.of(model).loss(Loss.MSE).optimizer(Sgd.rate(1));
            Tensor x = Tensor.of(EnginePass.uniform(12, 1, 1), 2, 3, 2);
            assertEquals(0, trainer.trainOnBatch(x, Tensor.zeros(2, 3, 2), Mask.lengths(0, 0)).get("loss"));
            Bits.same(model.weight("same/kernel").get().toArray(), before, "kernel");
        }
    }

    /** As in Keras a mean of nothing is 0, not NaN. */
    @Test
    void metricsOfPaddingAloneAreZero() {
        try (Model model = unchanged(3, 2)) {
            Tensor x = Tensor.of(EnginePass.uniform(12, 1, 1), 2, 3, 2);
            Map<String, Double> got = Trainer.of(model).loss(Loss.MSE)
                    .metrics(Metric.MAE, Metric.RMSE, Metric.ACCURACY)
                    .evaluate(x, Tensor.zeros(2, 3, 2), Mask.lengths(0, 0));
            assertEquals(Map.of("loss", 0.0, "mae", 0.0, "rmse", 0.0, "accuracy", 0.0), got);
        }
    }

    /** A mask that leaves nothing out changes no bit, made by a layer or given, in training and serving. */
    @Test
    void aMaskOfAllStepsChangesNoBits() {
        Tensor x = Tensor.of(EnginePass.uniform(60, 1, 1), 5, 4, 3);
        Tensor y = Tensor.of(EnginePass.uniform(40, 1, 2), 5, 4, 2);
        List<float[]> trained = new ArrayList<>();
        for (int kind = 0; kind < 3; kind++) {
            List<Layer> layers = new ArrayList<>(List.of(Input.shape(4, 3)));
            if (kind == 2) {
                layers.add(Masking.value(7));
            }
            layers.addAll(List.of(Dropout.rate(0).named("drop"), Accumulator.lstm().returnSequences().named("sum"),
                    Dense.units(2).named("end")));
            try (Model model = Sequential.of(layers)) {
                Samples samples = Samples.of(x, y);
                samples = kind == 1 ? samples.masked(Mask.lengths(4, 4, 4, 4, 4)) : samples;
                double loss = Trainer.of(model).loss(Loss.MSE).metrics(Metric.RMSE).epochs(3).batchSize(2).seed(5)
                        .fit(samples).last("loss");
                float[] all = Arrays.copyOf(model.weight("end/kernel").get().toArray(), 3);
                all[2] = (float) loss;
                trained.add(all);
            }
        }
        Bits.same(trained.get(1), trained.get(0), "given");
        Bits.same(trained.get(2), trained.get(0), "made");
    }

    /** The mask of a layer goes by way of layers that leave themselves out in predictions. */
    @Test
    void aMaskReachesTheLossThroughLayersThatDoNothing() {
        float[] x = {1, 0, 3, 0, 0, 5};
        try (Model model = Sequential.of(Input.shape(3, 1), Masking.value(0), Dropout.rate(0.5))) {
            Map<String, Double> got = Trainer.of(model).loss(Loss.MAE)
                    .evaluate(Tensor.of(x, 2, 3, 1), Tensor.zeros(2, 3, 1));
            assertEquals(3, got.get("loss"), 1e-12);
        }
    }
}
