package dev.gatun.tests.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.serve.ModelStream;
import dev.gatun.layers.serve.Predictor;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.Callback;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Trainer;
import dev.gatun.layers.train.Training;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import dev.gatun.tests.train.AfterEpoch;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What predictors and streams read while their model is trained: whole versions, of the epochs that were kept. */
final class ServeWhileTrainingTest {

    private static final int EPOCHS = 12;
    private static final Tensor X = Tensor.of(EnginePass.uniform(64 * 6 * 3, 1, 1), 64, 6, 3);
    private static final Tensor Y = Tensor.of(EnginePass.uniform(64 * 2, 1, 2), 64, 2);
    private static final Tensor ASKED = Tensor.of(EnginePass.uniform(2 * 6 * 3, 1, 3), 2, 6, 3);

    private static Model model() {
        return Sequential.of(Input.sequence(3), Lstm.units(40).returnSequences(), Lstm.units(33), Dense.units(2));
    }

    private static Trainer trainer(Model model) {
        return Trainer.of(model).optimizer(Adam.rate(0.01)).loss(Loss.MSE).epochs(EPOCHS).batchSize(8);
    }

    /** What the model predicts before the training and after each of its epochs. */
    private static List<float[]> versions() {
        try (Model model = model()) {
            List<float[]> versions = new ArrayList<>();
            versions.add(model.predict(ASKED).toArray());
            trainer(model).callbacks(new AfterEpoch(training -> versions.add(model.predict(ASKED).toArray()))).fit(X,
                    Y);
            return versions;
        }
    }

    @Test
    void aPredictionIsThatOfOneVersion() {
        List<float[]> versions = versions();
        try (Model model = model(); ExecutorService pool = Executors.newFixedThreadPool(3)) {
            AtomicBoolean trains = new AtomicBoolean(true);
            CountDownLatch begun = new CountDownLatch(3);
            List<Future<int[]>> seen = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                seen.add(pool.submit((Callable<int[]>) () -> {
                    int[] counts = new int[versions.size()];
                    try (Predictor predictor = model.predictor()) {
                        int last = 0;
                        do {
                            int version = version(versions, predictor.predict(ASKED).toArray());
                            assertTrue(version >= last, "version " + version + " after " + last);
                            last = version;
                            counts[version]++;
                            begun.countDown();
                        } while (trains.get());
                        Bits.same(predictor.predict(ASKED).toArray(), versions.getLast(), "after the training");
                    }
                    return counts;
                }));
            }
            assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
                begun.await();
                return null;
            });
            trainer(model).fit(X, Y);
            trains.set(false);
            for (Future<int[]> counts : seen) {
                assertTrue(Arrays.stream(get(counts)).sum() > 0);
            }
        }
    }

    private static int version(List<float[]> versions, float[] got) {
        for (int i = 0; i < versions.size(); i++) {
            if (Arrays.equals(versions.get(i), got)) {
                return i;
            }
        }
        throw new AssertionError("a prediction that no version gives: " + Arrays.toString(got));
    }

    private static int[] get(Future<int[]> future) {
        return assertTimeoutPreemptively(Duration.ofSeconds(60), () -> future.get());
    }

    /** A training that is undone was never seen; the stream goes on from its state with the next version. */
    @Test
    void aStreamKeepsItsStateAcrossVersions() {
        try (Model model = model(); ModelStream stream = model.stream(); Predictor predictor = model.predictor()) {
            float[] before = predictor.predict(ASKED).toArray();
            step(stream, 1);
            trainer(model).epochs(1).callbacks(new Callback() {
                @Override
                public void onBatchEnd(Training training) {
                    Bits.same(predictor.predict(ASKED).toArray(), before, "while epoch 1 is trained");
                    assertFalse(Arrays.equals(model.predict(ASKED).toArray(), before), "the model itself has moved");
                }
            }).fit(X, Y);
            float[] after = step(stream, 2);
            try (ModelStream other = model.stream()) {
                step(other, 1);
                assertFalse(Arrays.equals(step(other, 2), after), "its first step was made with the weights before");
            }
            assertEquals(model.predict(ASKED).shape(), predictor.predict(ASKED).shape());
            Bits.same(predictor.predict(ASKED).toArray(), model.predict(ASKED).toArray(), "after the training");
        }
    }

    private static float[] step(ModelStream stream, long seed) {
        float[] result = new float[stream.outputLength()];
        stream.step(MemorySegment.ofArray(EnginePass.uniform(stream.inputLength(), 1, seed)),
                MemorySegment.ofArray(result));
        return result;
    }

    /** 10,000 streams: what each costs is what it carries, and they mix on one plan without touching each other. */
    @Test
    void tenThousandStreamsShareAPlan() {
        try (Model model = Sequential.of(Input.sequence(2), Lstm.units(8).returnSequences(), Lstm.units(8),
                Dense.units(1))) {
            List<ModelStream> streams = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                streams.add(model.stream());
            }
            long each = 4 * 16 * Float.BYTES;
            long bytes = model.network().arena().allocatedBytes();
            assertTrue(bytes < 10_000 * each + (1 << 20), bytes + " bytes");
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < streams.size(); i += 97) {
                    step(streams.get(i), i + round);
                }
            }
            try (ModelStream alone = model.stream()) {
                for (int i = 0; i < streams.size(); i += 97 * 10) {
                    alone.reset();
                    step(alone, i);
                    step(alone, i + 1);
                    Bits.same(step(streams.get(i), 7), step(alone, 7), "stream " + i);
                }
            }
            streams.forEach(ModelStream::close);
            for (int i = 0; i < 10_000; i++) {
                model.stream().close();
            }
            assertEquals(bytes, model.network().arena().allocatedBytes(), "rows of closed streams are used again");
        }
    }
}
