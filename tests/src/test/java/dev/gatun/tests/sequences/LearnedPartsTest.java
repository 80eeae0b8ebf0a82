package dev.gatun.tests.sequences;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.ConstantState;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Mask;
import dev.gatun.layers.State;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.serve.LayerStates;
import dev.gatun.layers.serve.ModelStream;
import dev.gatun.layers.serve.Predicted;
import dev.gatun.layers.train.DivergenceException;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Samples;
import dev.gatun.layers.train.Trainer;
import dev.gatun.layers.train.TrainingLoop;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.NormalTensor;
import dev.gatun.tests.kernels.Bits;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a run goes on from another one, and layers begin elsewhere than at zeros. */
final class LearnedPartsTest {

    private static final int FEATURES = 3;
    private static final int UNITS = 4;

    private static Model learned() {
        Model model = Sequential.of(Input.sequence(FEATURES),
                Lstm.units(UNITS).returnSequences().learnInitialState().named("lstm"));
        model.weight("lstm/initial_h").set(NormalTensor.of(1, UNITS));
        model.weight("lstm/initial_c").set(NormalTensor.of(2, UNITS));
        return model;
    }

    private static Tensor steps(Tensor x, int first, int count) {
        int samples = (int) x.shape().dim(0);
        Tensor part = Tensor.zeros(samples, count, FEATURES);
        for (int b = 0; b < samples; b++) {
            for (int t = 0; t < count; t++) {
                for (int f = 0; f < FEATURES; f++) {
                    part.set(x.get(b, first + t, f), b, t, f);
                }
            }
        }
        return part;
    }

    /** A part that begins with steps left out shows what the part before has shown last. */
    @Test
    void partsWithGapsHaveTheBitsOfTheWhole() {
        Tensor x = NormalTensor.of(3, 2, 5, FEATURES);
        boolean[][] counts = {{true, true, false, false, true}, {false, false, false, true, true}};
        boolean[][] before = {{true, true}, {false, false}};
        boolean[][] after = {{false, false, true}, {false, true, true}};
        try (Model model = learned()) {
            Tensor whole = model.predict(x, Mask.of(counts));
            Predicted first = model.predictWithStates(List.of(steps(x, 0, 2)),
                    List.of(Mask.of(before)), LayerStates.ZERO);
            Predicted second = model.predictWithStates(List.of(steps(x, 2, 3)),
                    List.of(Mask.of(after)), first.states());
            for (int u = 0; u < UNITS; u++) {
                for (int t = 0; t < 5; t++) {
                    Tensor part = (t < 2 ? first : second).outputs().getFirst();
                    assertEquals(whole.get(0, t, u), part.get(0, t < 2 ? t : t - 2, u), "step " + t);
                }
                assertEquals(whole.get(1, 4, u), second.outputs().getFirst().get(1, 2, u));
            }
        }
    }

    @Test
    void aStreamThatHasNotBegunHandsOnNothing() {
        Tensor x = NormalTensor.of(4, 1, FEATURES);
        try (Model model = learned(); ModelStream fresh = model.stream(); ModelStream other = model.stream()) {
            other.goOnFrom(fresh.states());
            for (int step = 0; step < 2; step++) {
                Tensor expected = Tensor.zeros(1, UNITS);
                Tensor got = Tensor.zeros(1, UNITS);
                fresh.step(x.segment(), expected.segment());
                other.step(x.segment(), got.segment());
                Bits.same(expected.toArray(), got.toArray(), "step " + step);
                other.goOnFrom(fresh.states());
            }
        }
    }

    /** Sample i begins at row i, however long it is. */
    @Test
    void constantsOfSamplesKeepTheirOrder() {
        Input x = Input.batchShape(2, -1, FEATURES);
        Tensor h = NormalTensor.of(5, 2, UNITS);
        Tensor c = NormalTensor.of(6, 2, UNITS);
        var state = State.of(ConstantState.of(h).on(x), ConstantState.of(c).on(x));
        Tensor data = NormalTensor.of(7, 2, 4, FEATURES);
        try (Model model = Model.of(x, Lstm.units(UNITS).on(x, state))) {
            Tensor whole = model.predict(data);
            Tensor ragged = model.predict(data, Mask.lengths(2, 4));
            for (int u = 0; u < UNITS; u++) {
                assertEquals(whole.get(1, u), ragged.get(1, u));
            }
        }
    }

    /** What was no number is nowhere afterwards. */
    @Test
    void aBatchThatDivergesLeavesStatesAsTheyWere() {
        try (Model model = Sequential.of(Input.sequence(FEATURES),
                Lstm.units(UNITS).stateful().activation("linear").named("lstm"));
                TrainingLoop loop = Trainer.of(model).loss(Loss.MSE).shuffle(false).open()) {
            Tensor y = Tensor.zeros(1, UNITS);
            Tensor kernel = Tensor.zeros(FEATURES, 4 * UNITS);
            for (int i = 0; i < FEATURES * 4 * UNITS; i++) {
                kernel.set(2, i / (4 * UNITS), i % (4 * UNITS));
            }
            Tensor trained = model.weight("lstm/kernel").get();
            model.weight("lstm/kernel").set(kernel);
            // As large as a float can be, so that a product of it is none.
            Tensor large = Tensor.zeros(1, 3, FEATURES);
            large.segment().fill((byte) 0x7f);
            assertThrows(DivergenceException.class, () -> loop.step(Samples.of(large, y)));
            model.weight("lstm/kernel").set(trained);
            assertTrue(Double.isFinite(loop.step(Samples.of(NormalTensor.of(8, 1, 3, FEATURES), y))));
        }
    }
}
