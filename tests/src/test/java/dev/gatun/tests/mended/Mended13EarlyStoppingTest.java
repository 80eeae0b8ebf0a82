package dev.gatun.tests.mended;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.train.Callback;
import dev.gatun.layers.train.EarlyStopping;
import dev.gatun.layers.train.History;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Metric;
import dev.gatun.layers.train.Sgd;
import dev.gatun.layers.train.Trainer;
import dev.gatun.layers.train.Training;
import dev.gatun.memory.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Issue D, number 13: {@code EarlyStopping} guessed the direction by the end of the name. */
final class Mended13EarlyStoppingTest {

    private static final Tensor X = Tensor.of(new float[] {1, 2, 3, 4}, 4, 1);

    /** One weight that is 0 at first, with a loss that falls from epoch to epoch. */
    private static History train(EarlyStopping stopping) {
        Input input = Input.shape(1);
        try (Model model = Model.of(input, Dense.units(1).noBias().kernelInitializer(Initializer.ZEROS).on(input))) {
            return Trainer.of(model).loss(Loss.MSE).metrics(Metric.MAE, Metric.ACCURACY).optimizer(Sgd.rate(1e-3))
                    .epochs(6).callbacks(stopping).fit(X, X);
        }
    }

    @Test
    void theLossOrMetricSaysWhichWayIsBetter() {
        assertEquals(6, train(EarlyStopping.patience(1).monitor("loss")).size());
        assertEquals(6, train(EarlyStopping.patience(1).monitor("mae")).size());
        assertEquals(2, train(EarlyStopping.patience(1).monitor("accuracy")).size(), "it stays at 0");
    }

    @Test
    void theUserMaySayOtherwise() {
        for (String monitor : List.of("loss", "mae")) {
            assertEquals(6, train(EarlyStopping.patience(1).monitor(monitor).mode("min")).size());
            assertEquals(6, train(EarlyStopping.patience(1).monitor(monitor).mode(EarlyStopping.Mode.AUTO)).size());
            assertEquals(2, train(EarlyStopping.patience(1).monitor(monitor).mode("max")).size());
            assertEquals(2, train(EarlyStopping.patience(1).monitor(monitor).mode(EarlyStopping.Mode.MAX)).size());
        }
        String message = assertThrows(IllegalArgumentException.class, () -> EarlyStopping.patience(1).mode("higher"))
                .getMessage();
        assertTrue(message.contains("'higher'") && message.contains("auto, min, max"), message);
    }

    @Test
    void aNameNobodyReportsIsRefusedWithThoseThereAre() {
        String message = assertThrows(IllegalArgumentException.class,
                () -> train(EarlyStopping.patience(1).monitor("val_accuracy"))).getMessage();
        assertTrue(message.contains("val_accuracy") && message.contains("[loss, mae, accuracy]")
                && message.contains(".validation(0.2)"), message);
    }

    /** An output may be called as a metric is: its loss is a loss all the same. */
    @Test
    void everyReportedNameHasADirectionOfItsOwn() {
        Map<String, Boolean> directions = new LinkedHashMap<>();
        Callback notes = new Callback() {
            @Override
            public Callback begin(Training training) {
                for (String name : training.reported()) {
                    directions.put(name, training.isHigherBetter(name));
                }
                String message = assertThrows(IllegalArgumentException.class, () -> training.isHigherBetter("auc"))
                        .getMessage();
                assertTrue(message.contains("'auc'") && message.contains("accuracy_loss"), message);
                return this;
            }
        };
        Input input = Input.shape(1);
        try (Model model = Model.of(input, Dense.units(1).named("accuracy").on(input),
                Dense.units(1).named("b").on(input))) {
            Trainer.of(model).loss(Loss.MSE).metrics(Metric.ACCURACY, Metric.RMSE).callbacks(notes).validation(0.5)
                    .fit(List.of(X), List.of(X, X));
        }
        Map<String, Boolean> expected = new LinkedHashMap<>();
        for (String prefix : List.of("", "val_")) {
            for (String name : List.of("loss", "accuracy_loss", "b_loss", "accuracy_accuracy", "accuracy_rmse",
                    "b_accuracy",
                    "b_rmse")) {
                expected.put(prefix + name, name.endsWith("_accuracy"));
            }
        }
        assertEquals(List.copyOf(expected.entrySet()), List.copyOf(directions.entrySet()));
    }

    @Test
    void everyLossAndMetricSaysIt() {
        for (Loss loss : List.of(Loss.MSE, Loss.MAE, Loss.HUBER, Loss.BINARY_CROSSENTROPY,
                Loss.CATEGORICAL_CROSSENTROPY,
                Loss.SPARSE_CATEGORICAL_CROSSENTROPY)) {
            assertEquals(false, loss.isHigherBetter(), loss.keyword());
        }
        for (Metric metric : Metric.all()) {
            assertEquals(metric == Metric.ACCURACY, metric.isHigherBetter(), metric.keyword());
        }
    }
}
