package dev.gatun.tests.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.train.Callback;
import dev.gatun.layers.train.DivergenceException;
import dev.gatun.layers.train.EarlyStopping;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Metric;
import dev.gatun.layers.train.Sgd;
import dev.gatun.layers.train.Trainer;
import dev.gatun.layers.train.Training;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.TensorArena;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Bad data and bad settings: one clear message each, and the model as it was. */
final class TrainingFaultTest {

    private Model model;
    private int[] before;

    @BeforeEach
    void build() {
        model = Toy.plainModel();
        before = Toy.bits(model);
    }

    @AfterEach
    void theModelIsAsItWas() {
        Toy.requireSameBits(before, Toy.bits(model), "weights after a refusal");
        assertEquals(List.of(),
                model.network().arena().openChildren().stream().filter(name -> !name.contains("execution")).toList());
        model.close();
    }

    private Trainer trainer() {
        return Trainer.of(model).loss(Loss.MSE);
    }

    private static void refused(String message, Executable call) {
        assertEquals(message, assertThrows(RuntimeException.class, call).getMessage());
    }

    private static Tensor spoilt(Tensor good, float bad, long... index) {
        Tensor copy = Tensor.of(good.toArray(), good.shape().toArray());
        copy.set(bad, index);
        return copy;
    }

    @Test
    void numbersThatAreNoneAreRefusedWithTheirPlace() {
        refused("x[12, 3, 0] is NaN; training data must be finite numbers: leave the sample out or fill the gap",
                () -> trainer().fit(spoilt(Toy.X, Float.NaN, 12, 3, 0), Toy.Y));
        refused("y[49, 0] is infinite; training data must be finite numbers: leave the sample out or fill the gap",
                () -> trainer().fit(Toy.X, spoilt(Toy.Y, Float.NEGATIVE_INFINITY, 49, 0)));
        refused("sampleWeight[7] is NaN; training data must be finite numbers: leave the sample out or fill the gap",
                () -> trainer().fit(Toy.X, Toy.Y, spoilt(Tensor.zeros(50), Float.NaN, 7)));
        refused("validation y[3, 0] is NaN; training data must be finite numbers: leave the sample out or fill the gap",
                () -> trainer().validation(Toy.X, spoilt(Toy.Y, Float.NaN, 3, 0)).fit(Toy.X, Toy.Y));
        refused("x[12, 3, 0] is NaN; training data must be finite numbers: leave the sample out or fill the gap",
                () -> trainer().evaluate(spoilt(Toy.X, Float.NaN, 12, 3, 0), Toy.Y));
        refused("x[0, 0, 1] is NaN; training data must be finite numbers: leave the sample out or fill the gap",
                () -> trainer().trainOnBatch(spoilt(Toy.X, Float.NaN, 0, 0, 1), Toy.Y));
    }

    @Test
    void shapesThatDoNotFitAreRefusedWithTheFix() {
        refused("y: expected shape (50, 1) for the output 'dense' of shape (None, 1) and loss mse, got (49, 1); "
                + "give as many targets as samples: 50", () -> trainer().fit(Toy.X, Tensor.zeros(49, 1)));
        refused("y: expected shape (50, 1) for the output 'dense' of shape (None, 1) and loss mse, got (50, 2); "
                + "reshape the targets, or change the units of the last layer",
                () -> trainer().fit(Toy.X, Tensor.zeros(50, 2)));
        refused("y: expected shape (50, 1) for the output 'dense' of shape (None, 1) and loss mse, got (50, 6, 1); "
                + "the model returns its last step only: give one target per sample, or declare the last LSTM with "
                + "returnSequences", () -> trainer().fit(Toy.X, Tensor.zeros(50, 6, 1)));
        refused("sampleWeight: expected shape (50,) for output 'dense', got (50, 6); give one weight per sample",
                () -> trainer().fit(Toy.X, Toy.Y, Tensor.zeros(50, 6)));
        refused("There are no samples: x has shape (0, 6, 2); give at least one",
                () -> trainer().fit(Tensor.zeros(0, 6, 2), Tensor.zeros(0, 1)));
        refused("Model 'sequential' takes 1 input(s) [input_layer], got 2; give a list with one for each, in this order",
                () -> trainer().fit(List.of(Toy.X, Toy.X), List.of(Toy.Y)));
        refused("There are losses for 1 output(s) [dense], got 2 target tensor(s); give one for each, in this order",
                () -> trainer().fit(List.of(Toy.X), List.of(Toy.Y, Toy.Y)));
        refused("Expected a tensor for each output [dense], got [dens]",
                () -> trainer().fit(Map.of("input_layer", Toy.X), Map.of("dens", Toy.Y)));
        assertTrue(assertThrows(RuntimeException.class, () -> trainer().fit(Tensor.zeros(50, 6, 3), Toy.Y)).getMessage()
                .contains("the data have 3 features per step, the model was built for 2"));
        assertTrue(assertThrows(RuntimeException.class, () -> trainer().fit(Tensor.zeros(50, 6), Toy.Y)).getMessage()
                .contains("expected shape (None, 6, 2), got (50, 6) (ndim=2 instead of 3)"));
    }

    @Test
    void sequencesWithoutStepsAreRefused() {
        try (Model steps = Sequential.of(Input.sequence(2), Lstm.units(3).returnSequences(),
                Dense.units(1).named("y"))) {
            refused("Output 'y' has no time steps for this x, so there is nothing to measure; give sequences of at least "
                    + "one step",
                    () -> Trainer.of(steps).loss(Loss.MSE).fit(Tensor.zeros(4, 0, 2), Tensor.zeros(4, 0, 1)));
        }
    }

    @Test
    void classesThatDoNotExistAreRefused() {
        try (Model classes = Sequential.of(Input.shape(2), Dense.units(3).activation("softmax"))) {
            Trainer sparse = Trainer.of(classes).loss(Loss.SPARSE_CATEGORICAL_CROSSENTROPY);
            Tensor x = Tensor.zeros(4, 2);
            refused("y[2] is 3.0; class numbers are whole, from 0 to 2 for an output of 3 columns",
                    () -> sparse.fit(x, Tensor.of(new float[] {0, 1, 3, 2}, 4)));
            refused("y[1] is 0.5; class numbers are whole, from 0 to 2 for an output of 3 columns",
                    () -> sparse.fit(x, Tensor.of(new float[] {0, 0.5f, 1, 2}, 4)));
            refused("y: expected shape (4, 1) for the output 'dense' of shape (None, 3) and loss "
                    + "sparse_categorical_crossentropy, got (4, 3); this loss takes class numbers, for one-hot targets "
                    + "use categorical_crossentropy", () -> sparse.fit(x, Tensor.zeros(4, 3)));
            refused("Metric 'mae' cannot be told of output 'dense', whose targets are class numbers "
                    + "(sparse_categorical_crossentropy); use accuracy",
                    () -> sparse.metrics(Metric.MAE).fit(x, Tensor.zeros(4)));
        }
    }

    @Test
    void settingsThatCannotBeAreRefused() {
        refused("epochs must be at least 1, got 0", () -> trainer().epochs(0));
        refused("batchSize must be at least 1, got -3", () -> trainer().batchSize(-3));
        refused("The validation fraction must lie between 0 and 1, got 1.0", () -> trainer().validation(1));
        refused("A validation fraction of 0.5 of 1 sample(s) leaves nothing on one side; give more samples or another "
                + "fraction", () -> trainer().validation(0.5).fit(Tensor.zeros(1, 6, 2), Tensor.zeros(1, 1)));
        refused("Nothing to train: model 'sequential' has no loss; give one, for example .loss(Loss.MSE)",
                () -> Trainer.of(model).fit(Toy.X, Toy.Y));
        refused(".loss(\"lstm\", ...): model 'sequential' has no output of that name; there are [dense]",
                () -> trainer().loss("lstm", Loss.MAE).fit(Toy.X, Toy.Y));
        refused("Model 'sequential' has no training to resume; train it first, or load a model that was saved after "
                + "training, or leave out resume()", () -> trainer().resume().fit(Toy.X, Toy.Y));
        refused("patience must be at least 0 epochs, got -1", () -> EarlyStopping.patience(-1));
    }

    @Test
    void dataWhoseMemoryIsGoneAreRefused() {
        Tensor x;
        try (TensorArena arena = TensorArena.open("mine")) {
            x = arena.tensor("x", Shape.of(50, 6, 2));
        }
        assertTrue(assertThrows(IllegalStateException.class, () -> trainer().fit(x, Toy.Y)).getMessage()
                .contains("has been freed"));
    }

    @Test
    void aTrainingThatDivergesPutsTheModelBack() {
        DivergenceException first = assertThrows(DivergenceException.class,
                () -> trainer().optimizer(Sgd.rate(1e30)).epochs(9).batchSize(10).fit(Toy.X, Toy.Y));
        assertTrue(first.getMessage().contains("in epoch 1") && first.getMessage().contains(
                "The model has its weights from before the training; try a smaller learning rate (now 1.0E30), clipping"),
                first.getMessage());
        assertTrue(model.trainingState().isEmpty());
        DivergenceException clipped = assertThrows(DivergenceException.class, () -> trainer()
                .optimizer(Sgd.rate(1e38).globalClipNorm(1e30)).epochs(9).batchSize(10).fit(Toy.X, Toy.Y));
        assertTrue(clipped.getMessage().endsWith("try a smaller learning rate (now 1.0E38) or look for outliers in the "
                + "data"), clipped.getMessage());
    }

    @Test
    void aTrainingThatDivergesLaterKeepsItsLastGoodEpoch() {
        int[][] good = new int[1][];
        Callback spoiler = new AfterEpoch(training -> {
            good[0] = Toy.bits(model);
            training.learningRate(training.epoch() < 3 ? 0.01 : 1e30);
        });
        DivergenceException diverged = assertThrows(DivergenceException.class,
                () -> trainer().optimizer(Sgd.rate(0.01)).epochs(9).callbacks(spoiler).fit(Toy.X, Toy.Y));
        assertTrue(diverged.getMessage().contains("from the end of epoch 3"), diverged.getMessage());
        assertEquals(3, diverged.history().size());
        Toy.requireSameBits(good[0], Toy.bits(model), "weights of the last good epoch");
        before = good[0];
    }

    @Test
    void whatACallbackThrowsEndsTheTraining() {
        Callback faulty = new Callback() {
            @Override
            public void onEpochBegin(Training training) {
                throw new IllegalStateException("the bar is broken");
            }
        };
        refused("the bar is broken", () -> trainer().callbacks(faulty).fit(Toy.X, Toy.Y));
        assertTrue(model.trainingState().isEmpty());
    }

    @Test
    void whatIsWatchedMustBeReported() {
        assertEquals("Early stopping watches 'val_loss', which is not reported; there are [loss]. Give the trainer "
                + "validation data: .validation(0.2)",
                assertThrows(IllegalArgumentException.class,
                        () -> trainer().callbacks(EarlyStopping.patience(3)).fit(Toy.X, Toy.Y)).getMessage());
    }

    @Test
    void anotherThreadIsRefusedWhileTheModelIsTrained() throws InterruptedException {
        String[] message = new String[1];
        Callback intruder = new Callback() {
            @Override
            public void onEpochBegin(Training training) {
                Thread other = new Thread(() -> message[0] = assertThrows(IllegalStateException.class,
                        () -> Trainer.of(model).loss(Loss.MSE).fit(Toy.X, Toy.Y)).getMessage(), "intruder");
                other.start();
                try {
                    other.join();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
        trainer().callbacks(intruder).fit(Toy.X, Toy.Y);
        before = Toy.bits(model);
        assertTrue(message[0].contains("thread 'intruder' cannot train"), message[0]);
    }

    @Test
    void twoLossesOnOneValueAreRefused() {
        Input input = Input.shape(2);
        var y = Dense.units(1).on(input);
        try (Model twice = Model.of(input, y, y)) {
            assertTrue(assertThrows(IllegalArgumentException.class, () -> Trainer.of(twice).loss(Loss.MSE)
                    .fit(List.of(Tensor.zeros(3, 2)), List.of(Tensor.zeros(3, 1), Tensor.zeros(3, 1)))).getMessage()
                    .contains("are the same value"));
            assertEquals(2, Lstm.units(2).units());
        }
    }
}
