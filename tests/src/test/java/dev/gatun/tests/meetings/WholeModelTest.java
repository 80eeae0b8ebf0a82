package dev.gatun.tests.meetings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Gru;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.LstmCell;
import dev.gatun.layers.Mask;
import dev.gatun.layers.Rnn;
import dev.gatun.layers.Sequences;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.runtime.TimeMajor;
import dev.gatun.layers.serve.LayerStates;
import dev.gatun.layers.serve.Predicted;
import dev.gatun.layers.serve.Predictor;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Samples;
import dev.gatun.layers.train.Sgd;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.gradients.RandomWeights;
import dev.gatun.tests.kernels.Bits;
import dev.gatun.tests.own.MinimalGatedCell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Doors of a model, each with the others: order of the axes and of the samples, lengths, masks, states from run to run. */
final class WholeModelTest {

    private static final int TIME = 5;

    private static Model model(boolean timeMajor, boolean stateful) {
        Input input = timeMajor ? Input.sequence(2).timeMajor() : Input.sequence(2);
        return RandomWeights
                .into(Sequential.of(input, Lstm.units(3).returnSequences().stateful(stateful).named("first"),
                        Rnn.of(MinimalGatedCell.units(4)).returnSequences().stateful(stateful).named("second"),
                        Dense.units(2)), 0.9f, 3);
    }

    private static Tensor x(int samples) {
        return Tensor.of(EnginePass.uniform(samples * TIME * 2, 1.5f, 2), samples, TIME, 2);
    }

    private static Mask lengths(int samples) {
        int[] lengths = new int[samples];
        Arrays.setAll(lengths, sample -> (sample * 3 + 1) % (TIME + 1));
        return Mask.lengths(lengths);
    }

    private static Tensor turned(Tensor tensor) {
        return TimeMajor.exchanged(tensor, 3);
    }

    /** States are samples first whichever way the sequences lie; more samples than run at a time. */
    @Test
    void timeMajorModelsTellTheirStates() {
        Tensor x = x(70);
        try (Model first = model(false, false);
                Model major = model(true, false);
                Predictor predictor = major.predictor()) {
            for (Mask mask : List.of(Mask.NONE, lengths(70))) {
                Predicted expected = first.predictWithStates(List.of(x), List.of(mask), LayerStates.ZERO);
                Predicted got = major.predictWithStates(List.of(turned(x)), List.of(mask), LayerStates.ZERO);
                for (int round = 0; round < 2; round++) {
                    Bits.same(turned(got.output()).toArray(), expected.output().toArray(), "output");
                    Bits.same(got.states().c("first").toArray(), expected.states().c("first").toArray(), "c");
                    Bits.same(got.states().h("second").toArray(), expected.states().h("second").toArray(), "h");
                    expected = first.predictWithStates(List.of(x), List.of(mask), expected.states());
                    got = predictor.predictWithStates(List.of(turned(x)), List.of(mask), got.states());
                }
            }
        }
    }

    /** Each sequence of a list has its steps first in any case. */
    @Test
    void sequencesOfTheirOwnLengthGoIntoTimeMajorModels() {
        List<Tensor> all = new ArrayList<>();
        for (int sample = 0; sample < 40; sample++) {
            int time = 1 + sample * 7 % 5;
            all.add(Tensor.of(EnginePass.uniform(time * 2, 1, sample), time, 2));
        }
        Sequences x = Sequences.of(all);
        try (Model first = model(false, false);
                Model major = model(true, false);
                Predictor predictor = major.predictor()) {
            List<Tensor> expected = first.predict(x);
            List<Tensor> got = major.predict(x);
            List<Tensor> other = predictor.predict(x);
            for (int sample = 0; sample < 40; sample++) {
                assertEquals(expected.get(sample).shape(), got.get(sample).shape());
                Bits.same(got.get(sample).toArray(), expected.get(sample).toArray(), "sample " + sample);
                Bits.same(other.get(sample).toArray(), expected.get(sample).toArray(), "sample " + sample);
            }
        }
    }

    @Test
    void timeMajorModelsAreTrainedAsTheOthers() {
        Tensor x = x(9);
        Tensor y = Tensor.of(EnginePass.uniform(9 * TIME * 2, 1, 8), 9, TIME, 2);
        List<Tensor> own = new ArrayList<>();
        List<Tensor> targets = new ArrayList<>();
        for (int sample = 0; sample < 9; sample++) {
            own.add(Tensor.of(EnginePass.uniform((1 + sample % 5) * 2, 1, sample), 1 + sample % 5, 2));
            targets.add(Tensor.of(EnginePass.uniform((1 + sample % 5) * 2, 1, 90 + sample), 1 + sample % 5, 2));
        }
        Samples lists = Samples.of(Sequences.of(own), Sequences.of(targets));
        Samples turnedLists = Samples.of(turned(lists.x().getFirst()), turned(lists.y().getFirst()))
                .masked(lists.masks().getFirst());
        for (boolean stateful : new boolean[] {false, true}) {
            try (Model first = model(false, stateful); Model major = model(true, stateful)) {
                train(first, Samples.of(x, y).masked(lengths(9)), 0);
                train(major, Samples.of(turned(x), turned(y)).masked(lengths(9)), 0);
                sameWeights(major, first, "given masks, stateful " + stateful);
                train(first, lists, 0);
                train(major, turnedLists, 0);
                sameWeights(major, first, "sequences, stateful " + stateful);
                if (!stateful) {
                    train(first, Samples.of(x, y).masked(lengths(9)), 2);
                    train(major, Samples.of(turned(x), turned(y)).masked(lengths(9)), 2);
                    sameWeights(major, first, "in chunks");
                }
            }
        }
    }

    private static void train(Model model, Samples samples, int chunk) {
        Trainer trainer = Trainer.of(model).loss(Loss.MSE).optimizer(Sgd.rate(0.1)).epochs(2).batchSize(4)
                .shuffle(false);
        (chunk == 0 ? trainer : trainer.truncatedBptt(chunk)).fit(samples);
    }

    private static void sameWeights(Model got, Model expected, String what) {
        for (int w = 0; w < expected.weights().size(); w++) {
            Bits.same(got.weights().get(w).get().toArray(), expected.weights().get(w).get().toArray(),
                    what + ", " + expected.weights().get(w).name());
        }
    }

    @Test
    void statefulTimeMajorModelsGoOn() {
        Tensor x = x(40);
        try (Model first = model(false, true); Model major = model(true, true)) {
            for (int call = 0; call < 3; call++) {
                Mask mask = call == 1 ? lengths(40) : Mask.NONE;
                Bits.same(turned(major.predict(turned(x), mask)).toArray(), first.predict(x, mask).toArray(),
                        "call " + call);
            }
        }
    }

    /** Samples of a stateful model stay in their order, whatever their masks are, so that each goes on from itself. */
    @Test
    void masksDoNotMoveTheSamplesOfAStatefulModel() {
        Tensor x = x(70);
        try (Model model = model(false, true);
                Model plain = model(false, false);
                Predictor predictor = model.predictor()) {
            Predicted whole = plain.predictWithStates(List.of(x), List.of(lengths(70)), LayerStates.ZERO);
            Bits.same(model.predict(x, lengths(70)).toArray(), whole.output().toArray(), "first");
            Bits.same(model.predict(x).toArray(),
                    plain.predictWithStates(x, whole.states()).output().toArray(), "second");
            Bits.same(predictor.predict(List.of(x), List.of(lengths(70))).getFirst().toArray(),
                    whole.output().toArray(), "a predictor's first");
            Bits.same(predictor.predict(x).toArray(), plain.predictWithStates(x, whole.states()).output().toArray(),
                    "a predictor's second");
        }
    }

    /** Sequences of a list are one batch for a stateful model, each going on from that of its place. */
    @Test
    void sequencesOfAStatefulModelGoOnFromThemselves() {
        List<Tensor> all = new ArrayList<>();
        int[] lengths = new int[50];
        for (int sample = 0; sample < lengths.length; sample++) {
            lengths[sample] = 1 + sample * 7 % 5;
            all.add(Tensor.of(EnginePass.uniform(lengths[sample] * 2, 1, sample), lengths[sample], 2));
        }
        Sequences x = Sequences.of(all);
        try (Model model = model(false, true);
                Model plain = model(false, false);
                Predictor predictor = model.predictor()) {
            LayerStates states = LayerStates.ZERO;
            for (int call = 0; call < 2; call++) {
                Predicted expected = plain.predictWithStates(List.of(x.padded()), List.of(x.mask()), states);
                states = expected.states();
                List<Tensor> got = model.predict(x);
                List<Tensor> other = predictor.predict(x);
                for (int sample = 0; sample < lengths.length; sample++) {
                    float[] row = Arrays.copyOf(Steps.rows(expected.output(), sample, 1).toArray(),
                            lengths[sample] * 2);
                    Bits.same(got.get(sample).toArray(), row, "call " + call + ", sample " + sample);
                    Bits.same(other.get(sample).toArray(), row, "predictor, call " + call + ", sample " + sample);
                }
            }
        }
    }

    /** Which samples come after which is what a stateful model learns from. */
    @Test
    void statefulModelsAreNotTrainedInAnotherOrder() {
        try (Model model = model(false, true)) {
            Samples samples = Samples.of(x(8), x(8)).masked(lengths(8));
            refused(() -> Trainer.of(model).loss(Loss.MSE).shuffle(false).groupByLength(true).batchSize(4).fit(samples),
                    "stateful", "groupByLength");
            refused(() -> Trainer.of(model).loss(Loss.MSE).shuffle(false).truncatedBptt(2).fit(samples), "stateful",
                    "truncatedBptt");
        }
    }

    /** The own loop goes on too, and both halves of a Bidirectional do, each where it began. */
    @Test
    void bothDirectionsOfAnRnnGoOn() {
        Tensor x = x(6);
        for (Rnn rnn : List.of(Rnn.of(MinimalGatedCell.units(3)), Rnn.of(LstmCell.units(3)),
                Rnn.stack(LstmCell.units(3), MinimalGatedCell.units(2)))) {
            Rnn half = rnn.returnSequences().stateful();
            try (Model both = halves(Bidirectional.of(half));
                    Model forward = halves(half);
                    Model backward = halves(half.goBackwards())) {
                int each = forward.weights().size();
                for (int i = 0; i < each; i++) {
                    forward.weights().get(i).set(both.weights().get(i).get());
                    backward.weights().get(i).set(both.weights().get(i + each).get());
                }
                int columns = (int) forward.outputShapes().getFirst().last();
                for (int call = 0; call < 3; call++) {
                    float[] got = both.predict(x).toArray();
                    float[] there = forward.predict(x).toArray();
                    float[] back = backward.predict(x).toArray();
                    for (int row = 0; row < 6 * TIME; row++) {
                        int turned = row / TIME * TIME + TIME - 1 - row % TIME;
                        int at = row * 2 * columns;
                        Bits.same(Arrays.copyOfRange(got, at, at + columns),
                                Arrays.copyOfRange(there, row * columns, (row + 1) * columns), "forward");
                        Bits.same(Arrays.copyOfRange(got, at + columns, at + 2 * columns),
                                Arrays.copyOfRange(back, turned * columns, (turned + 1) * columns), "backward");
                    }
                }
            }
        }
    }

    private static Model halves(Layer layer) {
        return RandomWeights.into(Sequential.of(Input.sequence(2), layer), 0.9f, 3);
    }

    private static void refused(Executable what, String... parts) {
        String said = assertThrows(IllegalArgumentException.class, what).getMessage();
        for (String part : parts) {
            assertTrue(said.contains(part), said);
        }
        assertEquals(1, said.lines().count());
    }

    /** A state for each of the samples, whatever batches they run in and however these are sorted. */
    @Test
    void statesOfManySamplesAreEachTheirs() {
        Tensor x = x(70);
        try (Model model = RandomWeights.into(Sequential.of(Input.sequence(2),
                Gru.units(3).returnSequences().learnInitialState().named("first"),
                Lstm.units(3).projection(2).named("second")), 0.9f, 3)) {
            Predicted all = model.predictWithStates(List.of(x), List.of(lengths(70)), LayerStates.ZERO);
            for (int sample = 0; sample < 70; sample += 9) {
                int length = (sample * 3 + 1) % (TIME + 1);
                Predicted one = model.predictWithStates(List.of(Steps.rows(x, sample, 1)),
                        List.of(Mask.lengths(length)), LayerStates.ZERO);
                Bits.same(all.output().row(sample).toArray(), one.output().toArray(), "output of " + sample);
                for (String layer : all.states().layers()) {
                    for (int part = 0; part < all.states().parts(layer).size(); part++) {
                        Bits.same(all.states().parts(layer).get(part).row(sample).toArray(),
                                one.states().parts(layer).get(part).toArray(), layer + " of " + sample);
                    }
                }
            }
        }
    }
}
