package dev.gatun.tests.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.Weight;
import dev.gatun.layers.train.Adagrad;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.AdamW;
import dev.gatun.layers.train.Callback;
import dev.gatun.layers.train.History;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Metric;
import dev.gatun.layers.train.Optimizer;
import dev.gatun.layers.train.RmsProp;
import dev.gatun.layers.train.Sgd;
import dev.gatun.layers.train.Trainer;
import dev.gatun.layers.train.Training;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Equal seeds give equal weights, bit for bit: run by run, on any number of threads, resumed or not. */
final class TrainingBitsTest {

    @TempDir
    private Path folder;

    static List<Optimizer> optimizers() {
        return List.of(Sgd.rate(0.05).momentum(0.9).nesterov(), Adam.rate(0.01).amsgrad().globalClipNorm(0.5),
                AdamW.rate(0.01).clipNorm(0.1), RmsProp.rate(0.01).momentum(0.5).centered(),
                Adagrad.rate(0.05).clipValue(0.01));
    }

    private static Trainer trainer(Model model, Optimizer optimizer) {
        return Trainer.of(model).optimizer(optimizer).loss(Loss.huber(0.5)).batchSize(8).seed(77).validation(0.1);
    }

    private static int[] straight(Optimizer optimizer, int threads, int epochs) {
        try (Model model = Toy.model().threads(threads)) {
            trainer(model, optimizer).epochs(epochs).fit(Toy.X, Toy.Y);
            return Toy.bits(model);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void everyRunOnAnyNumberOfThreadsGivesTheSameBits(int threads) {
        for (Optimizer optimizer : optimizers()) {
            Toy.requireSameBits(
                    straight(optimizer, 1, 3), straight(optimizer, threads, 3),
                    optimizer + ", " + threads + " threads");
        }
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void aTrainingResumedAtAnyEpochIsAStraightOne(Optimizer optimizer) throws IOException {
        int epochs = 5;
        int[] expected = straight(optimizer, 1, epochs);
        for (int half = 1; half < epochs; half++) {
            try (Model model = Toy.model()) {
                trainer(model, optimizer).epochs(half).fit(Toy.X, Toy.Y);
                Path file = folder.resolve("half.gatun");
                model.save(file);
                try (Model loaded = Model.load(file)) {
                    // Another seed and another optimizer here: those of the state count.
                    Trainer.of(loaded).loss(Loss.huber(0.5)).batchSize(8).seed(1).validation(0.1).epochs(epochs)
                            .resume()
                            .fit(Toy.X, Toy.Y);
                    Toy.requireSameBits(expected, Toy.bits(loaded), "resumed at epoch " + half + ", loaded");
                }
                assertEquals(half + 1,
                        trainer(model, optimizer).epochs(epochs).resume().fit(Toy.X, Toy.Y).firstEpoch());
                Toy.requireSameBits(expected, Toy.bits(model), "resumed at epoch " + half);
            }
        }
    }

    @Test
    void anotherSeedIsAnotherTraining() {
        try (Model one = Toy.model(); Model other = Toy.model()) {
            trainer(one, Adam.rate(0.01)).fit(Toy.X, Toy.Y);
            trainer(other, Adam.rate(0.01)).seed(78).fit(Toy.X, Toy.Y);
            assertTrue(!Arrays.equals(Toy.bits(one), Toy.bits(other)), "seeds 77 and 78 gave the same weights");
        }
    }

    @Test
    void trainingAgainBeginsAnew() {
        int[] expected = straight(Adam.rate(0.01), 1, 2);
        try (Model model = Toy.model()) {
            trainer(model, Adagrad.rate(0.1)).epochs(3).fit(Toy.X, Toy.Y);
            long bytes = model.network().arena().allocatedBytes();
            model.initialize(5);
            trainer(model, Adam.rate(0.01)).epochs(2).fit(Toy.X, Toy.Y);
            Toy.requireSameBits(expected, Toy.bits(model), "second training");
            for (int again = 0; again < 3; again++) {
                trainer(model, Adam.rate(0.01)).epochs(1).fit(Toy.X, Toy.Y);
            }
            long twin = model.network().parameters().bytes();
            assertTrue(model.network().arena().allocatedBytes() <= bytes + twin + 1024,
                    "memory is taken over, not added");
        }
    }

    @Test
    void paddingsStayZeroThroughATraining() {
        try (Model model = Toy.model()) {
            trainer(model, AdamW.rate(0.01)).epochs(2).fit(Toy.X, Toy.Y);
            int[] trained = Toy.bits(model);
            for (Weight weight : model.weights()) {
                Tensor values = weight.get();
                weight.set(Tensor.zeros(weight.shape().toArray()));
                weight.set(values);
            }
            Toy.requireSameBits(trained, Toy.bits(model), "written again without paddings");
            for (Weight weight : model.weights()) {
                weight.set(Tensor.zeros(weight.shape().toArray()));
            }
            Toy.requireSameBits(new int[trained.length], Toy.bits(model), "paddings");
        }
    }

    /**
     * A compiled step from loading to update, with dropout, weights, metrics, clipping and callbacks. Stops at the first ten
     * steps free of allocation.
     */
    @Test
    void aStepAllocatesNothing() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] last = new long[1];
        int[] free = new int[1];
        Callback meter = new Callback() {
            @Override
            public void onBatchEnd(Training training) {
                long now = threads.getCurrentThreadAllocatedBytes();
                free[0] = now == last[0] || training.batch() == 1 ? free[0] + 1 : 0;
                if (free[0] >= 10) {
                    training.stop("free of allocation");
                }
                last[0] = threads.getCurrentThreadAllocatedBytes();
            }
        };
        try (Model model = Toy.model()) {
            Tensor weights = Tensor.zeros(Toy.SAMPLES);
            History history = trainer(model, Adam.rate(0.001).globalClipNorm(0.01))
                    .metrics(Metric.MAE, Metric.ACCURACY).epochs(20_000).callbacks(meter, new Callback() {})
                    .batchSize(3)
                    .fit(Toy.X, Toy.Y, weights);
            assertEquals("free of allocation", history.stopped());
        }
    }
}
