package dev.gatun.tests.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.BatchRows;
import dev.gatun.layers.train.EarlyStopping;
import dev.gatun.layers.train.History;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Metric;
import dev.gatun.layers.train.MetricState;
import dev.gatun.layers.train.Samples;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.own.Auc;
import dev.gatun.tests.own.Pinball;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A metric of a user's own that must see all rows of an epoch at once; and what the built-in ones do with weights. */
final class OwnMetricTest {

    private static final int COUNT = 90;

    private final Tensor x = x();
    private final Tensor y = y(x);

    private static Tensor x() {
        Random random = new Random(6);
        Tensor x = Tensor.zeros(COUNT, 2);
        for (int n = 0; n < COUNT; n++) {
            // Few different values, so that predictions are tied.
            x.set(random.nextInt(5) / 4f, n, 0);
            x.set(random.nextInt(3) / 2f, n, 1);
        }
        return x;
    }

    private static Tensor y(Tensor x) {
        Random random = new Random(7);
        Tensor y = Tensor.zeros(COUNT, 1);
        for (int n = 0; n < COUNT; n++) {
            y.set(x.get(n, 0) + 0.5f * x.get(n, 1) + random.nextFloat() > 1.2f ? 1 : 0, n, 0);
        }
        return y;
    }

    private static Model model() {
        Model model = Sequential.of(Input.shape(2), Dense.units(1).activation("sigmoid"));
        model.initialize(3);
        return model;
    }

    private static Trainer trainer(Model model) {
        return Trainer.of(model).optimizer(Adam.rate(0.05)).loss(Loss.BINARY_CROSSENTROPY);
    }

    /** By counting pairs. */
    private static double auc(Tensor p, Tensor y, int first) {
        double right = 0;
        double pairs = 0;
        for (int a = first; a < COUNT; a++) {
            for (int b = first; b < COUNT; b++) {
                if (y.get(a, 0) == 1 && y.get(b, 0) == 0) {
                    pairs++;
                    right += p.get(a, 0) > p.get(b, 0) ? 1 : p.get(a, 0) == p.get(b, 0) ? 0.5 : 0;
                }
            }
        }
        return right / pairs;
    }

    @Test
    void allRowsOfAnEpochAreSeenAtOnce() {
        try (Model model = model()) {
            Trainer trainer = trainer(model).metrics(new Auc(), Metric.ACCURACY).batchSize(7);
            double expected = auc(model.predict(x), y, 0);
            for (int batch : new int[] {1, 7, 32, 1000}) {
                assertEquals(expected, trainer.batchSize(batch).evaluate(x, y).get("auc"), "batches of " + batch);
            }
            History history = trainer.epochs(30).validation(0.4).fit(x, y);
            assertEquals(List.of("loss", "auc", "accuracy", "val_loss", "val_auc", "val_accuracy"), history.names());
            assertEquals(auc(model.predict(x), y, 54), history.last("val_auc"));
            assertTrue(history.last("auc") > 0.75 && history.last("val_auc") > 0.75, history.toString());
        }
    }

    @Test
    void itIsWatchedByItsName() {
        try (Model model = model()) {
            History history = trainer(model).metrics(new Auc()).epochs(500).validation(0.4)
                    .callbacks(EarlyStopping.patience(10).monitor("val_auc")).fit(x, y);
            double best = 0;
            for (double value : history.of("val_auc")) {
                best = Math.max(best, value);
            }
            assertTrue(history.size() < 500, "more is better, and it cannot go on rising");
            assertEquals(best, auc(model.predict(x), y, 54), "the best weights are back");
        }
    }

    @Test
    void whereItDoesNotFitItIsRefused() {
        record Never() implements Metric {
            @Override
            public String keyword() {
                return "never";
            }

            @Override
            public boolean fits(Loss loss) {
                return false;
            }

            @Override
            public MetricState begin(Loss loss) {
                throw new AssertionError();
            }
        }
        try (Model model = model()) {
            Tensor x = x();
            Trainer trainer = Trainer.of(model).loss(new Pinball(0.5));
            assertEquals("Metric 'never' cannot be told of output 'dense' with loss pinball; use another metric",
                    assertThrows(IllegalArgumentException.class, () -> trainer.metrics(new Never()).fit(x, y(x)))
                            .getMessage());
            assertEquals("Metric 'auc' cannot be told of output 'dense', whose targets are class numbers "
                    + "(sparse_categorical_crossentropy); use accuracy",
                    assertThrows(IllegalArgumentException.class,
                            () -> trainer.loss(Loss.SPARSE_CATEGORICAL_CROSSENTROPY).metrics(new Auc())
                                    .fit(x, Tensor.zeros(COUNT)))
                            .getMessage());
        }
    }

    /** Every state: weights count, 0 leaves a row out whatever it holds, and reset forgets. */
    @Test
    void weightsSayWhatCounts() {
        BatchRows p = BatchRows.of(new float[][] {{0.9f}, {Float.NaN}, {0.2f}, {0.6f}});
        BatchRows t = BatchRows.of(new float[][] {{1}, {1}, {0}, {0}});
        BatchRows w = BatchRows.of(new float[][] {{1}, {0}, {2}, {1}});
        Map<Metric, Double> expected = Map.of(
                Metric.MAE, (0.1 + 2 * 0.2 + 0.6) / 4, Metric.MSE, (0.01 + 2 * 0.04 + 0.36) / 4,
                Metric.RMSE, Math.sqrt((0.01 + 2 * 0.04 + 0.36) / 4), Metric.ACCURACY, 3.0 / 4, new Auc(), 1.0);
        expected.forEach((metric, value) -> {
            MetricState state = metric.begin(Loss.BINARY_CROSSENTROPY);
            assertEquals(metric instanceof Auc ? Double.NaN : 0.0, state.result(), metric + " has seen nothing");
            state.add(BatchRows.of(new float[][] {{0.3f}, {0.4f}}), BatchRows.of(new float[][] {{1}, {0}}), null);
            assertTrue(Math.abs(state.result() - value) > 0.1, "another result at first");
            state.reset();
            state.add(p, t, w);
            assertEquals(value, state.result(), 1e-7, metric.keyword());
        });
    }

    /** As in Keras's metrics: sample weights are the loss's alone. */
    @Test
    void sampleWeightsDoNotReachMetrics() {
        Tensor x = x();
        Tensor y = y(x);
        try (Model model = model()) {
            Trainer trainer = Trainer.of(model).loss(Loss.BINARY_CROSSENTROPY).metrics(new Auc(), Metric.MAE);
            Map<String, Double> plain = trainer.evaluate(x, y);
            Map<String, Double> weighted = trainer.evaluate(
                    Samples.of(x, y).weighted(Tensor.zeros(COUNT)));
            assertEquals(0, weighted.get("loss"));
            assertEquals(plain.get("auc"), weighted.get("auc"));
            assertEquals(plain.get("mae"), weighted.get("mae"));
        }
    }
}
