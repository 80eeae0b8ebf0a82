package dev.gatun.tests.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Embedding;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Regularizer;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.serve.Predictor;
import dev.gatun.layers.train.Adagrad;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.AdamW;
import dev.gatun.layers.train.DivergenceException;
import dev.gatun.layers.train.EarlyStopping;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Optimizer;
import dev.gatun.layers.train.RmsProp;
import dev.gatun.layers.train.Samples;
import dev.gatun.layers.train.Sgd;
import dev.gatun.layers.train.Trainer;
import dev.gatun.layers.train.TrainingLoop;
import dev.gatun.layers.train.WithoutGradient;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.kernels.Bits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps that pass over the rows of an Embedding that do not occur give the bits of steps that go through all of them. */
final class RowGradientsTest {

    private static final int WORDS = 300;
    private static final int WIDTH = 20;
    private static final String TABLE = "words/embeddings";
    private static final Tensor X = ids(40, 6, 90, 1);
    private static final Tensor Y = targets(40);

    /** Of the words below a bound, so that the others never occur. */
    private static Tensor ids(int samples, int time, int bound, long seed) {
        Random random = new Random(seed);
        int[][] ids = new int[samples][time];
        for (int[] sample : ids) {
            Arrays.setAll(sample, t -> 3 * random.nextInt(bound));
        }
        return Tensor.ofInts(ids);
    }

    private static Tensor targets(int samples) {
        Tensor y = Tensor.zeros(samples, 2);
        for (int n = 0; n < samples; n++) {
            y.set((float) Math.sin(n), n, 0);
            y.set((float) Math.cos(n), n, 1);
        }
        return y;
    }

    private static Model model(Embedding embedding) {
        Model model = Sequential.of(embedding.named("words"), Lstm.units(5), Dense.units(2));
        model.initialize(3);
        return model;
    }

    private static Model model() {
        return model(Embedding.of(WORDS, WIDTH).maskZero());
    }

    static Stream<Optimizer> optimizers() {
        return Stream.of(Sgd.rate(0.1), Sgd.rate(0.1).momentum(0.9), Sgd.rate(0.1).momentum(0.9).nesterov(),
                Adagrad.rate(0.1), RmsProp.rate(0.01), RmsProp.rate(0.01).momentum(0.5).centered(),
                RmsProp.rate(0.01).epsilonOutside(), Adam.rate(0.01), Adam.rate(0.01).amsgrad(),
                Adam.rate(0.01).correctedEpsilon(), AdamW.rate(0.01), AdamW.rate(0.01).weightDecay(0),
                Adam.rate(0.01).globalClipNorm(0.05), Sgd.rate(0.1).globalClipNorm(0.05),
                Adam.rate(0.01).clipNorm(0.01),
                Sgd.rate(0.1).momentum(0.9).clipNorm(0.01), Adagrad.rate(0.1).clipValue(1e-4));
    }

    private static Trainer trainer(Model model, Optimizer optimizer, int epochs) {
        return Trainer.of(model).optimizer(optimizer).loss(Loss.MSE).batchSize(8).seed(7).epochs(epochs);
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void theBitsAreThoseOfDenseSteps(Optimizer optimizer) {
        for (int threads : new int[] {1, 3}) {
            try (Model rows = model().threads(threads); Model dense = model().threads(threads)) {
                trainer(rows, optimizer, 3).fit(X, Y);
                trainer(dense, WholeSteps.of(optimizer), 3).fit(X, Y);
                int[][] expected = Toy.everything(dense);
                int[][] got = Toy.everything(rows);
                assertEquals(expected.length, got.length);
                for (int i = 0; i < expected.length; i++) {
                    Toy.requireSameBits(expected[i], got[i], i == 0 ? "weights" : "moment " + i);
                }
            }
        }
    }

    /** Moments of rows that do not occur any more still move weights. */
    @ParameterizedTest
    @MethodSource("optimizers")
    void aSavedTrainingGoesOnWithOtherWords(Optimizer optimizer, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("words.gatun");
        Tensor others = ids(40, 6, 20, 9);
        try (Model model = model()) {
            trainer(model, optimizer, 2).fit(X, Y);
            model.save(file);
        }
        int[][][] everything = new int[2][][];
        for (int i = 0; i < 2; i++) {
            try (Model loaded = Model.load(file);
                    TrainingLoop loop = Trainer.of(loaded).loss(Loss.MSE).resume().open()) {
                if (i == 0) {
                    // From here on all rows have changed, and steps go through all of them.
                    loaded.weight(TABLE).set(loaded.weight(TABLE).get());
                }
                for (int epoch = 0; epoch < 2; epoch++) {
                    loop.step(Samples.of(others, Y));
                    loop.endEpoch();
                }
                everything[i] = Toy.everything(loaded);
            }
        }
        for (int i = 0; i < everything[0].length; i++) {
            Toy.requireSameBits(everything[0][i], everything[1][i], i == 0 ? "weights" : "moment " + i);
        }
    }

    @Test
    void gradientsOfSeveralBatchesAreAdded() {
        for (Optimizer optimizer : List.of(Sgd.rate(0.1).globalClipNorm(0.1), Adam.rate(0.01))) {
            int[][] bits = new int[2][];
            for (int i = 0; i < 2; i++) {
                try (Model model = model();
                        TrainingLoop loop = trainer(model, i == 0 ? optimizer : WholeSteps.of(optimizer), 1).open()) {
                    for (int step = 0; step < 3; step++) {
                        for (int batch = 0; batch < 4; batch++) {
                            loop.accumulate(Samples.of(ids(8, 6, 90, 10 * step + batch), targets(8)));
                        }
                        loop.update();
                    }
                    loop.keep();
                    bits[i] = Toy.bits(model);
                }
            }
            Toy.requireSameBits(bits[1], bits[0], optimizer.className());
        }
    }

    /** What a step costs: the rows of the batch, or those that have occurred, and a few between them. */
    @Test
    void stepsPassOverRowsThatDoNotOccur() {
        long batch = 8 * 6;
        for (Optimizer optimizer : List.of(Sgd.rate(0.1), Adagrad.rate(0.1), Adam.rate(0.01))) {
            WholeSteps counting = WholeSteps.counting(optimizer);
            try (Model model = model(Embedding.of(200_000, WIDTH))) {
                long others = model.parameterCount() - 200_000L * WIDTH;
                trainer(model, counting, 1).fit(X, Y);
                long most = optimizer.withoutGradient() == WithoutGradient.STAYS ? batch : 90;
                // Two strips of 16, up to 8 rows between two; other weights have paddings.
                assertTrue(counting.floats().get() < 5 * (most * 9 * 32 + 3 * others), counting.floats()::toString);
                assertTrue(counting.floats().get() > 5 * others, counting.floats()::toString);
            }
        }
    }

    /** A penalty, a bound or a decay reaches all rows. */
    @Test
    void whatReachesAllRowsGoesThroughAll() {
        Embedding penalized = Embedding.of(WORDS, WIDTH).embeddingsRegularizer(new Regularizer.L1L2(0, 0.01f));
        WholeSteps counting = WholeSteps.counting(Sgd.rate(0.1));
        try (Model model = model(penalized)) {
            float[] before = model.weight(TABLE).get().toArray();
            trainer(model, counting, 1).fit(X, Y);
            assertTrue(counting.floats().get() >= 5L * WORDS * WIDTH, counting.floats()::toString);
            float[] after = model.weight(TABLE).get().toArray();
            int last = before.length - 1;
            assertTrue(Math.abs(after[last]) < Math.abs(before[last]));
        }
        assertEquals(WithoutGradient.CHANGES, AdamW.rate(0.1).withoutGradient());
        assertEquals(WithoutGradient.STAYS_AT_START, AdamW.rate(0.1).weightDecay(0).withoutGradient());
    }

    /** Predictors read every row as it is, also those that a callback has set. */
    @Test
    void whatACallbackSetsIsPublished() {
        Tensor rare = Tensor.ofInts(new int[][] {{WORDS - 1, WORDS - 2, 0, 0, 0, 0}});
        try (Model model = model(); Predictor predictor = model.predictor()) {
            float[][] seen = new float[4][];
            AfterEpoch callback = new AfterEpoch(training -> {
                seen[training.epoch()] = predictor.predict(rare).toArray();
                Weight table = model.weight(TABLE);
                float[] numbers = table.get().toArray();
                Arrays.fill(numbers, (WORDS - 1) * WIDTH, WORDS * WIDTH, training.epoch());
                table.set(Tensor.of(numbers, WORDS, WIDTH));
            });
            trainer(model, Sgd.rate(0.1), 3).callbacks(callback).fit(X, Y);
            assertFalse(Arrays.equals(seen[1], seen[2]));
            assertEquals(3f, model.weight(TABLE).get().get(WORDS - 1, 0));
            Bits.same(predictor.predict(rare).toArray(), model.predict(rare).toArray(), "after the training");
        }
    }

    @Test
    void aTrainingThatFailsPutsAllRowsBack() {
        for (Optimizer optimizer : List.of(Sgd.rate(1e30), Adam.rate(1e38))) {
            try (Model model = model()) {
                int[] before = Toy.bits(model);
                assertThrows(DivergenceException.class, () -> trainer(model, optimizer, 3).fit(X, Y));
                Toy.requireSameBits(before, Toy.bits(model), optimizer.className());
            }
        }
    }

    @Test
    void theBestWeightsAreRestored() {
        int[][] bits = new int[2][];
        for (int i = 0; i < 2; i++) {
            Optimizer optimizer = Adam.rate(0.3);
            try (Model model = model()) {
                trainer(model, i == 0 ? optimizer : WholeSteps.of(optimizer), 12).validation(0.3)
                        .callbacks(EarlyStopping.patience(3)).fit(X, Y);
                bits[i] = Toy.bits(model);
            }
        }
        Toy.requireSameBits(bits[1], bits[0], "best weights");
    }

    /** Two embeddings, one of them frozen between weights that are trained, and one that is called twice. */
    @Test
    void aFrozenTableStaysAndASharedOneLearnsOfBothCalls() {
        int[][] bits = new int[2][];
        for (int i = 0; i < 2; i++) {
            Input one = Input.ints(6).named("one");
            Embedding shared = Embedding.of(WORDS, WIDTH).named("words");
            Embedding frozen = Embedding.of(40, 17).named("frozen").trainable(false);
            Input other = Input.ints(6).named("other");
            try (Model model = Model.of(List.of(one, other), List.of(
                    Dense.units(2).on(Lstm.units(4).on(shared.on(one))),
                    Dense.units(2).on(Lstm.units(4).on(shared.on(other))),
                    Dense.units(2).on(Lstm.units(3).on(frozen.on(other)))))) {
                model.initialize(2);
                float[] before = model.weight("frozen/embeddings").get().toArray();
                Optimizer optimizer = Adam.rate(0.01).globalClipNorm(0.1);
                Trainer.of(model).optimizer(i == 0 ? optimizer : WholeSteps.of(optimizer)).loss(Loss.MSE).batchSize(8)
                        .epochs(2)
                        .fit(new Samples(List.of(ids(40, 6, 90, 4), ids(40, 6, 13, 5)), List.of(Y, Y, Y), List.of()));
                Bits.same(model.weight("frozen/embeddings").get().toArray(), before, "frozen");
                bits[i] = Toy.bits(model);
            }
        }
        Toy.requireSameBits(bits[1], bits[0], "shared");
    }
}
