package dev.gatun.tests.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.model.Model;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.Callback;
import dev.gatun.layers.train.DivergenceException;
import dev.gatun.layers.train.EarlyStopping;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Optimizer;
import dev.gatun.layers.train.Sgd;
import dev.gatun.layers.train.Trainer;
import dev.gatun.layers.train.Training;
import dev.gatun.layers.train.TrainingException;
import dev.gatun.layers.train.TrainingInterruptedException;
import dev.gatun.layers.train.TrainingState;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.TensorArena;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Issue D, number 12: a training that is interrupted, diverges, or whose callbacks, data or memory fail, loses no epoch it has
 * done, and goes on with the bits of one that never stopped.
 */
final class Mended12EndedTrainingTest {

    private static final int EPOCHS = 4;
    private static final int BATCHES = 6;

    @AfterEach
    void nobodyIsInterruptedAnyMore() {
        Thread.interrupted();
    }

    private static Trainer trainer(Model model, Optimizer optimizer) {
        return Trainer.of(model).optimizer(optimizer).loss(Loss.MSE).batchSize(8).seed(3).validation(0.1)
                .epochs(EPOCHS);
    }

    private static int[] straight(Optimizer optimizer, Callback... callbacks) {
        try (Model model = Toy.model()) {
            trainer(model, optimizer).callbacks(callbacks).fit(Toy.X, Toy.Y);
            return Toy.bits(model);
        }
    }

    /** Does something at the end of one batch. */
    private static Callback at(int epoch, int batch, Consumer<Training> what) {
        return new Callback() {
            @Override
            public void onBatchEnd(Training training) {
                if (training.epoch() == epoch && training.batch() == batch) {
                    what.accept(training);
                }
            }
        };
    }

    static List<Optimizer> optimizers() {
        return List.of(Adam.rate(0.01).amsgrad().globalClipNorm(0.5), Sgd.rate(0.05).momentum(0.9).nesterov());
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void anInterruptAtAnyBatchLosesNoEpoch(Optimizer optimizer) {
        int[] expected = straight(optimizer);
        for (int epoch = 1; epoch <= EPOCHS; epoch++) {
            for (int batch : new int[] {2, BATCHES}) {
                Callback interrupter = at(epoch, batch, training -> Thread.currentThread().interrupt());
                try (Model model = Toy.model()) {
                    int[] before = Toy.bits(model);
                    TrainingInterruptedException interrupted = assertThrows(TrainingInterruptedException.class,
                            () -> trainer(model, optimizer).callbacks(interrupter).fit(Toy.X, Toy.Y));
                    assertTrue(Thread.interrupted(), "the flag stays set");
                    int good = epoch - 1;
                    assertEquals(good, interrupted.history().size());
                    assertEquals(
                            "The training was interrupted in epoch " + epoch + ", after " + batch + " of " + BATCHES
                                    + " batches. The model has its weights from " + (good == 0
                                            ? "before the training; call fit again"
                                            : "the end of epoch " + good + "; trainer.resume() goes on from there"),
                            interrupted.getMessage());
                    assertEquals(good, model.trainingState().map(TrainingState::epochs).orElse(0L));
                    Trainer again = trainer(model, optimizer);
                    if (good == 0) {
                        Toy.requireSameBits(before, Toy.bits(model), "no epoch was done");
                    } else {
                        again = again.resume();
                    }
                    assertEquals(good + 1, again.fit(Toy.X, Toy.Y).firstEpoch());
                    Toy.requireSameBits(expected, Toy.bits(model),
                            "interrupted in epoch " + epoch + ", batch " + batch);
                }
            }
        }
    }

    @Test
    @Timeout(60)
    void anotherThreadInterrupts() throws InterruptedException {
        try (Model model = Toy.model()) {
            Throwable[] thrown = new Throwable[1];
            Thread fitter = Thread.ofPlatform().start(() -> {
                try {
                    trainer(model, Adam.rate(0.01)).epochs(Integer.MAX_VALUE).fit(Toy.X, Toy.Y);
                } catch (Throwable ended) {
                    thrown[0] = ended;
                }
            });
            Thread.sleep(200);
            fitter.interrupt();
            fitter.join();
            TrainingInterruptedException interrupted = (TrainingInterruptedException) thrown[0];
            long done = model.trainingState().map(TrainingState::epochs).orElse(0L);
            assertEquals(interrupted.history().size(), done);
            int more = Math.toIntExact(done) + 1;
            Trainer goesOn = trainer(model, Adam.rate(0.01)).epochs(more);
            (done == 0 ? goesOn : goesOn.resume()).fit(Toy.X, Toy.Y);
            try (Model straight = Toy.model()) {
                trainer(straight, Adam.rate(0.01)).epochs(more).fit(Toy.X, Toy.Y);
                Toy.requireSameBits(Toy.bits(straight), Toy.bits(model), "interrupted after epoch " + done);
            }
        }
    }

    @Test
    void evaluationsAndSingleStepsAreInterruptedToo() {
        try (Model model = Toy.model()) {
            Trainer trainer = trainer(model, Adam.rate(0.01));
            trainer.trainOnBatch(Toy.X, Toy.Y);
            int[][] before = Toy.everything(model);
            Thread.currentThread().interrupt();
            assertTrue(assertThrows(TrainingInterruptedException.class, () -> trainer.trainOnBatch(Toy.X, Toy.Y))
                    .getMessage().contains("no step was made"));
            assertTrue(assertThrows(TrainingInterruptedException.class, () -> trainer.evaluate(Toy.X, Toy.Y))
                    .getMessage().contains("the model is as before"));
            assertTrue(Thread.interrupted());
            assertTrue(Arrays.deepEquals(before, Toy.everything(model)));
            assertEquals(1, model.trainingState().orElseThrow().steps());
        }
    }

    /** A step that is not made leaves the moments of another optimizer's training where they are. */
    @Test
    void aSingleStepThatDivergesChangesNothing() {
        try (Model model = Toy.model()) {
            trainer(model, Adam.rate(0.01)).fit(Toy.X, Toy.Y);
            int[][] before = Toy.everything(model);
            float[] huge = new float[Toy.SAMPLES];
            Arrays.fill(huge, Float.MAX_VALUE);
            assertThrows(DivergenceException.class, () -> trainer(model, Sgd.rate(0.1).momentum(0.5))
                    .lossWeight("dense", 1e308).trainOnBatch(Toy.X, Tensor.of(huge, Toy.SAMPLES, 1)));
            assertTrue(Arrays.deepEquals(before, Toy.everything(model)));
            trainer(model, Adam.rate(0.01)).epochs(EPOCHS + 1).resume().fit(Toy.X, Toy.Y);
        }
    }

    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Throws at one of the moments a callback is told of. */
    private record Thrower(String moment, int epoch, Throwable what) implements Callback {

        private void at(String now, Training training) {
            if (now.equals(moment) && training.epoch() == epoch) {
                switch (what) {
                    case Error error -> throw error;
                    case RuntimeException exception -> throw exception;
                    default -> throw new AssertionError(what);
                }
            }
        }

        @Override
        public Callback begin(Training training) {
            at("begin", training);
            return this;
        }

        @Override
        public void onEpochBegin(Training training) {
            at("epoch begin", training);
        }

        @Override
        public void onBatchEnd(Training training) {
            if (training.batch() == 2) {
                at("batch end", training);
            }
        }

        @Override
        public void onEpochEnd(Training training, Map<String, Double> report) {
            at("epoch end", training);
        }

        @Override
        public void onTrainingEnd(Training training) {
            at("training end", training);
        }
    }

    private static TrainingException told(Throwable thrown) {
        return Arrays.stream(thrown.getSuppressed()).filter(TrainingException.class::isInstance)
                .map(TrainingException.class::cast).findFirst().orElseThrow();
    }

    @Test
    void whatACallbackThrowsLosesNoEpoch() {
        Optimizer optimizer = Adam.rate(0.01);
        int[] expected = straight(optimizer);
        for (Throwable what : List.of(new Broken(), new OutOfMemoryError("for the test"))) {
            for (String moment : List.of("epoch begin", "batch end", "epoch end")) {
                try (Model model = Toy.model()) {
                    Throwable thrown = assertThrows(what.getClass(), () -> trainer(model, optimizer)
                            .callbacks(new Thrower(moment, 3, what)).fit(Toy.X, Toy.Y));
                    assertSame(what, thrown);
                    int good = moment.equals("epoch end") ? 3 : 2;
                    TrainingException told = (TrainingException) thrown.getSuppressed()[thrown.getSuppressed().length
                            - 1];
                    assertEquals(good, told.history().size());
                    assertTrue(told.getMessage().contains("The model has its weights from the end of epoch " + good
                            + "; trainer.resume() goes on from there"), told.getMessage());
                    assertEquals(good, model.trainingState().orElseThrow().epochs());
                    trainer(model, optimizer).resume().fit(Toy.X, Toy.Y);
                    Toy.requireSameBits(expected, Toy.bits(model), "thrown at " + moment);
                }
            }
        }
    }

    /** Without a good epoch of its own a training leaves all as it was, an earlier training's moments too. */
    @Test
    void aTrainingThatNeverGotAnywhereChangesNothing() {
        int[] expected = straight(Adam.rate(0.01));
        for (String moment : List.of("begin", "epoch begin", "batch end")) {
            try (Model model = Toy.model()) {
                trainer(model, Adam.rate(0.01)).epochs(2).fit(Toy.X, Toy.Y);
                int[][] before = Toy.everything(model);
                Callback thrower = new Thrower(moment, moment.equals("begin") ? 0 : 1, new Broken());
                assertThrows(Broken.class,
                        () -> trainer(model, Sgd.rate(0.1).momentum(0.9)).callbacks(thrower).fit(Toy.X, Toy.Y));
                assertThrows(DivergenceException.class,
                        () -> trainer(model, Sgd.rate(1e30).momentum(0.9)).fit(Toy.X, Toy.Y));
                assertTrue(Arrays.deepEquals(before, Toy.everything(model)), "after a throw at " + moment);
                trainer(model, Adam.rate(0.01)).resume().fit(Toy.X, Toy.Y);
                Toy.requireSameBits(expected, Toy.bits(model), "resumed after a throw at " + moment);
            }
        }
    }

    /** All callbacks are told of the end, and the model stays as they leave it. */
    @Test
    void whatACallbackThrowsAtTheEndIsTheCallersAndTheTrainingIsDone() {
        EarlyStopping best = EarlyStopping.patience(9);
        int[] expected = straight(Adam.rate(0.3), best);
        try (Model model = Toy.model()) {
            Throwable thrown = assertThrows(Broken.class, () -> trainer(model, Adam.rate(0.3)).callbacks(
                    new Thrower("training end", EPOCHS, new Broken()), best,
                    new Thrower("training end", EPOCHS, new StackOverflowError())).fit(Toy.X, Toy.Y));
            assertEquals(StackOverflowError.class, thrown.getSuppressed()[0].getClass());
            assertEquals(EPOCHS, told(thrown).history().size());
            assertEquals(EPOCHS, model.trainingState().orElseThrow().epochs());
            Toy.requireSameBits(expected, Toy.bits(model), "best weights");
        }
    }

    @Test
    void aDivergenceKeepsTheMomentsOfTheLastGoodEpoch() {
        Callback steady = new Callback() {
            @Override
            public void onEpochBegin(Training training) {
                training.learningRate(0.01);
            }
        };
        int[] expected = straight(Adam.rate(0.01), steady);
        try (Model model = Toy.model()) {
            Callback spoiler = at(3, 2, training -> training.learningRate(1e38));
            DivergenceException diverged = assertThrows(DivergenceException.class,
                    () -> trainer(model, Adam.rate(0.01)).callbacks(steady, spoiler).fit(Toy.X, Toy.Y));
            assertEquals(2, diverged.history().size());
            assertEquals(2, model.trainingState().orElseThrow().epochs());
            trainer(model, Adam.rate(0.01)).callbacks(steady).resume().fit(Toy.X, Toy.Y);
            Toy.requireSameBits(expected, Toy.bits(model), "resumed after a divergence");
        }
    }

    @Test
    void dataFreedWithinATraining() {
        int[] expected = straight(Adam.rate(0.01));
        try (Model model = Toy.model(); TensorArena arena = TensorArena.open("data")) {
            Tensor x = arena.tensor("x", Toy.X.shape());
            Toy.X.copyTo(x);
            IllegalStateException freed = assertThrows(IllegalStateException.class,
                    () -> trainer(model, Adam.rate(0.01))
                            .callbacks(at(2, 3, training -> arena.close())).fit(x, Toy.Y));
            assertTrue(freed.getMessage().startsWith("The memory of this tensor of shape (50, 6, 2) has been freed"),
                    freed.getMessage());
            assertEquals(1, told(freed).history().size());
            trainer(model, Adam.rate(0.01)).resume().fit(Toy.X, Toy.Y);
            Toy.requireSameBits(expected, Toy.bits(model), "resumed with data of the heap");
        }
    }

    /** Moments of failed trainings and of each change of optimizer do not pile up. */
    @Test
    void noMemoryStaysBehind() {
        try (Model model = Toy.model()) {
            long bytes = 0;
            for (int round = 0; round < 6; round++) {
                trainer(model, Adam.rate(0.01)).epochs(1).fit(Toy.X, Toy.Y);
                trainer(model, Sgd.rate(0.01)).epochs(1).fit(Toy.X, Toy.Y);
                assertThrows(Broken.class, () -> trainer(model, Adam.rate(0.01).amsgrad())
                        .callbacks(new Thrower("batch end", 1, new Broken())).fit(Toy.X, Toy.Y));
                trainer(model, Sgd.rate(0.01)).trainOnBatch(Toy.X, Toy.Y);
                bytes = round == 0 ? model.network().arena().allocatedBytes() : bytes;
            }
            assertEquals(bytes, model.network().arena().allocatedBytes(), model.network().arena().account().toString());
            assertEquals(List.of(),
                    model.network().arena().openChildren().stream().filter(name -> !name.contains("execution"))
                            .toList());
        }
    }
}
