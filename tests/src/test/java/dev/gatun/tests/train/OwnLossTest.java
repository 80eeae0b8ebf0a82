package dev.gatun.tests.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.Answers;
import dev.gatun.layers.train.BatchRows;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Metric;
import dev.gatun.layers.train.Samples;
import dev.gatun.layers.train.Sgd;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.own.Pinball;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses of a user's own: their gradient is their slope, they train, and rows without weight do not count. */
final class OwnLossTest {

    /** A loss whose columns depend on each other: (sum of predictions - target)^2, one target for each row. */
    private record SumLoss() implements Loss {

        @Override
        public String keyword() {
            return "sum";
        }

        @Override
        public int targetColumns(int columns) {
            return 1;
        }

        @Override
        public double row(BatchRows predictions, BatchRows targets, int row, double factor, BatchRows gradient) {
            double distance = -targets.get(row, 0);
            for (int column = 0; column < predictions.columns(); column++) {
                distance += predictions.get(row, column);
            }
            for (int column = 0; gradient != null && column < predictions.columns(); column++) {
                gradient.set(row, column, factor * 2 * distance);
            }
            return distance * distance;
        }
    }

    static List<Loss> own() {
        return List.of(new Pinball(0.9), new Pinball(0.25), new SumLoss());
    }

    @ParameterizedTest
    @MethodSource("own")
    void theGradientIsTheSlope(Loss loss) {
        Random random = new Random(8);
        BatchRows p = random(random, 6, 3);
        BatchRows t = random(random, 6, loss.targetColumns(3));
        BatchRows w = random(random, 6, 1);
        BatchRows g = random(random, 6, 3);
        loss.sum(p, t, w, g, 0.5);
        double[] slopes = LossSlopes.of(loss, p, t, w);
        for (int i = 0; i < slopes.length; i++) {
            assertEquals(0.5 * slopes[i], g.get(i / 3, i % 3), 1e-4, "row " + i / 3 + ", column " + i % 3);
        }
    }

    /** Numbers of few bits, so that a small change of one is exact. */
    private static BatchRows random(Random random, int rows, int columns) {
        float[][] values = new float[rows][columns];
        for (float[] row : values) {
            for (int i = 0; i < columns; i++) {
                row[i] = random.nextInt(1, 200) / 64f;
            }
        }
        return BatchRows.of(values);
    }

    /** The one number that a bias can say is the quantile of the targets. */
    @Test
    void aQuantileIsFound() {
        int count = 1000;
        Tensor x = Tensor.zeros(count, 1);
        Tensor y = Tensor.zeros(count, 1);
        for (int n = 0; n < count; n++) {
            y.set(n * 0.01f, n, 0);
        }
        for (double quantile : new double[] {0.1, 0.5, 0.9}) {
            try (Model model = Sequential.of(Input.shape(1), Dense.units(1))) {
                Trainer trainer = Trainer.of(model).loss(new Pinball(quantile));
                trainer.optimizer(Sgd.rate(0.5)).epochs(4).fit(x, y);
                trainer.optimizer(Sgd.rate(0.02)).epochs(8).fit(x, y);
                assertEquals(10 * quantile, model.weight("dense/bias").get().get(0), 0.15);
                // The mean of the loss at that quantile, by integration: 5 q (1 - q).
                assertEquals(5 * quantile * (1 - quantile), trainer.evaluate(x, y).get("loss"), 0.01);
            }
        }
    }

    @Test
    void aLossWithItsOwnWidthOfTargetsTrains() {
        Random random = new Random(2);
        Tensor x = Tensor.zeros(200, 3);
        Tensor y = Tensor.zeros(200, 1);
        for (int n = 0; n < 200; n++) {
            for (int i = 0; i < 3; i++) {
                x.set(random.nextFloat(), n, i);
                y.set(y.get(n, 0) + (i + 1) * x.get(n, i), n, 0);
            }
        }
        try (Model model = Sequential.of(Input.shape(3), Dense.units(2))) {
            model.initialize(1);
            var history = Trainer.of(model).optimizer(Adam.rate(0.05)).loss(new SumLoss()).epochs(60).fit(x, y);
            assertTrue(history.last("loss") < 1e-4, history.toString());
            assertTrue(assertThrows(IllegalArgumentException.class,
                    () -> Trainer.of(model).loss(new SumLoss()).fit(x, Tensor.zeros(200, 2))).getMessage()
                    .contains("loss sum, got (200, 2)"));
        }
    }

    /** Not even what is no number: that is what a mask asks for. */
    @Test
    void rowsOfWeightZeroDoNotCount() {
        BatchRows p = BatchRows.of(new float[][] {{1, 2}, {Float.NaN, Float.POSITIVE_INFINITY}, {0.5f, 0.25f}});
        BatchRows t = BatchRows.of(new float[][] {{0, 1}, {1, 0}, {1, 0}});
        BatchRows w = BatchRows.of(new float[][] {{2}, {0}, {1}});
        for (Loss loss : List.of(Loss.MSE, Loss.MAE, Loss.HUBER, Loss.BINARY_CROSSENTROPY,
                Loss.CATEGORICAL_CROSSENTROPY, Loss.SPARSE_CATEGORICAL_CROSSENTROPY, new Pinball(0.3))) {
            BatchRows g = BatchRows.of(new float[][] {{9, 9}, {9, 9}, {9, 9}});
            double expected = 2 * loss.row(p, t, 0, 1, null) + loss.row(p, t, 2, 1, null);
            assertEquals(expected, loss.sum(p, t, w, g, 1), loss.toString());
            assertEquals(0, g.get(1, 0));
            assertEquals(0, g.get(1, 1));
            BatchRows unweighted = BatchRows.of(new float[][] {{0, 0}, {0, 0}, {0, 0}});
            loss.row(p, t, 0, 2, unweighted);
            assertEquals(unweighted.get(0, 1), g.get(0, 1), loss.toString());
        }
    }

    /** Accuracy asks the loss how its predictions are to be read. */
    @Test
    void aLossSaysHowItsPredictionsAreRead() {
        record Hinge() implements Loss {
            @Override
            public String keyword() {
                return "hinge";
            }

            @Override
            public Answers answers(int columns) {
                return Answers.LOGITS;
            }

            @Override
            public double row(BatchRows p, BatchRows t, int row, double factor, BatchRows gradient) {
                return Math.max(0, 1 - p.get(row, 0) * (2 * t.get(row, 0) - 1));
            }
        }
        Tensor x = Tensor.of(new float[] {0.25f, -1, 3, -0.5f}, 4, 1);
        try (Model model = Sequential.of(Input.shape(1), Dense.units(1))) {
            model.weight("dense/kernel").set(Tensor.of(new float[] {1}, 1, 1));
            Samples samples = Samples.of(x, Tensor.of(new float[] {1, 0, 1, 1}, 4, 1));
            Trainer trainer = Trainer.of(model).metrics(Metric.ACCURACY);
            assertEquals(0.75, trainer.loss(new Hinge()).evaluate(samples).get("accuracy"));
            // As probabilities 0.25 would be a no.
            assertEquals(0.5, trainer.loss(Loss.MSE).evaluate(samples).get("accuracy"));
        }
    }

    @Test
    void rowsAreCheckedOnce() {
        BatchRows rows = BatchRows.of(new float[][] {{1, 2, 3}, {4, 5, 6}});
        assertEquals(6, rows.get(1, 2));
        for (int[] at : new int[][] {{2, 0}, {-1, 0}, {0, 3}, {0, -1}}) {
            assertTrue(assertThrows(IndexOutOfBoundsException.class, () -> rows.get(at[0], at[1])).getMessage()
                    .contains("in 2 rows of 3 columns"));
        }
        assertThrows(IllegalArgumentException.class, () -> BatchRows.of(new float[][] {{1, 2}, {3}}));
        assertThrows(IndexOutOfBoundsException.class,
                () -> BatchRows.of(java.lang.foreign.MemorySegment.ofArray(new float[6]), 0, 16, 2, 3));
    }
}
