package dev.gatun.tests.sequences;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Conv1D;
import dev.gatun.layers.Dense;
import dev.gatun.layers.GlobalAveragePooling1D;
import dev.gatun.layers.GlobalMaxPooling1D;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.MaxPooling1D;
import dev.gatun.layers.Sequences;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.nested.Nested;
import dev.gatun.layers.serve.LayerStates;
import dev.gatun.layers.serve.ModelStream;
import dev.gatun.layers.serve.Predicted;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Samples;
import dev.gatun.layers.train.Sgd;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.NormalTensor;
import dev.gatun.tests.kernels.Bits;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Causal convolutions step by step and in parts, from the inputs that were carried; and what convolutions make of lengths. */
final class CausalStepsTest {

    private static final int SAMPLES = 5;
    private static final int TIME = 13;

    /** Looks back 2, 4 and 0 steps in its convolutions. */
    private static Model stack() {
        Model model = Sequential.of(Input.sequence(3),
                Conv1D.of(6, 3).padding("causal").activation("relu").named("near"),
                Nested.chain(Input.sequence(6), Conv1D.of(20, 2).padding("causal").dilationRate(4).named("far"))
                        .named("inner"),
                Lstm.units(7).returnSequences().named("lstm"), Conv1D.of(4, 1).named("point"), Dense.units(2));
        model.initialize(3);
        return model;
    }

    private static Tensor x() {
        return NormalTensor.of(1, SAMPLES, TIME, 3);
    }

    private static Tensor steps(Tensor x, int from, int to) {
        int features = (int) x.shape().last();
        int time = (int) x.shape().dim(1);
        int samples = (int) x.shape().dim(0);
        float[] part = new float[samples * (to - from) * features];
        for (int sample = 0; sample < samples; sample++) {
            System.arraycopy(x.toArray(), (sample * time + from) * features, part, sample * (to - from) * features,
                    (to - from) * features);
        }
        return Tensor.of(part, samples, to - from, features);
    }

    private static float[] stepped(ModelStream stream, Tensor x, int t) {
        float[] made = new float[stream.outputLength()];
        stream.step(MemorySegment.ofArray(steps(x, t, t + 1).toArray()), MemorySegment.ofArray(made));
        return made;
    }

    @Test
    void aStreamHasTheBitsOfTheWhole() {
        Tensor x = x();
        try (Model model = stack(); ModelStream stream = model.stream(SAMPLES)) {
            Tensor whole = model.predict(x);
            for (int round = 0; round < 2; round++) {
                for (int t = 0; t < TIME; t++) {
                    Bits.same(stepped(stream, x, t), steps(whole, t, t + 1).toArray(), "step " + t);
                }
                stream.reset();
            }
        }
    }

    @Test
    void partsOfAnyLengthHaveTheBitsOfTheWhole() {
        Tensor x = x();
        try (Model model = stack(); ModelStream stream = model.stream(SAMPLES)) {
            Tensor whole = model.predict(x);
            for (int[] cuts : new int[][] {{0, 6, 13}, {0, 1, 2, 3, 13}, {0, 12, 13}, {0, 3, 4, 9}}) {
                LayerStates states = LayerStates.ZERO;
                for (int i = 1; i < cuts.length; i++) {
                    Predicted got = model.predictWithStates(steps(x, cuts[i - 1], cuts[i]), states);
                    Bits.same(got.output().toArray(), steps(whole, cuts[i - 1], cuts[i]).toArray(),
                            Arrays.toString(cuts) + " part " + i);
                    states = got.states();
                }
                assertEquals(List.of("near", "inner/far", "lstm"), List.copyOf(states.layers()));
                assertEquals(Shape.of(SAMPLES, 6), states.h("near").shape());
                assertEquals(Shape.of(SAMPLES, 24), states.h("inner/far").shape());
                int last = cuts[cuts.length - 1];
                Bits.same(states.h("near").toArray(), steps(x, last - 2, last).toArray(), "the last two inputs");
                stream.goOnFrom(states);
                for (int t = last; t < TIME; t++) {
                    Bits.same(stepped(stream, x, t), steps(whole, t, t + 1).toArray(), "behind a part, step " + t);
                }
            }
        }
    }

    /** The second chunk reads the inputs of the first, as a convolution without padding does that is given both. */
    @Test
    void chunksOfATrainingReadTheInputsBefore() {
        Tensor x = NormalTensor.of(2, SAMPLES, 8, 3);
        Tensor y = NormalTensor.of(3, SAMPLES, 8, 4);
        Conv1D causal = Conv1D.of(4, 3).padding("causal").activation("tanh").named("conv");
        try (Model cut = Sequential.of(Input.sequence(3), causal);
                Model first = Sequential.of(Input.sequence(3), causal);
                Model second = Sequential.of(Input.sequence(3), causal.padding("valid"))) {
            cut.initialize(5);
            first.initialize(5);
            trainer(cut).batchSize(SAMPLES).epochs(1).shuffle(false).truncatedBptt(4).fit(x, y);
            trainer(first).trainOnBatch(Samples.of(steps(x, 0, 4), steps(y, 0, 4)));
            copy(first, second);
            trainer(second).trainOnBatch(Samples.of(steps(x, 2, 8), steps(y, 4, 8)));
            for (Weight weight : cut.weights()) {
                Bits.same(weight.get().toArray(), second.weight(weight.name()).get().toArray(), weight.name());
            }
        }
    }

    private static Trainer trainer(Model model) {
        return Trainer.of(model).optimizer(Sgd.rate(0.1)).loss(Loss.MSE);
    }

    private static void copy(Model from, Model to) {
        for (Weight weight : to.weights()) {
            weight.set(from.weight(weight.name()).get());
        }
    }

    /** Whatever lets go of the mask reads no padding of another length. */
    @Test
    void sequencesOfSeveralLengthsHaveTheBitsThatTheyHaveAlone() {
        List<Tensor> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            all.add(NormalTensor.of(i, 4 + i * 7 % 5, 3));
        }
        Sequences x = Sequences.of(all);
        List<List<Layer>> stacks = List.of(
                List.of(Conv1D.of(5, 3).padding("same"), Conv1D.of(4, 3).padding("same"), GlobalMaxPooling1D.of()),
                List.of(Conv1D.of(5, 3), MaxPooling1D.of(2), Lstm.units(3)),
                List.of(Conv1D.of(5, 2), Lstm.units(3).returnSequences()),
                List.of(Lstm.units(5).returnSequences(), Conv1D.of(4, 3).padding("same"), GlobalAveragePooling1D.of()));
        for (List<Layer> layers : stacks) {
            List<Layer> chain = new ArrayList<>(List.of(Input.sequence(3)));
            chain.addAll(layers);
            try (Model model = Sequential.of(chain.toArray(Layer[]::new))) {
                model.initialize(8);
                List<Tensor> made = model.predict(x);
                for (int i = 0; i < all.size(); i++) {
                    Tensor alone = model.predict(all.get(i).reshape(1, x.lengths()[i], 3));
                    long[] shape = alone.shape().toArray();
                    assertArrayEquals(Arrays.copyOfRange(shape, 1, shape.length), made.get(i).shape().toArray());
                    Bits.same(made.get(i).toArray(), alone.toArray(), layers + ", sequence " + i);
                }
            }
        }
    }

    @Test
    void whatCannotRunStepByStepSaysWhy() {
        for (Conv1D conv : List.of(Conv1D.of(2, 3), Conv1D.of(2, 3).padding("same"),
                Conv1D.of(2, 3).padding("causal").strides(2))) {
            try (Model model = Sequential.of(Input.sequence(3), conv.named("conv"))) {
                String said = assertThrows(IllegalArgumentException.class, model::stream).getMessage();
                assertTrue(said.contains("'conv'") && said.contains(conv.strides() > 1
                        ? "strides"
                        : "padding '" + conv.padding().keyword() + "'"), said);
            }
        }
    }

    @Test
    void aSequenceThatIsTooShortIsRefused() {
        try (Model model = Sequential.of(Input.sequence(3), Conv1D.of(2, 3).dilationRate(2).named("conv"))) {
            String said = assertThrows(RuntimeException.class, () -> model.predict(Tensor.zeros(1, 4, 3))).getMessage();
            assertTrue(said.contains("'conv'") && said.contains("5 steps") && said.contains("(1, 4, 3)"), said);
            assertEquals(Shape.of(1, 1, 2), model.predict(Tensor.zeros(1, 5, 3)).shape());
        }
    }

    @Test
    void groupsMustDivideBoth() {
        for (Conv1D conv : List.of(Conv1D.of(4, 2).groups(2), Conv1D.of(4, 2).groups(3))) {
            String said = assertThrows(IllegalArgumentException.class,
                    () -> Sequential.of(Input.sequence(3), conv.named("conv"))).getMessage();
            assertTrue(said.contains("'conv'") && said.contains("groups=" + conv.groups()), said);
        }
    }
}
