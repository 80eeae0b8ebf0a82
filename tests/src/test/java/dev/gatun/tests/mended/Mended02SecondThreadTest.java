package dev.gatun.tests.mended;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.Weight;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.serve.ModelStream;
import dev.gatun.layers.serve.Predictor;
import dev.gatun.layers.train.Callback;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Trainer;
import dev.gatun.layers.train.Training;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.Together;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Issue D, number 2: a second thread is told so, at every door, and no door hangs. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class Mended02SecondThreadTest {

    private static final int FEATURES = 3;
    private static final String INSIDE = "is in use by thread '";

    @TempDir
    private Path folder;

    private static Model model() {
        return Sequential.named("x", List.of(Input.sequence(FEATURES), Lstm.units(20).returnSequences(),
                Dense.units(2)));
    }

    private static float[] x(int seed) {
        return EnginePass.uniform(FEATURES, seed, 1);
    }

    @Test
    void twoThreadsOnOneStream() throws InterruptedException {
        twoThreadsOnOneStream(5_000, 1);
        twoThreadsOnOneStream(1_000, 2);
    }

    /** The issue's own number. */
    @Test
    @Tag("thorough")
    @Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void twoThreadsOnOneStreamForAMillionSteps() throws InterruptedException {
        twoThreadsOnOneStream(500_000, 1);
        twoThreadsOnOneStream(500_000, 2);
    }

    /** All steps get one x, so that the results, in whatever order, are those of a stream with a thread of its own. */
    private static void twoThreadsOnOneStream(int stepsEach, int threads) throws InterruptedException {
        try (Model model = model(); ModelStream stream = model.stream(1, threads); ModelStream alone = model.stream()) {
            float[][][] results = new float[2][stepsEach][];
            AtomicInteger refused = new AtomicInteger();
            Together.run(2, thread -> {
                for (int step = 0; step < stepsEach; step++) {
                    float[] result = new float[2];
                    Throwable thrown = Words.of(() -> stream.step(MemorySegment.ofArray(x(1)),
                            MemorySegment.ofArray(result)));
                    if (thrown == null) {
                        results[thread][step] = result;
                    } else {
                        refused.incrementAndGet();
                        Words.hold(thrown, "Stream of model 'x' " + INSIDE + "door-", "so thread 'door-",
                                "cannot step; give each thread its own model.stream()");
                    }
                }
            });
            float[] got = sorted(Arrays.stream(results).flatMap(Arrays::stream).filter(r -> r != null).toList());
            assertEquals(2 * stepsEach, got.length / 2 + refused.get());
            float[][] expected = new float[got.length / 2][2];
            for (float[] result : expected) {
                alone.step(MemorySegment.ofArray(x(1)), MemorySegment.ofArray(result));
            }
            Bits.same(got, sorted(List.of(expected)), "of the steps that were not refused");
        }
    }

    /** Pairs, in the order of their numbers. */
    private static float[] sorted(List<float[]> results) {
        List<float[]> pairs = results.stream().sorted(Arrays::compare).toList();
        float[] flat = new float[2 * pairs.size()];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = pairs.get(i / 2)[i % 2];
        }
        return flat;
    }

    @Test
    void aThirdThreadClosesAStreamOfTwoThreads() throws InterruptedException {
        try (Model model = model()) {
            for (int round = 0; round < 8; round++) {
                ModelStream stream = model.stream(1, 2);
                Together.run(3, thread -> {
                    Throwable thrown = null;
                    while (thrown == null
                            || !thrown.getMessage().startsWith("Stream of model 'x' is closed; take another")) {
                        if (thrown != null) {
                            Words.hold(thrown, "Stream of model 'x' " + INSIDE);
                        }
                        thrown = Words.of(() -> stream.step(MemorySegment.ofArray(x(1)),
                                MemorySegment.ofArray(new float[2])));
                        if (thread == 2 && Words.of(stream::close) == null) {
                            return;
                        }
                    }
                });
            }
        }
    }

    @Test
    void onePredictorInTwoThreads() throws InterruptedException {
        try (Model model = model(); Predictor predictor = model.predictor()) {
            Tensor[] x = {Tensor.of(EnginePass.uniform(60 * 7 * FEATURES, 1, 1), 60, 7, FEATURES),
                Tensor.of(EnginePass.uniform(60 * 7 * FEATURES, 2, 1), 60, 7, FEATURES)};
            float[][] expected = {model.predict(x[0]).toArray(), model.predict(x[1]).toArray()};
            AtomicInteger right = new AtomicInteger();
            Together.run(2, thread -> {
                for (int call = 0; call < 50; call++) {
                    float[][] got = new float[1][];
                    Throwable thrown = Words.of(() -> got[0] = predictor.predict(x[thread]).toArray());
                    if (thrown == null) {
                        Bits.same(got[0], expected[thread], "beside another thread");
                        right.incrementAndGet();
                    } else {
                        Words.hold(thrown, "Predictor of model 'x' " + INSIDE + "door-", "so thread 'door-",
                                "cannot predict; give each thread its own model.predictor()");
                    }
                }
            });
            assertTrue(right.get() > 0);
        }
    }

    /** While a thread warms up a stream, another one finds every door of it, and the model's last one, shut. */
    @Test
    void whoIsInsideAStreamAndDoingWhat() throws InterruptedException {
        try (Model model = model(); ModelStream stream = model.stream()) {
            Thread warmer = Thread.ofPlatform().name("a").start(() -> untilLetIn(stream::warmUp));
            Map<String, Runnable> doors = new LinkedHashMap<>();
            doors.put("step", () -> stream.step(MemorySegment.ofArray(x(1)), MemorySegment.ofArray(new float[2])));
            doors.put("reset it", stream::reset);
            doors.put("warm up", stream::warmUp);
            doors.put("close it", stream::close);
            doors.put("close the model", model::close);
            AtomicReference<Throwable> wrong = new AtomicReference<>();
            Thread.ofPlatform().name("b").start(() -> wrong.set(Words.of(() -> {
                Throwable first = null;
                while (first == null && warmer.isAlive()) {
                    first = Words.of(stream::reset);
                }
                doors.forEach((what, call) -> Words.hold(Words.of(call), "Stream of model 'x' " + INSIDE
                        + "a' (warm up), so thread 'b' cannot " + what + "; ",
                        what.startsWith("close") ? "let the work end first" : "model.stream()"));
            }))).join();
            assertNull(wrong.get());
            float[] beside = model.predict(Tensor.of(x(1), 1, 1, FEATURES)).toArray();
            warmer.join();
            float[] result = new float[2];
            stream.step(MemorySegment.ofArray(x(1)), MemorySegment.ofArray(result));
            Bits.same(result, beside, "after a close that was refused");
        }
    }

    /** Everything of the model that a second thread may not touch while it is trained, and what it may. */
    @Test
    void besideAFit() {
        Tensor data = Tensor.of(EnginePass.uniform(16 * 5 * FEATURES, 3, 1), 16, 5, FEATURES);
        Tensor targets = Tensor.of(EnginePass.uniform(16 * 5 * 2, 4, 1), 16, 5, 2);
        try (Model model = model();
                Model straight = model();
                Predictor predictor = model.predictor();
                ModelStream stream = model.stream()) {
            Weight kernel = model.weight("lstm/kernel");
            Map<String, Runnable> doors = new LinkedHashMap<>();
            doors.put("initialize it", () -> model.initialize(9));
            doors.put("set weight 'lstm/kernel'", () -> kernel.set(Tensor.zeros(kernel.shape().toArray())));
            doors.put("read weight 'lstm/kernel'", kernel::get);
            doors.put("change its training state", () -> model.network().progress(null));
            doors.put("change its threads", () -> model.threads(2));
            doors.put("predict", () -> model.predict(data));
            doors.put("warm up", () -> model.warmUp(data.shape()));
            doors.put("train", () -> trainer(model).fit(data, targets));
            doors.put("evaluate", () -> trainer(model).evaluate(data, targets));
            doors.put("plan an execution", () -> model.network().execution(List.of(Shape.of(1, 1, FEATURES)),
                    ExecutionMode.INFERENCE));
            doors.put("save it", () -> save(model, folder.resolve("never.gatun")));
            doors.put("close it", model::close);
            AtomicReference<Throwable> wrong = new AtomicReference<>();
            Callback intruder = new Callback() {
                @Override
                public void onBatchEnd(Training training) {
                    join(Thread.ofPlatform().name("b").start(() -> wrong.compareAndSet(null, Words.of(() -> {
                        doors.forEach((what, call) -> Words.hold(Words.of(call), "Model 'x' " + INSIDE,
                                " (train), so thread 'b' cannot " + what + "; "));
                        predictor.predict(data);
                        stream.step(MemorySegment.ofArray(x(1)), MemorySegment.ofArray(new float[2]));
                        try (Predictor another = model.predictor(); ModelStream more = model.stream()) {
                            another.predict(data);
                        }
                    }))));
                }
            };
            trainer(model).callbacks(intruder).fit(data, targets);
            assertNull(wrong.get());
            trainer(straight).fit(data, targets);
            Bits.same(numbers(model), numbers(straight), "a training that others looked at");
            assertEquals(2, model.trainingState().orElseThrow().epochs());
        }
    }

    /** The thread that trains may use the model in a callback, but not train or close it. */
    @Test
    void fromInsideACallback() {
        Tensor data = Tensor.zeros(4, 2, FEATURES);
        Tensor targets = Tensor.zeros(4, 2, 2);
        try (Model model = model()) {
            AtomicInteger asked = new AtomicInteger();
            Callback inside = new Callback() {
                @Override
                public void onBatchEnd(Training training) {
                    String self = "Model 'x' " + INSIDE + Thread.currentThread().getName() + "' (train), which cannot ";
                    Words.hold(Words.of(model::close), self + "close it from inside, for example in a callback; "
                            + "let the work end first");
                    Words.hold(Words.of(() -> trainer(model).fit(data, targets)), self + "train from inside");
                    Words.hold(Words.of(() -> trainer(model).trainOnBatch(data, targets)), self + "train from inside");
                    model.predict(data);
                    trainer(model).evaluate(data, targets);
                    model.weights().forEach(weight -> weight.set(weight.get()));
                    asked.incrementAndGet();
                }
            };
            trainer(model).callbacks(inside).fit(data, targets);
            assertEquals(2, asked.get());
        }
    }

    @Test
    void aModelIsNotClosedUnderAPredictor() throws InterruptedException {
        Tensor many = Tensor.zeros(20_000, 20, FEATURES);
        try (Model model = model(); Predictor predictor = model.predictor(); ModelStream stream = model.stream()) {
            Thread worker = Thread.ofPlatform().name("a").start(() -> untilLetIn(() -> predictor.predict(many)));
            Throwable refused = null;
            while (refused == null && worker.isAlive()) {
                // A door that nobody is inside of; the model is asked only once somebody is.
                refused = Words.of(() -> predictor.predict(Tensor.zeros(1, 1, FEATURES)));
            }
            Words.hold(refused, "Predictor of model 'x' " + INSIDE + "a' (predict)");
            Words.hold(Words.of(model::close), "Predictor of model 'x' " + INSIDE + "a' (predict), so thread '",
                    "' cannot close the model; let the work end first");
            stream.step(MemorySegment.ofArray(x(1)), MemorySegment.ofArray(new float[2]));
            worker.join();
        }
    }

    @Test
    void metadataOfAnyNumberOfThreads() throws InterruptedException {
        try (Model model = model()) {
            Together.run(3, thread -> {
                for (int i = 0; i < 300; i++) {
                    model.metadata().put(thread + "/" + i, "text");
                    model.metadata().forEach((key, value) -> assertEquals("text", value));
                    if (i % 3 == 0) {
                        model.metadata().remove(thread + "/" + i);
                    }
                }
            });
            assertEquals(600, model.metadata().size());
            model.metadata().entrySet().removeIf(entry -> entry.getKey().startsWith("0/"));
            assertEquals(400, Map.copyOf(model.metadata()).size());
            assertTrue(Words.of(() -> model.metadata().put("k", null)).getMessage().contains("'k'"));
        }
    }

    private static Trainer trainer(Model model) {
        return Trainer.of(model).loss(Loss.MSE).epochs(2).batchSize(16);
    }

    private static float[] numbers(Model model) {
        return EnginePass.of(model, List.of(Tensor.of(x(1), 1, 1, FEATURES)), List.of(new float[2])).outputs()
                .getFirst();
    }

    private static void save(Model model, Path path) {
        try {
            model.save(path);
        } catch (java.io.IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    /** Whoever looks whether a thread is inside may be inside at that moment. */
    private static void untilLetIn(Runnable call) {
        Throwable thrown = Words.of(call);
        while (thrown != null) {
            Words.hold(thrown, INSIDE);
            thrown = Words.of(call);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
