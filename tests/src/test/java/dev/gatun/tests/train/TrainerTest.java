package dev.gatun.tests.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.Callback;
import dev.gatun.layers.train.EarlyStopping;
import dev.gatun.layers.train.History;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Metric;
import dev.gatun.layers.train.Samples;
import dev.gatun.layers.train.Sgd;
import dev.gatun.layers.train.Trainer;
import dev.gatun.layers.train.Training;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.TensorArena;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a trainer does, and what it reports. */
final class TrainerTest {

    @Test
    void fittingLowersTheLossAndReportsIt() {
        try (Model model = Toy.plainModel()) {
            Trainer trainer = Trainer.of(model).optimizer(Adam.rate(0.01)).loss(Loss.MSE)
                    .metrics(Metric.MAE, Metric.RMSE).epochs(30).batchSize(8).validation(0.2);
            History history = trainer.fit(Toy.X, Toy.Y);
            assertEquals(30, history.size());
            assertEquals(List.of("loss", "mae", "rmse", "val_loss", "val_mae", "val_rmse"), history.names());
            assertTrue(history.last("loss") < 0.1 * history.of("loss")[0], history.toString());
            assertTrue(history.last("val_loss") < 0.1 * history.of("val_loss")[0], history.toString());
            assertEquals(Math.sqrt(history.last("val_loss")), history.last("val_rmse"), 1e-12);
            assertEquals(30 * 5, model.trainingState().orElseThrow().steps());
            assertEquals(2 * model.parameterCount() + 2, model.trainingState().orElseThrow().summaryCount());
        }
    }

    @Test
    void aSecondTrainingForgetsTheMomentsOfTheFirst() {
        try (Model model = Toy.plainModel(); TensorArena arena = TensorArena.open("weights before")) {
            ParameterBlock before = model.network().parameters().twin(arena, "weights before");
            model.network().parameters().copyTo(before);
            Trainer trainer = Trainer.of(model).optimizer(Adam.rate(0.01)).loss(Loss.MSE).epochs(2);
            trainer.fit(Toy.X, Toy.Y);
            int[] first = Toy.bits(model);
            before.copyTo(model.network().parameters());
            trainer.fit(Toy.X, Toy.Y);
            Toy.requireSameBits(first, Toy.bits(model), "the same training again");
        }
    }

    @Test
    void validationIsTheLastPartAndWhatEvaluateSays() {
        try (Model model = Toy.plainModel()) {
            Trainer trainer = Trainer.of(model).loss(Loss.MSE).metrics(Metric.MAE).batchSize(7).validation(0.3);
            History history = trainer.fit(Toy.X, Toy.Y);
            Tensor x = Tensor.zeros(15, Toy.TIME, 2);
            Tensor y = Tensor.zeros(15, 1);
            for (int n = 0; n < 15; n++) {
                y.set(Toy.Y.get(35 + n, 0), n, 0);
                for (int t = 0; t < Toy.TIME; t++) {
                    x.set(Toy.X.get(35 + n, t, 0), n, t, 0);
                    x.set(Toy.X.get(35 + n, t, 1), n, t, 1);
                }
            }
            Map<String, Double> evaluated = trainer.evaluate(x, y);
            assertEquals(history.last("val_loss"), evaluated.get("loss"));
            assertEquals(history.last("val_mae"), evaluated.get("mae"));
            assertEquals(evaluated.get("loss"), trainer.testOnBatch(Samples.of(x, y)).get("loss"), 1e-9);
            double sum = 0;
            Tensor predicted = model.predict(x);
            for (int n = 0; n < 15; n++) {
                sum += Math.pow((double) predicted.get(n, 0) - y.get(n, 0), 2);
            }
            assertEquals(sum / 15, evaluated.get("loss"), 1e-12);
        }
    }

    @Test
    void aWeightOfZeroIsASampleThatIsNotThere() {
        Tensor weight = Tensor.zeros(Toy.SAMPLES);
        Tensor x = Tensor.zeros(25, Toy.TIME, 2);
        Tensor y = Tensor.zeros(25, 1);
        Tensor broken = Tensor.of(Toy.Y.toArray(), Toy.SAMPLES, 1);
        for (int n = 0; n < Toy.SAMPLES; n++) {
            weight.set(n < 25 ? 2f : 0f, n);
            if (n >= 25) {
                broken.set(1e6f, n, 0);
                continue;
            }
            y.set(Toy.Y.get(n, 0), n, 0);
            for (int t = 0; t < Toy.TIME; t++) {
                x.set(Toy.X.get(n, t, 0), n, t, 0);
                x.set(Toy.X.get(n, t, 1), n, t, 1);
            }
        }
        try (Model all = Toy.plainModel(); Model half = Toy.plainModel()) {
            double weighted = Trainer.of(all).loss(Loss.MSE)
                    .trainOnBatch(Samples.of(Toy.X, broken).weighted(weight)).get("loss");
            double plain = Trainer.of(half).loss(Loss.MSE).trainOnBatch(x, y).get("loss");
            assertEquals(plain, weighted, 1e-12);
            float[] one = all.weight("dense/kernel").get().toArray();
            float[] other = half.weight("dense/kernel").get().toArray();
            for (int i = 0; i < one.length; i++) {
                assertEquals(other[i], one[i], 1e-6f);
            }
        }
    }

    @Test
    void weightsPerStepReachTheirSteps() {
        try (Model model = Sequential.of(Input.shape(3, 1), Lstm.units(4).returnSequences(true), Dense.units(1))) {
            Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3, 1);
            Tensor weights = Tensor.of(new float[] {1, 0, 0, 0, 0, 3}, 2, 3);
            Tensor y = Tensor.of(new float[] {1, 99, 99, 99, 99, -1}, 2, 3);
            Tensor p = model.predict(x);
            double expected = (Math.pow(p.get(0, 0, 0) - 1, 2) + 3 * Math.pow(p.get(1, 2, 0) + 1, 2)) / 6;
            double got = Trainer.of(model).loss(Loss.MSE).evaluate(Samples.of(x, y).weighted(weights)).get("loss");
            assertEquals(expected, got, 1e-6);
        }
    }

    @Test
    void severalInputsAndOutputsGoByName() {
        Input left = Input.shape(4, 2).named("left");
        Input right = Input.shape(3).named("right");
        var state = Lstm.units(5).returnState(true).named("memory").on(left);
        var joined = Dense.units(2).activation("softmax").named("class").on(state);
        var number = Dense.units(1).named("number").on(right);
        Random random = new Random(3);
        Tensor a = random(random, 10, 4, 2);
        Tensor b = random(random, 10, 3);
        Tensor labels = Tensor.zeros(10);
        for (int n = 0; n < 10; n++) {
            labels.set(n % 2, n);
        }
        try (Model model = Model.of(List.of(left, right), List.of(joined, state.state().c(), number))) {
            Trainer trainer = Trainer.of(model).optimizer(Sgd.rate(0.1)).loss("number", Loss.MAE)
                    .loss("class", Loss.SPARSE_CATEGORICAL_CROSSENTROPY).lossWeight("number", 0.5).epochs(3);
            History history = trainer.fit(Map.of("right", b, "left", a),
                    Map.of("class", labels, "number", random(random, 10, 1)));
            assertEquals(List.of("loss", "class_loss", "number_loss"), history.names());
            for (Map<String, Double> epoch : history.epochs()) {
                assertEquals(epoch.get("class_loss") + 0.5 * epoch.get("number_loss"), epoch.get("loss"), 1e-12);
            }
            assertTrue(history.last("loss") < history.of("loss")[0]);
        }
    }

    @Test
    void accuracyFollowsTheLoss() {
        Tensor x = Tensor.of(new float[] {1, 0, 0, 1, 1, 1}, 3, 2);
        try (Model model = Sequential.of(Input.shape(2), Dense.units(2))) {
            model.weight("dense/kernel").set(Tensor.of(new float[] {1, -1, -1, 2}, 2, 2));
            // Logits: (1, -1), (-1, 2), (0, 1): classes 0, 1, 1.
            assertEquals(2.0 / 3, Trainer.of(model).loss(Loss.SPARSE_CATEGORICAL_CROSSENTROPY.fromLogits())
                    .metrics(Metric.ACCURACY).evaluate(x, Tensor.of(new float[] {0, 1, 0}, 3)).get("accuracy"), 1e-12);
            assertEquals(1.0 / 3, Trainer.of(model).loss(Loss.CATEGORICAL_CROSSENTROPY.fromLogits())
                    .metrics(Metric.ACCURACY).evaluate(x, Tensor.of(new float[] {0, 1, 0, 1, 1, 0}, 3, 2))
                    .get("accuracy"), 1e-12);
            assertEquals(5.0 / 6, Trainer.of(model).loss(Loss.BINARY_CROSSENTROPY.fromLogits())
                    .metrics(Metric.ACCURACY).evaluate(x, Tensor.of(new float[] {1, 0, 0, 1, 1, 1}, 3, 2))
                    .get("accuracy"), 1e-12);
        }
    }

    @Test
    void earlyStoppingRestoresTheBestWeights() {
        try (Model model = Toy.plainModel()) {
            List<int[]> weights = new ArrayList<>();
            List<Double> watched = new ArrayList<>();
            Callback memory = new AfterEpoch((training, report) -> {
                weights.add(Toy.bits(model));
                watched.add(report.get("val_loss"));
                // From the third epoch on, each is worse than the one before.
                training.learningRate(training.epoch() < 3 ? 0.01 : 0.5);
            });
            History history = Trainer.of(model).optimizer(Adam.rate(0.01)).loss(Loss.MSE).epochs(50).validation(0.2)
                    .callbacks(memory, EarlyStopping.patience(4)).fit(Toy.X, Toy.Y);
            int best = 0;
            for (int i = 0; i < watched.size(); i++) {
                best = watched.get(i) < watched.get(best) ? i : best;
            }
            assertEquals(best + 1 + 4, history.size(), history.toString());
            assertTrue(
                    history.stopped().startsWith("stopped early after epoch " + history.size() + ": val_loss was best"),
                    history.stopped());
            Toy.requireSameBits(weights.get(best), Toy.bits(model), "best weights");
        }
    }

    /** Whoever stops says why, and who takes a stop back says that. */
    @Test
    void aStopHasAReasonAndCanBeTakenBack() {
        try (Model model = Toy.plainModel()) {
            List<String> refused = new ArrayList<>();
            Callback both = new AfterEpoch(training -> {
                for (String blank : List.of("", " \n")) {
                    refused.add(assertThrows(IllegalArgumentException.class, () -> training.stop(blank))
                            .getMessage());
                }
                training.stop("tired");
                if (training.epoch() < 3) {
                    training.goOn();
                }
            });
            History history = Trainer.of(model).loss(Loss.MSE).epochs(9).callbacks(both).fit(Toy.X, Toy.Y);
            assertEquals("tired", history.stopped());
            assertEquals(3, history.size());
            assertEquals(6, refused.size());
            refused.forEach(message -> assertTrue(message.contains("reason") && message.contains("goOn()"), message));
        }
    }

    @Test
    void callbacksSeeEveryBatchAndCanStop() {
        try (Model model = Toy.plainModel()) {
            List<String> seen = new ArrayList<>();
            Callback counter = new Callback() {
                @Override
                public void onEpochBegin(Training training) {
                    seen.add("epoch " + training.epoch() + "/" + training.epochs());
                }

                @Override
                public void onBatchEnd(Training training) {
                    seen.add(training.batch() + "/" + training.batches());
                    assertTrue(Double.isFinite(training.loss()) && Double.isFinite(training.batchLoss()));
                    if (training.epoch() == 2) {
                        training.stop("enough");
                    }
                }

                @Override
                public void onTrainingEnd(Training training) {
                    seen.add("end");
                }
            };
            History history = Trainer.of(model).loss(Loss.MSE).epochs(9).batchSize(20).callbacks(counter)
                    .fit(Toy.X, Toy.Y);
            assertEquals(List.of("epoch 1/9", "1/3", "2/3", "3/3", "epoch 2/9", "1/3", "2/3", "3/3", "end"), seen);
            assertEquals("enough", history.stopped());
            assertTrue(history.toString().endsWith("enough"));
            assertTrue(history.toCsv().startsWith("epoch,loss\n1," + history.of("loss")[0] + "\n2,"));
            assertThrows(IllegalArgumentException.class, () -> history.of("val_loss"));
        }
    }

    @Test
    void trainOnBatchGoesOnWithItsMoments() {
        try (Model one = Toy.plainModel(); Model other = Toy.plainModel()) {
            Trainer trainer = Trainer.of(one).optimizer(Adam.rate(0.01)).loss(Loss.MSE);
            for (int step = 0; step < 4; step++) {
                trainer.trainOnBatch(Toy.X, Toy.Y);
            }
            Trainer.of(other).optimizer(Adam.rate(0.01)).loss(Loss.MSE).epochs(4).batchSize(Toy.SAMPLES).shuffle(false)
                    .fit(Toy.X, Toy.Y);
            Toy.requireSameBits(Toy.bits(other), Toy.bits(one), "weights");
            assertEquals(4, one.trainingState().orElseThrow().steps());
        }
    }

    /** Clipping needs a little memory; it goes with each step. */
    @Test
    void trainOnBatchTakesNoMoreMemoryWithEachStep() {
        try (Model model = Toy.plainModel()) {
            Trainer trainer = Trainer.of(model).optimizer(Adam.rate(0.01).clipNorm(1)).loss(Loss.MSE);
            trainer.trainOnBatch(Toy.X, Toy.Y);
            long bytes = model.network().arena().allocatedBytes();
            for (int step = 0; step < 10; step++) {
                trainer.trainOnBatch(Toy.X, Toy.Y);
            }
            assertEquals(bytes, model.network().arena().allocatedBytes(), model.network().arena().account().toString());
        }
    }

    /** A callback may use the model so much that the training's own executions have to go; they come back. */
    @Test
    void aCallbackMayPredictAtManySizesAndChangeTheThreads() {
        try (Model one = Toy.model(); Model other = Toy.model()) {
            Callback busy = new Callback() {
                @Override
                public void onBatchEnd(Training training) {
                    for (int samples = 1; samples <= 10; samples++) {
                        one.predict(Tensor.zeros(samples, Toy.TIME, 2));
                    }
                    one.threads(1 + training.batch() % 2);
                }
            };
            Trainer.of(one).loss(Loss.MSE).epochs(2).batchSize(16).validation(0.2).callbacks(busy).fit(Toy.X, Toy.Y);
            Trainer.of(other).loss(Loss.MSE).epochs(2).batchSize(16).validation(0.2).fit(Toy.X, Toy.Y);
            Toy.requireSameBits(Toy.bits(other), Toy.bits(one), "weights");
        }
    }

    private static Tensor random(Random random, long... dims) {
        Tensor tensor = Tensor.zeros(dims);
        float[] values = tensor.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Tensor.of(values, dims);
    }
}
