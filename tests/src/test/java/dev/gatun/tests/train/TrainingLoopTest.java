package dev.gatun.tests.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.Callback;
import dev.gatun.layers.train.DivergenceException;
import dev.gatun.layers.train.History;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Metric;
import dev.gatun.layers.train.Samples;
import dev.gatun.layers.train.Sgd;
import dev.gatun.layers.train.Trainer;
import dev.gatun.layers.train.Training;
import dev.gatun.layers.train.TrainingInterruptedException;
import dev.gatun.layers.train.TrainingLoop;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A loop of one's own gives the bits of fit, in whole steps or in parts, and leaves nothing half done. */
final class TrainingLoopTest {

    private static final int BATCH = 8;

    @AfterEach
    void nobodyIsInterruptedAnyMore() {
        Thread.interrupted();
    }

    private static Trainer trainer(Model model) {
        return Trainer.of(model).optimizer(Adam.rate(0.01).amsgrad().globalClipNorm(0.5)).loss(Loss.MSE)
                .metrics(Metric.MAE).batchSize(BATCH).seed(12);
    }

    /** Some samples, one after the other, of an order. */
    private static Samples pick(int[] order, int first) {
        int count = Math.min(BATCH, order.length - first);
        Tensor x = Tensor.zeros(count, Toy.TIME, 2);
        Tensor y = Tensor.zeros(count, 1);
        for (int b = 0; b < count; b++) {
            int n = order[first + b];
            y.set(Toy.Y.get(n, 0), b, 0);
            for (int t = 0; t < Toy.TIME; t++) {
                x.set(Toy.X.get(n, t, 0), b, t, 0);
                x.set(Toy.X.get(n, t, 1), b, t, 1);
            }
        }
        return Samples.of(x, y);
    }

    private static Map<String, Double> epoch(TrainingLoop loop) {
        int[] order = loop.order(Toy.SAMPLES);
        for (int first = 0; first < order.length; first += BATCH) {
            loop.step(pick(order, first));
        }
        return loop.endEpoch();
    }

    private static void requireSame(Model expected, Model got) {
        assertArrayEquals(Toy.everything(expected), Toy.everything(got));
        assertEquals(expected.trainingState().orElseThrow().progress(), got.trainingState().orElseThrow().progress());
        assertEquals(expected.trainingState().orElseThrow().optimizer(), got.trainingState().orElseThrow().optimizer());
    }

    @Test
    void aLoopOfOnesOwnGivesTheBitsOfFit() {
        try (Model fitted = Toy.model(); Model looped = Toy.model()) {
            History history = trainer(fitted).epochs(3).fit(Toy.X, Toy.Y);
            try (TrainingLoop loop = trainer(looped).open()) {
                for (int epoch = 0; epoch < 3; epoch++) {
                    assertEquals(epoch, loop.epochs());
                    assertEquals(history.epochs().get(epoch), epoch(loop));
                }
                assertEquals(3 * 7, loop.steps());
            }
            requireSame(fitted, looped);
        }
    }

    @Test
    void eachGoesOnWhereTheOtherEnded() {
        try (Model fitted = Toy.model(); Model mixed = Toy.model()) {
            trainer(fitted).epochs(4).fit(Toy.X, Toy.Y);
            trainer(mixed).epochs(1).fit(Toy.X, Toy.Y);
            try (TrainingLoop loop = trainer(mixed).resume().open()) {
                epoch(loop);
                epoch(loop);
            }
            trainer(mixed).epochs(4).resume().fit(Toy.X, Toy.Y);
            requireSame(fitted, mixed);
        }
    }

    @Test
    void aLearningRateForEachStepIsThatOfACallback() {
        Callback schedule = new Callback() {
            @Override
            public void onBatchEnd(Training training) {
                training.learningRate(0.01 / (1 + 7 * (training.epoch() - 1) + training.batch()));
            }
        };
        try (Model fitted = Toy.model(); Model looped = Toy.model()) {
            trainer(fitted).epochs(2).callbacks(schedule).fit(Toy.X, Toy.Y);
            try (TrainingLoop loop = trainer(looped).open()) {
                for (int epoch = 0; epoch < 2; epoch++) {
                    int[] order = loop.order(Toy.SAMPLES);
                    for (int first = 0; first < order.length; first += BATCH) {
                        loop.step(pick(order, first));
                        loop.learningRate(0.01 / (1 + loop.steps()));
                    }
                    loop.endEpoch();
                }
                assertEquals(0.01 / 15, loop.optimizer().learningRate());
            }
            requireSame(fitted, looped);
        }
    }

    @Test
    void aStepInTwoPartsIsAStep() {
        try (Model whole = Toy.model(); Model parts = Toy.model()) {
            try (TrainingLoop one = trainer(whole).open(); TrainingLoop two = trainer(parts).open()) {
                for (int first = 0; first < Toy.SAMPLES; first += BATCH) {
                    Samples batch = pick(one.order(Toy.SAMPLES), first);
                    double loss = one.step(batch);
                    assertEquals(loss, two.accumulate(batch));
                    two.update();
                }
                assertEquals(one.values(), two.values());
                one.keep();
                two.keep();
            }
            requireSame(whole, parts);
        }
    }

    /** Without dropout five batches of ten and one update are a batch of fifty, but for rounding. */
    @Test
    void gradientsOfSeveralBatchesAreAveraged() {
        try (Model whole = Toy.plainModel(); Model parts = Toy.plainModel()) {
            // Plain descent: Adam would hide a factor.
            Sgd optimizer = Sgd.rate(0.5);
            try (TrainingLoop one = Trainer.of(whole).optimizer(optimizer).loss(Loss.MSE).open();
                    TrainingLoop two = Trainer.of(parts).optimizer(optimizer).loss(Loss.MSE).open()) {
                for (int step = 1; step <= 5; step++) {
                    one.step(Samples.of(Toy.X, Toy.Y));
                    for (int first = 0; first < Toy.SAMPLES; first += 10) {
                        two.accumulate(some(first, 10));
                    }
                    two.update();
                    assertEquals(step, two.steps());
                    assertEquals(one.values().get("loss"), two.values().get("loss"), 1e-7);
                }
                one.keep();
                two.keep();
            }
            float[] expected = floats(whole);
            float[] got = floats(parts);
            assertArrayEquals(expected, got, 1e-6f);
        }
    }

    private static float[] floats(Model model) {
        ParameterBlock block = model.network().parameters();
        return block.segment().asSlice(0, block.bytes()).toArray(java.lang.foreign.ValueLayout.JAVA_FLOAT);
    }

    private static Samples some(int first, int count) {
        Tensor x = Tensor.of(Arrays.copyOfRange(Toy.X.toArray(), first * 12, (first + count) * 12), count, 6, 2);
        Tensor y = Tensor.of(Arrays.copyOfRange(Toy.Y.toArray(), first, first + count), count, 1);
        return Samples.of(x, y);
    }

    @Test
    void everyBatchOfAnUpdateHasADropoutOfItsOwn() {
        try (Model model = Toy.model(); TrainingLoop loop = trainer(model).open()) {
            double first = loop.accumulate(some(0, 20));
            assertNotEquals(first, loop.accumulate(some(0, 20)));
            loop.update();
            assertEquals(1, loop.steps());
        }
        try (Model model = Toy.model();
                TrainingLoop loop = trainer(model).open();
                Model other = Toy.model();
                TrainingLoop again = trainer(other).open()) {
            for (int batch = 0; batch < 3; batch++) {
                assertEquals(loop.accumulate(some(0, 20)), again.accumulate(some(0, 20)), "equal seeds");
            }
        }
    }

    @Test
    void whatIsNotKeptIsUndone() {
        try (Model model = Toy.model()) {
            trainer(model).fit(Toy.X, Toy.Y);
            int[][] before = Toy.everything(model);
            try (TrainingLoop loop = trainer(model).resume().open()) {
                loop.step(some(0, 10));
                assertTrue(!Arrays.equals(before[0], Toy.bits(model)));
            }
            assertArrayEquals(before, Toy.everything(model));
            assertEquals(7, model.trainingState().orElseThrow().steps());
            int[][] kept = new int[1][];
            assertThrows(ArithmeticException.class, () -> {
                try (TrainingLoop loop = trainer(model).resume().open()) {
                    loop.step(some(0, 10));
                    assertEquals(8, loop.keep().steps());
                    kept[0] = Toy.bits(model);
                    loop.step(some(10, 10));
                    throw new ArithmeticException();
                }
            });
            assertArrayEquals(kept[0], Toy.bits(model));
            assertEquals(8, model.trainingState().orElseThrow().steps());
            assertEquals(List.of(), model.network().arena().openChildren().stream()
                    .filter(name -> !name.contains("execution")).toList());
        }
    }

    @Test
    void anInterruptMakesNoStep() {
        try (Model model = Toy.model(); TrainingLoop loop = trainer(model).open()) {
            loop.step(some(0, 10));
            int[] before = Toy.bits(model);
            Thread.currentThread().interrupt();
            assertTrue(assertThrows(TrainingInterruptedException.class, () -> loop.step(some(0, 10))).getMessage()
                    .contains("no step was made"));
            assertThrows(TrainingInterruptedException.class, () -> loop.accumulate(some(0, 10)));
            assertTrue(Thread.interrupted(), "the flag stays set");
            assertArrayEquals(before, Toy.bits(model));
            assertEquals(1, loop.steps());
            loop.step(some(0, 10));
            assertEquals(2, loop.steps());
        }
    }

    @Test
    void aLossThatIsNoNumberMakesNoStep() {
        try (Model model = Toy.model()) {
            int[] start = Toy.bits(model);
            try (TrainingLoop loop = trainer(model).lossWeight("dense", 1e308).open()) {
                float[] huge = new float[10];
                Arrays.fill(huge, Float.MAX_VALUE);
                Samples far = Samples.of(some(0, 10).x().getFirst(), Tensor.of(huge, 10, 1));
                assertTrue(assertThrows(DivergenceException.class, () -> loop.step(far)).getMessage()
                        .contains("no step was made"));
                assertArrayEquals(start, Toy.bits(model));
                assertThrows(IllegalStateException.class, loop::update);
                assertEquals(0, loop.steps());
            }
        }
    }

    @Test
    void weightsThatAreNoNumbersAreNotKept() {
        try (Model model = Toy.model()) {
            int[] start = Toy.bits(model);
            try (TrainingLoop loop = Trainer.of(model).optimizer(Sgd.rate(1e38)).loss(Loss.MSE).open()) {
                while (Float.isFinite(model.weight("dense/bias").get().get(0))) {
                    try {
                        loop.step(some(0, 10));
                    } catch (DivergenceException lost) {
                        model.weight("dense/bias").set(Tensor.of(new float[] {Float.NaN}, 1));
                    }
                }
                assertTrue(assertThrows(DivergenceException.class, loop::endEpoch).getMessage()
                        .contains("learning rate (now 1.0E38)"));
                assertThrows(DivergenceException.class, loop::keep);
                assertEquals(0, loop.epochs());
            }
            assertArrayEquals(start, Toy.bits(model));
            assertTrue(model.trainingState().isEmpty());
        }
    }

    @Test
    void theModelIsUsedBetweenStepsByTheThreadThatTrainsIt() throws InterruptedException {
        try (Model model = Toy.model()) {
            TrainingLoop loop = trainer(model).open();
            loop.step(some(0, 10));
            double before = trainer(model).evaluate(Toy.X, Toy.Y).get("loss");
            for (int samples = 1; samples < 20; samples++) {
                model.predict(Tensor.zeros(samples, Toy.TIME, 2));
            }
            model.threads(2);
            loop.step(some(0, 10));
            assertNotEquals(before, trainer(model).evaluate(Toy.X, Toy.Y).get("loss"));
            assertTrue(refused(() -> trainer(model).fit(Toy.X, Toy.Y)).contains("cannot train from inside"));
            assertTrue(refused(() -> trainer(model).open()).contains("cannot train from inside"));
            assertTrue(refused(model::close).contains("in use"));
            String[] said = new String[4];
            Thread other = Thread.ofPlatform().name("other").start(() -> {
                said[0] = refused(() -> loop.step(some(0, 10)));
                said[1] = refused(loop::close);
                said[2] = refused(loop::keep);
                said[3] = refused(() -> model.predict(Toy.X));
            });
            other.join();
            for (String sentence : said) {
                assertTrue(sentence.contains("in use by thread '") && sentence.contains("so thread 'other' cannot "),
                        sentence);
            }
            loop.step(some(0, 10));
            loop.keep();
            loop.close();
            loop.close();
            assertTrue(refused(() -> loop.step(some(0, 10))).contains("is closed; take another with trainer.open()"));
            trainer(model).fit(Toy.X, Toy.Y);
        }
    }

    private static String refused(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(IllegalStateException.class, call).getMessage();
    }

    @Test
    void whatCannotBeTrainedOnIsRefusedAndTheLoopGoesOn() {
        try (Model model = Toy.model()) {
            assertThrows(IllegalStateException.class, () -> Trainer.of(model).open(), "no loss");
            try (TrainingLoop loop = trainer(model).open()) {
                assertThrows(IllegalArgumentException.class,
                        () -> loop.step(Samples.of(Tensor.zeros(4, Toy.TIME, 3), Tensor.zeros(4, 1))));
                assertThrows(IllegalArgumentException.class,
                        () -> loop.step(Samples.of(Tensor.zeros(4, Toy.TIME, 2), Tensor.zeros(5, 1))));
                assertThrows(IllegalArgumentException.class, () -> loop.order(-1));
                assertTrue(refused(loop::update).contains("call accumulate(samples) first"));
                assertTrue(Double.isNaN(loop.values().get("loss")), "nothing was seen");
                loop.step(some(0, 10));
                assertTrue(Double.isFinite(loop.values().get("loss")));
                loop.resetValues();
                assertTrue(Double.isNaN(loop.values().get("loss")));
            }
        }
    }

    /** Sequences of any length: what a length needed goes when others come. */
    @Test
    void manyShapesDoNotPileUp() {
        try (Model model = Sequential.of(Input.sequence(1), Lstm.units(3).returnSequences(), Dense.units(1));
                TrainingLoop loop = Trainer.of(model).loss(Loss.MSE).open()) {
            long bytes = 0;
            for (int round = 0; round < 4; round++) {
                for (int time = 100; time < 120; time++) {
                    loop.step(Samples.of(Tensor.zeros(2, time, 1), Tensor.zeros(2, time, 1)));
                }
                bytes = round == 0 ? model.network().arena().allocatedBytes() : bytes;
            }
            assertEquals(bytes, model.network().arena().allocatedBytes());
            assertEquals(80, loop.steps());
        }
    }
}
