package dev.gatun.tests.attack.threads;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.serve.ModelStream;
import dev.gatun.layers.serve.Predictor;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Sgd;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.attack.threads.Crowd.WrongBits;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.train.AfterEpoch;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;

/** What several threads do to one door at once, and what each of them must then find. */
enum Doors {
    /** All predict on one model. */
    MODEL {
        @Override
        void crowd(Crowd crowd, int calls) throws Exception {
            try (Model model = model().threads(2)) {
                predictions(crowd, calls, model, model::predict);
            }
        }
    },
    /** All predict on one predictor. */
    PREDICTOR {
        @Override
        void crowd(Crowd crowd, int calls) throws Exception {
            try (Model model = model(); Predictor predictor = model.predictor()) {
                predictions(crowd, calls, model, predictor::predict);
            }
        }
    },
    /** Each predicts on a predictor of its own, and none is ever refused. */
    OWN_PREDICTORS {
        @Override
        void crowd(Crowd crowd, int calls) throws Exception {
            try (Model model = model()) {
                Tensor x = input(7);
                float[] expected = model.predict(x).toArray();
                crowd.with("own", 8, Math.max(1, calls / 20), () -> {
                    try (Predictor predictor = model.predictor()) {
                        for (int i = 0; i < 20; i++) {
                            same(expected, predictor.predict(x).toArray());
                        }
                    } catch (IllegalStateException refused) {
                        throw new WrongBits("refused: " + refused.getMessage());
                    }
                }).run();
            }
        }
    },
    /** All step one stream: what they got is what one thread would have got, each step once. */
    STREAM {
        @Override
        void crowd(Crowd crowd, int calls) throws Exception {
            steps(crowd, calls, 1);
        }
    },
    /** The same with a team, whose threads would spin for ever if two led it. */
    STREAM_OF_TWO {
        @Override
        void crowd(Crowd crowd, int calls) throws Exception {
            steps(crowd, calls, 2);
        }
    },
    /** Somebody closes while others are inside. */
    CLOSE {
        @Override
        void crowd(Crowd crowd, int calls) throws Exception {
            Model model = model().threads(2);
            Tensor x = input(7);
            float[] expected = model.predict(x).toArray();
            Predictor predictor = model.predictor();
            ModelStream stream = model.stream(1, 2);
            float[] step = INPUT.clone();
            try {
                crowd.with("predict", 2, calls, () -> same(expected, model.predict(x).toArray()))
                        .with("predictor", 1, calls, () -> same(expected, predictor.predict(x).toArray()))
                        .with("step", 1, calls, () -> stream.step(MemorySegment.ofArray(step), result()))
                        .with("close", 1, 1, () -> {
                            Thread.sleep(20);
                            stream.close();
                        })
                        .with("close model", 1, Math.max(1, calls / 10), () -> {
                            Thread.sleep(1);
                            model.close();
                        }).run();
            } finally {
                predictor.close();
                stream.close();
                model.close();
            }
        }
    },
    /** Whatever can be done to a model while another thread trains it. */
    FIT {
        @Override
        void crowd(Crowd crowd, int calls) throws Exception {
            Path folder = Files.createTempDirectory("gatun-doors");
            Path file = folder.resolve("during.gatun");
            int epochs = 30;
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch over = new CountDownLatch(1);
            try (Model model = model(); Model alone = model()) {
                Tensor x = input(24);
                Tensor y = Tensor.of(EnginePass.uniform(24, 1, 9), 24, 1);
                Tensor old = model.weights().getFirst().get();
                fit(alone, x, y, epochs, epoch -> {});
                // Its last epoch ends when the crowd has gone: whatever the crowd does, it does during fit.
                Thread trainer = Thread.ofPlatform().daemon().name("fit")
                        .start(() -> fit(model, x, y, epochs, epoch -> {
                            inside.countDown();
                            if (epoch == epochs - 1) {
                                await(over);
                            }
                        }));
                await(inside);
                int times = Math.max(1, calls / 4);
                crowd.with("set", times, () -> refused(() -> model.weights().getFirst().set(old)))
                        .with("initialize", times, () -> refused(() -> model.initialize(1)))
                        .with("state", times, () -> refused(() -> model.network().progress(null)))
                        .with("save", times, () -> refused(() -> model.save(file)))
                        .with("predict", times, () -> refused(() -> model.predict(x)))
                        .with("close", times, () -> refused(model::close))
                        .with("threads", times, () -> refused(() -> model.threads(2))).run();
                over.countDown();
                trainer.join(LIMIT_MILLIS);
                for (int i = 0; i < alone.weights().size(); i++) {
                    same(alone.weights().get(i).get().toArray(), model.weights().get(i).get().toArray());
                }
            } finally {
                over.countDown();
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        }
    };

    private static final long LIMIT_MILLIS = 30_000;
    private static final float[] INPUT = EnginePass.uniform(6, 1, 3);

    /** @param calls for each thread */
    abstract void crowd(Crowd crowd, int calls) throws Exception;

    private static Model model() {
        Model model = Sequential.of(Input.sequence(6), Lstm.units(40).returnSequences(), Lstm.units(33),
                Dense.units(1));
        model.initialize(4);
        return model;
    }

    private static Tensor input(int samples) {
        return Tensor.of(EnginePass.uniform(samples * 5 * 6, 1, 2), samples, 5, 6);
    }

    private static MemorySegment result() {
        return MemorySegment.ofArray(new float[1]);
    }

    private static void fit(Model model, Tensor x, Tensor y, int epochs, IntConsumer afterEpoch) {
        Trainer.of(model).optimizer(Sgd.rate(0.01)).loss(Loss.MSE).epochs(epochs).batchSize(8)
                .callbacks(new AfterEpoch(training -> afterEpoch.accept(training.epoch()))).fit(x, y);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(LIMIT_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new WrongBits("nobody came within " + LIMIT_MILLIS + " ms");
            }
        } catch (InterruptedException impossible) {
            throw new WrongBits("interrupted");
        }
    }

    /** A call that must be refused. */
    private static void refused(Crowd.Call call) throws Exception {
        call.run();
        throw new WrongBits("accepted during fit");
    }

    /** All predict through one door, which gives what the model gave when nobody else was there. */
    private static void predictions(Crowd crowd, int calls, Model model, UnaryOperator<Tensor> door)
            throws InterruptedException {
        Tensor x = input(7);
        float[] expected = model.predict(x).toArray();
        crowd.with("predict", 4, calls, () -> same(expected, door.apply(x).toArray())).run();
    }

    private static void steps(Crowd crowd, int calls, int threads) throws Exception {
        int most = 4 * calls;
        Map<Float, Integer> expected = new ConcurrentHashMap<>();
        Map<Float, Integer> got = new ConcurrentHashMap<>();
        try (Model model = model()) {
            try (ModelStream alone = model.stream()) {
                for (int i = 0; i < most; i++) {
                    expected.merge(step(alone), 1, Integer::sum);
                }
            }
            try (ModelStream stream = model.stream(1, threads)) {
                crowd.with("step", 4, calls, () -> {
                    float result = step(stream);
                    if (!expected.containsKey(result)) {
                        throw new WrongBits("a step gave " + result);
                    }
                    got.merge(result, 1, Integer::sum);
                }).run();
            }
            try (ModelStream alone = model.stream()) {
                for (int i = 0; i < crowd.done(); i++) {
                    got.merge(step(alone), -1, Integer::sum);
                }
            }
        }
        if (got.values().stream().anyMatch(count -> count != 0)) {
            throw new WrongBits("steps are missing or were given twice: " + got);
        }
    }

    private static float step(ModelStream stream) {
        float[] result = new float[1];
        stream.step(MemorySegment.ofArray(INPUT), MemorySegment.ofArray(result));
        return result[0];
    }

    private static void same(float[] expected, float[] got) {
        if (!Arrays.equals(expected, got)) {
            throw new WrongBits("other bits");
        }
    }
}
