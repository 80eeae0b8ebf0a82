package dev.gatun.tests.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.BatchNormalization;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Mask;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.WeightRole;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.nested.Nested;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.serve.Predictor;
import dev.gatun.layers.train.Callback;
import dev.gatun.layers.train.DivergenceException;
import dev.gatun.layers.train.EarlyStopping;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Samples;
import dev.gatun.layers.train.Sgd;
import dev.gatun.layers.train.Trainer;
import dev.gatun.layers.train.Training;
import dev.gatun.layers.train.TrainingLoop;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.NormalTensor;
import dev.gatun.tests.kernels.Bits;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The statistics that a training takes of its batches, and the moving ones that it leaves. */
final class BatchStatisticsTest {

    private static final int SAMPLES = 12;
    private static final int TIME = 4;
    private static final int FEATURES = 3;
    private static final double MOMENTUM = 0.75;
    private static final Tensor X = NormalTensor.of(1, SAMPLES, TIME, FEATURES);
    private static final Tensor Y = NormalTensor.of(2, SAMPLES, TIME, 2);

    private static Model model(BatchNormalization layer) {
        Model model = Sequential.of(Input.sequence(FEATURES), layer.named("bn"), Lstm.units(5).returnSequences(),
                Dense.units(2));
        model.initialize(3);
        return model;
    }

    private static Model model() {
        return model(BatchNormalization.of().momentum(MOMENTUM));
    }

    private static Trainer trainer(Model model) {
        return Trainer.of(model).loss(Loss.MSE).optimizer(Sgd.rate(0.05));
    }

    private static float[] moving(Model model, String which) {
        return model.weight("bn/moving_" + which).get().toArray();
    }

    /** Mean, then variance of a feature, over the steps that count. */
    private static double[] statistics(Tensor x, boolean[][] mask, int feature) {
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (int b = 0; b < x.shape().dim(0); b++) {
            for (int t = 0; t < x.shape().dim(1); t++) {
                if (mask == null || mask[b][t]) {
                    double number = x.get(b, t, feature);
                    sum += number;
                    squares += number * number;
                    count++;
                }
            }
        }
        double mean = sum / count;
        return new double[] {mean, squares / count - mean * mean};
    }

    private static void assertMoved(float[] before, float[] after, Tensor x, boolean[][] mask, int which,
            double momentum) {
        for (int feature = 0; feature < FEATURES; feature++) {
            double batch = statistics(x, mask, feature)[which];
            assertEquals(momentum * before[feature] + (1 - momentum) * batch, after[feature], 1e-6);
        }
    }

    @Test
    void aBatchMovesTheStatisticsOnce() {
        try (Model model = model()) {
            float[] means = moving(model, "mean");
            float[] variances = moving(model, "variance");
            trainer(model).trainOnBatch(Samples.of(X, Y));
            assertMoved(means, moving(model, "mean"), X, null, 0, MOMENTUM);
            assertMoved(variances, moving(model, "variance"), X, null, 1, MOMENTUM);
        }
    }

    @Test
    void stepsThatDoNotCountTakeNoPart() {
        boolean[][] mask = new boolean[SAMPLES][TIME];
        for (int i = 0; i < SAMPLES * TIME; i++) {
            mask[i / TIME][i % TIME] = i % 3 == 0 || i % TIME == 0;
        }
        Tensor spoiled = Tensor.of(X.toArray(), SAMPLES, TIME, FEATURES);
        for (int i = 0; i < SAMPLES * TIME; i++) {
            if (!mask[i / TIME][i % TIME]) {
                spoiled.set(Float.NaN, i / TIME, i % TIME, 1);
            }
        }
        try (Model model = model(); Model clean = model()) {
            float[] before = moving(model, "variance");
            trainer(model).trainOnBatch(Samples.of(spoiled, Y).masked(Mask.of(mask)));
            trainer(clean).trainOnBatch(Samples.of(X, Y).masked(Mask.of(mask)));
            assertMoved(before, moving(model, "variance"), X, mask, 1, MOMENTUM);
            model.weights().forEach(weight -> Bits.same(weight.get().toArray(),
                    clean.weight(weight.name()).get().toArray(), weight.name()));
        }
    }

    /** Zero of nothing would pull the statistics to zero, as it does in Keras. */
    @Test
    void aBatchOfWhichNothingCountsMovesNothing() {
        try (Model model = model()) {
            float[] before = moving(model, "variance");
            trainer(model).trainOnBatch(Samples.of(X, Y).masked(Mask.of(new boolean[SAMPLES][TIME])));
            Bits.same(moving(model, "variance"), before, "variance");
        }
    }

    @Test
    void aLayerThatIsNotTrainedStaysAndServesInATraining() {
        try (Model model = model(BatchNormalization.of().trainable(false)); Model again = model()) {
            model.weight("bn/moving_mean").set(Tensor.of(new float[] {0.5f, -1, 2}, 3));
            model.weight("bn/moving_variance").set(Tensor.of(new float[] {0.2f, 3, 1}, 3));
            Map<String, Double> served = trainer(model).evaluate(X, Y);
            assertEquals(served.get("loss"), trainer(model).trainOnBatch(Samples.of(X, Y)).get("loss"), 1e-6);
            Bits.same(moving(model, "mean"), new float[] {0.5f, -1, 2}, "mean");
            Bits.same(moving(model, "variance"), new float[] {0.2f, 3, 1}, "variance");
            Bits.same(model.weight("bn/gamma").get().toArray(), new float[] {1, 1, 1}, "gamma");
            model.network().trainable("bn", true);
            trainer(model).trainOnBatch(Samples.of(X, Y));
            assertFalse(moving(model, "mean")[0] == 0.5f);
        }
    }

    /** As Keras's gradient accumulation: every micro-batch has statistics of its own and moves the others. */
    @Test
    void everyMicroBatchMovesThem() {
        try (Model model = model(); TrainingLoop loop = trainer(model).open()) {
            float[] before = moving(model, "mean");
            loop.accumulate(Samples.of(X, Y));
            float[] once = moving(model, "mean");
            assertMoved(before, once, X, null, 0, MOMENTUM);
            loop.accumulate(Samples.of(X, Y));
            assertMoved(once, moving(model, "mean"), X, null, 0, MOMENTUM);
            float[] twice = moving(model, "mean");
            loop.update();
            Bits.same(moving(model, "mean"), twice, "an update moves nothing");
        }
    }

    @Test
    void everyChunkMovesThem() {
        try (Model model = model(BatchNormalization.of().momentum(0))) {
            trainer(model).truncatedBptt(3).batchSize(SAMPLES).epochs(1).fit(X, Y);
            Tensor last = Tensor.zeros(SAMPLES, 1, FEATURES);
            for (int i = 0; i < SAMPLES * FEATURES; i++) {
                last.set(X.get(i / FEATURES, TIME - 1, i % FEATURES), i / FEATURES, 0, i % FEATURES);
            }
            assertMoved(new float[FEATURES], moving(model, "mean"), last, null, 0, 0);
        }
    }

    @Test
    void aBatchWhoseLossIsNoNumberMovesNothing() {
        try (Model model = model(); TrainingLoop loop = trainer(model).open()) {
            float[] before = moving(model, "variance");
            Tensor kernel = model.weight("dense/kernel").get();
            kernel.set(Float.NaN, 0, 0);
            model.weight("dense/kernel").set(kernel);
            assertThrows(DivergenceException.class, () -> loop.step(Samples.of(X, Y)));
            Bits.same(moving(model, "variance"), before, "variance");
        }
    }

    @Test
    void whatWasNotKeptIsUndone() {
        try (Model model = model()) {
            float[] before = moving(model, "mean");
            try (TrainingLoop loop = trainer(model).open()) {
                loop.step(Samples.of(X, Y));
                assertFalse(moving(model, "mean")[0] == before[0]);
            }
            Bits.same(moving(model, "mean"), before, "mean");
        }
    }

    @Test
    void aLayerCalledTwiceMovesThemTwice() {
        BatchNormalization shared = BatchNormalization.of().momentum(MOMENTUM).named("bn");
        Input one = Input.shape(FEATURES);
        Input two = Input.shape(FEATURES);
        Tensor x = NormalTensor.of(6, SAMPLES, FEATURES);
        Tensor z = NormalTensor.of(7, SAMPLES, FEATURES);
        Tensor y = NormalTensor.of(8, SAMPLES, FEATURES);
        try (Model model = Model.of(List.of(one, two), List.of(shared.on(one), shared.on(two)))) {
            model.initialize(3);
            Trainer.of(model).loss(Loss.MSE).trainOnBatch(Samples.of(List.of(x, z), List.of(y, y)));
            for (int feature = 0; feature < FEATURES; feature++) {
                double first = (1 - MOMENTUM) * mean(x, feature);
                assertEquals(MOMENTUM * first + (1 - MOMENTUM) * mean(z, feature), moving(model, "mean")[feature],
                        1e-6);
            }
        }
    }

    private static double mean(Tensor x, int feature) {
        double sum = 0;
        for (int row = 0; row < x.shape().dim(0); row++) {
            sum += x.get(row, feature);
        }
        return sum / x.shape().dim(0);
    }

    /** In a model that is frozen as a whole, and in a TimeDistributed over a frozen layer. */
    @Test
    void whatIsFrozenFromOutsideStays() {
        Input in = Input.shape(TIME, FEATURES);
        Nested inner = Nested.of(in, BatchNormalization.of().named("bn").on(in));
        for (Layer frozen : List.of(inner.trainable(false),
                TimeDistributed.of(BatchNormalization.of().trainable(false)))) {
            try (Model model = Sequential.of(Input.shape(TIME, FEATURES), frozen.named("part"), Dense.units(2))) {
                Map<String, float[]> before = new LinkedHashMap<>();
                model.weights().forEach(weight -> before.put(weight.name(), weight.get().toArray()));
                trainer(model).trainOnBatch(Samples.of(X, Y));
                before.forEach((name, numbers) -> {
                    if (name.startsWith("part")) {
                        Bits.same(model.weight(name).get().toArray(), numbers, name);
                    }
                });
                assertTrue(before.keySet().stream()
                        .anyMatch(name -> name.startsWith("part") && name.endsWith("variance")));
            }
        }
    }

    /** They go into the file with the weights, and on from there. */
    @Test
    void aResumedTrainingHasTheBitsOfAStraightOne(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("model.gatun");
        try (Model straight = model(); Model half = model()) {
            trainer(straight).batchSize(5).epochs(4).fit(X, Y);
            trainer(half).batchSize(5).epochs(2).fit(X, Y);
            half.save(file);
            try (Model resumed = Model.load(file)) {
                trainer(resumed).batchSize(5).epochs(4).resume().fit(X, Y);
                straight.weights().forEach(weight -> Bits.same(resumed.weight(weight.name()).get().toArray(),
                        weight.get().toArray(), weight.name()));
                Bits.same(resumed.predict(X).toArray(), straight.predict(X).toArray(), "predictions");
            }
        }
    }

    /** A predictor reads the weights and the statistics of one moment. */
    @Test
    void aPredictorSeesWholeVersions() {
        List<float[]> during = new ArrayList<>();
        List<float[]> after = new ArrayList<>();
        try (Model model = model(); Predictor predictor = model.predictor()) {
            trainer(model).batchSize(5).epochs(3).callbacks(new Callback() {
                @Override
                public void onBatchEnd(Training training) {
                    during.add(predictor.predict(X).toArray());
                }
            }).fit(X, Y);
            after.add(predictor.predict(X).toArray());
            Bits.same(after.getFirst(), model.predict(X).toArray(), "when the training has ended");
            Bits.same(during.get(1), during.get(0), "within an epoch");
            assertFalse(Arrays.equals(during.get(3), during.get(0)), "after an epoch");
        }
    }

    @Test
    void theBestEpochIsRestoredWithItsStatistics() {
        try (Model stopped = model(); Model best = model()) {
            Tensor other = NormalTensor.of(9, SAMPLES, TIME, 2);
            var history = Trainer.of(stopped).loss(Loss.MSE).optimizer(Sgd.rate(0.9)).batchSize(4).epochs(30)
                    .validation(X, other).callbacks(EarlyStopping.patience(2)).fit(X, Y);
            int epoch = history.size() - 2;
            assertTrue(epoch >= 1 && history.size() < 30, history.toString());
            Trainer.of(best).loss(Loss.MSE).optimizer(Sgd.rate(0.9)).batchSize(4).epochs(epoch).fit(X, Y);
            for (var weight : best.weights()) {
                Bits.same(stopped.weight(weight.name()).get().toArray(), weight.get().toArray(), weight.name());
            }
        }
    }

    @Test
    void buffersAreCountedAsNotTrained() {
        try (Model model = model()) {
            assertEquals(WeightRole.BUFFER, model.weight("bn/moving_mean").role());
            assertTrue(model.summaryText().contains("Non-trainable params: " + 2 * FEATURES), model.summaryText());
            trainer(model).trainOnBatch(Samples.of(X, Y));
            long trained = model.parameterCount() - 2 * FEATURES;
            assertTrue(model.summaryText().contains("Trainable params: " + trained), model.summaryText());
        }
    }

    /** In a training a row that is not a number spoils the others: their mean is none. */
    @Test
    void rowsOfABatchMeet() {
        try (Model model = Sequential.of(Input.shape(FEATURES), BatchNormalization.of())) {
            Tensor x = NormalTensor.of(1, 4, FEATURES);
            x.set(Float.NaN, 2, 1);
            var run = model.network().execution(List.of(x.shape()), ExecutionMode.TRAINING);
            run.load(0, x, 0);
            run.forward();
            Tensor y = Tensor.zeros(4, FEATURES);
            run.read(0, y, 0);
            for (int row = 0; row < 4; row++) {
                assertTrue(Float.isNaN(y.get(row, 1)) && !Float.isNaN(y.get(row, 0)), y.toString());
            }
        }
    }

    /** One normalization of all steps, however the layer stands there. */
    @Test
    void withinATimeDistributedAllStepsMeet() {
        try (Model plain = Sequential.of(Input.sequence(FEATURES),
                BatchNormalization.of().momentum(MOMENTUM).named("bn"),
                Dense.units(2));
                Model around = Sequential.of(Input.sequence(FEATURES),
                        TimeDistributed.of(BatchNormalization.of().momentum(MOMENTUM)).named("bn"), Dense.units(2))) {
            plain.initialize(3);
            around.initialize(3);
            trainer(plain).trainOnBatch(Samples.of(X, Y));
            trainer(around).trainOnBatch(Samples.of(X, Y));
            plain.weights().forEach(weight -> Bits.same(around.weight(weight.name()).get().toArray(),
                    weight.get().toArray(), weight.name()));
        }
    }

    @Test
    void statisticsThatAreNoNumbersAreNotKept() {
        try (Model model = model(); TrainingLoop loop = trainer(model).open()) {
            loop.step(Samples.of(X, Y));
            model.network().buffers().segment().set(ValueLayout.JAVA_FLOAT, 0, Float.NaN);
            assertThrows(DivergenceException.class, loop::endEpoch);
        }
    }
}
