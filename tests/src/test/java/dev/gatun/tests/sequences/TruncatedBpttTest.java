package dev.gatun.tests.sequences;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.Gru;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Mask;
import dev.gatun.layers.Node;
import dev.gatun.layers.RecurrentOutput;
import dev.gatun.layers.State;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Samples;
import dev.gatun.layers.train.Sgd;
import dev.gatun.layers.train.Trainer;
import dev.gatun.layers.train.TrainingLoop;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.NormalTensor;
import dev.gatun.tests.kernels.Bits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Issue G: truncated back-propagation through time, beside models that are given the state of each chunk as data. */
final class TruncatedBpttTest {

    private static final int SAMPLES = 9;
    private static final int TIME = 11;
    private static final int UNITS = 5;

    @TempDir
    private Path folder;

    private static final Tensor X = NormalTensor.of(1, SAMPLES, TIME, 3);
    private static final Tensor Y = NormalTensor.of(2, SAMPLES, TIME, 1);
    /**
     * The longest first, as a batch is trained: a chunk by itself would be sorted by what it holds, and sums over its rows have
     * other bits in another order.
     */
    private static final Mask SORTED = Mask.lengths(11, 10, 8, 7, 5, 4, 3, 1, 0);
    private static final Mask LENGTHS = Mask.lengths(11, 3, 7, 0, 4, 10, 8, 5, 1);

    private static Model model() {
        Model model = Sequential.of(Input.shape(TIME, 3), Lstm.units(UNITS).returnSequences().named("first"),
                Gru.units(4).returnSequences().named("second"), Dropout.rate(0.2), Dense.units(1).named("end"));
        model.initialize(7);
        return model;
    }

    private static Trainer trainer(Model model) {
        return Trainer.of(model).optimizer(Adam.rate(0.01)).loss(Loss.MSE).batchSize(4).epochs(3).seed(5);
    }

    private static List<float[]> weights(Model model) {
        return model.weights().stream().map(weight -> weight.get().toArray()).toList();
    }

    /** Whatever is more than a chunk. */
    @Test
    void sequencesThatFitAChunkAreTrainedAsWithout() {
        Samples samples = Samples.of(X, Y).weighted(NormalTensor.of(3, SAMPLES, TIME)).masked(LENGTHS);
        try (Model plain = model(); Model equal = model(); Model longer = model()) {
            trainer(plain).fit(samples);
            trainer(equal).truncatedBptt(TIME).fit(samples);
            trainer(longer).truncatedBptt(1000).fit(samples);
            Bits.same(weights(equal), weights(plain), "a chunk is the sequence");
            Bits.same(weights(longer), weights(plain), "a chunk is longer");
        }
    }

    private static Tensor steps(Tensor x, int from, int to) {
        int features = x.shape().rank() == 2 ? 1 : (int) x.shape().last();
        float[] part = new float[SAMPLES * (to - from) * features];
        for (int sample = 0; sample < SAMPLES; sample++) {
            System.arraycopy(x.toArray(), (sample * TIME + from) * features, part, sample * (to - from) * features,
                    (to - from) * features);
        }
        return x.shape().rank() == 2
                ? Tensor.of(part, SAMPLES, to - from)
                : Tensor.of(part, SAMPLES, to - from, features);
    }

    private static Mask steps(Mask mask, int from, int to) {
        int[] all = mask.steps("x", X.shape()).toIntArray();
        boolean[][] counts = new boolean[SAMPLES][to - from];
        for (int sample = 0; sample < SAMPLES; sample++) {
            for (int t = from; t < to; t++) {
                counts[sample][t - from] = all[sample * TIME + t] != 0;
            }
        }
        return Mask.of(counts);
    }

    /** The same model with the states as inputs and outputs: what is given as data has no gradient. */
    private static Model withStates() {
        Input x = Input.sequence(3).named("x");
        List<Input> begins = List.of(Input.shape(UNITS).named("h1"), Input.shape(UNITS).named("c1"),
                Input.shape(4).named("h2"));
        RecurrentOutput first = Lstm.units(UNITS).returnSequences().returnState().named("first")
                .on(x, State.of(begins.get(0), begins.get(1)));
        RecurrentOutput second = Gru.units(4).returnSequences().returnState().named("second")
                .on(first.sequence(), State.of(begins.get(2)));
        List<Input> inputs = new ArrayList<>(List.of(x));
        inputs.addAll(begins);
        return Model.of(inputs, List.<Node>of(Dense.units(1).named("end").on(second.sequence()), first.state().h(),
                first.state().c(), second.state().h()));
    }

    private static Model undropped() {
        Model model = Sequential.of(Input.shape(TIME, 3), Lstm.units(UNITS).returnSequences().named("first"),
                Gru.units(4).returnSequences().named("second"), Dense.units(1).named("end"));
        model.initialize(7);
        return model;
    }

    /** A step for each chunk, states carried as they were before the step, gradients cut, masks and weights cut along. */
    @Test
    void aChunkIsATrainingStepFromTheStateOfTheOneBefore() {
        Tensor stepWeights = NormalTensor.of(3, SAMPLES, TIME);
        for (Mask mask : List.of(Mask.NONE, SORTED)) {
            for (int chunk : new int[] {1, 4, 10}) {
                try (Model model = undropped(); Model twin = withStates()) {
                    for (Weight weight : twin.weights()) {
                        weight.set(model.weight(weight.name()).get());
                    }
                    Trainer.of(model).optimizer(Sgd.rate(0.1).momentum(0.9)).loss(Loss.MSE).batchSize(SAMPLES)
                            .shuffle(false).truncatedBptt(chunk)
                            .fit(Samples.of(X, Y).weighted(stepWeights).masked(mask));
                    Trainer trainer = Trainer.of(twin).optimizer(Sgd.rate(0.1).momentum(0.9)).loss("end", Loss.MSE);
                    List<Tensor> states = List.of(Tensor.zeros(SAMPLES, UNITS), Tensor.zeros(SAMPLES, UNITS),
                            Tensor.zeros(SAMPLES, 4));
                    for (int from = 0; from < TIME; from += chunk) {
                        int to = Math.min(TIME, from + chunk);
                        List<Tensor> x = new ArrayList<>(List.of(steps(X, from, to)));
                        x.addAll(states);
                        List<Mask> masks = List.of(mask.isNone() ? mask : steps(mask, from, to), Mask.NONE, Mask.NONE,
                                Mask.NONE);
                        states = twin.predict(x, masks).subList(1, 4);
                        trainer.trainOnBatch(new Samples(x, List.of(steps(Y, from, to)),
                                List.of(steps(stepWeights, from, to)), masks));
                    }
                    for (Weight weight : twin.weights()) {
                        Bits.same(model.weight(weight.name()).get().toArray(), weight.get().toArray(),
                                weight.name() + ", chunks of " + chunk + ", " + mask);
                    }
                }
            }
        }
    }

    /** Chunks behind the end of every sequence make no step, and the padding of a batch costs no momentum. */
    @Test
    void chunksInWhichNothingCountsAreLeftOut() {
        Mask shorter = Mask.lengths(4, 3, 4, 0, 4, 2, 1, 4, 1);
        Input open = Input.sequence(3);
        try (Model model = undropped();
                Model cut = Model.of(open, Dense.units(1).named("end").on(Gru.units(4).returnSequences().named("second")
                        .on(Lstm.units(UNITS).returnSequences().named("first").on(open).sequence()).sequence()))) {
            for (Weight weight : cut.weights()) {
                weight.set(model.weight(weight.name()).get());
            }
            Trainer.of(model).optimizer(Adam.rate(0.01)).loss(Loss.MSE).batchSize(SAMPLES).epochs(3).truncatedBptt(4)
                    .fit(Samples.of(X, Y).masked(shorter));
            Trainer.of(cut).optimizer(Adam.rate(0.01)).loss(Loss.MSE).batchSize(SAMPLES).epochs(3)
                    .fit(Samples.of(steps(X, 0, 4), steps(Y, 0, 4)).masked(shorter));
            assertEquals(3, model.trainingState().orElseThrow().steps());
            Bits.same(weights(model), weights(cut), "sequences without their padding");
        }
    }

    @Test
    void everyRunOnAnyNumberOfThreadsAndResumedHasTheSameBits() throws IOException {
        Samples samples = Samples.of(X, Y).masked(LENGTHS);
        try (Model straight = model(); Model threads = model().threads(3); Model half = model()) {
            trainer(straight).truncatedBptt(4).epochs(4).fit(samples);
            trainer(threads).truncatedBptt(4).epochs(4).fit(samples);
            Bits.same(weights(threads), weights(straight), "three threads");
            trainer(half).truncatedBptt(4).epochs(2).fit(samples);
            Path file = folder.resolve("half.gatun");
            half.save(file);
            try (Model loaded = Model.load(file)) {
                trainer(loaded).truncatedBptt(4).epochs(4).resume().fit(samples);
                Bits.same(weights(loaded), weights(straight), "resumed");
                assertEquals(straight.trainingState().orElseThrow().steps(),
                        loaded.trainingState().orElseThrow().steps());
            }
        }
    }

    /** A loop of the user's own: a step makes one for each chunk, or all chunks are accumulated for one. */
    @Test
    void loopsOfOnesOwnGoInChunks() {
        Samples samples = Samples.of(X, Y);
        try (Model fitted = model(); Model stepped = model(); Model gathered = model()) {
            trainer(fitted).truncatedBptt(4).epochs(1).batchSize(SAMPLES).shuffle(false).fit(samples);
            try (TrainingLoop loop = trainer(stepped).truncatedBptt(4).open()) {
                double loss = loop.step(samples);
                assertEquals(loop.values().get("loss"), loss, 1e-6);
                assertEquals(3, loop.steps());
                loop.endEpoch();
            }
            Bits.same(weights(stepped), weights(fitted), "a loop");
            try (TrainingLoop loop = trainer(gathered).truncatedBptt(4).open()) {
                loop.accumulate(samples);
                loop.update();
                assertEquals(1, loop.steps());
            }
        }
    }

    @Test
    void whatCannotBeCutIsRefused() {
        says("LSTM 'first' returns its last step only", "returnSequences()", Lstm.units(3).named("first"),
                Dense.units(1));
        says("Bidirectional 'both' goes both ways", "train without truncatedBptt",
                Bidirectional.of(Lstm.units(3).returnSequences()).named("both"), Dense.units(1));
        says("LSTM 'back' goes backwards", "train without truncatedBptt",
                Lstm.units(3).returnSequences().goBackwards().named("back"), Dense.units(1));
        Input in = Input.sequence(3);
        RecurrentOutput first = Lstm.units(4).returnSequences().returnState().named("first").on(in);
        RecurrentOutput second = Lstm.units(4).returnSequences().named("second").on(first.sequence(), first.state());
        Input flat = Input.shape(4).named("flat");
        try (Model begins = Model.of(in, Dense.units(1).on(second));
                Model state = Model.of(in, first.sequence(), Dense.units(1).named("end").on(first.state().h()));
                Model two = Model.of(List.of(in, flat), List.of(first.sequence(), Dense.units(2).on(flat)))) {
            refuses(Trainer.of(begins).loss(Loss.MSE), "LSTM 'second' begins at a state");
            refuses(Trainer.of(state).loss("end", Loss.MSE),
                    "output 'end' of shape (None, 1) has no value for each step");
            refuses(Trainer.of(two).loss("first", Loss.MSE), "input 'flat' of shape (None, 4) has no steps to cut");
        }
        try (Model model = model()) {
            assertTrue(assertThrows(IllegalArgumentException.class, () -> Trainer.of(model).truncatedBptt(0))
                    .getMessage().contains("at least 1 step, got 0"));
        }
    }

    private static void says(String what, String fix, Layer... layers) {
        Input in = Input.sequence(3);
        Node node = in;
        for (Layer layer : layers) {
            node = layer.on(node);
        }
        try (Model model = Model.of(in, node)) {
            refuses(Trainer.of(model).loss(Loss.MSE), what, fix);
        }
    }

    private static void refuses(Trainer trainer, String... parts) {
        String message = assertThrows(IllegalArgumentException.class, () -> trainer.truncatedBptt(2).open().close())
                .getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }
}
