package dev.gatun.tests.gradients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.engine.rnn.RecurrentMemory;
import dev.gatun.engine.rnn.RecurrentSizes;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Node;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.StatefulInputs;
import dev.gatun.tests.kernels.Bits;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Gradients that meet: of an initial state nobody gave, of an input that two directions read, of a long sequence. */
final class StateGradientTest {

    private static final int BATCH = 3;
    private static final int TIME = 4;
    private static final int INPUTS = 5;
    private static final int UNITS = 19;

    @Test
    void aStateOfZerosIsAnInputOfZeros() {
        StatefulInputs inputs = StatefulInputs.of(Input.shape(TIME, INPUTS), UNITS);
        Lstm lstm = Lstm.units(UNITS).named("lstm");
        try (Model alone = Sequential.of(Input.shape(TIME, INPUTS), lstm);
                Model given = inputs.to(inputs.through(lstm))) {
            fill(alone);
            fill(given);
            Tensor values = sequence();
            List<Tensor> all = List.of(values, Tensor.zeros(BATCH, UNITS), Tensor.zeros(BATCH, UNITS));
            List<float[]> cotangents = EnginePass.cotangents(alone, List.of(values), 9);
            EnginePass first = EnginePass.of(alone, List.of(values), cotangents);
            assertEquals(2, first.states().get("lstm").size());
            // Twice: a plan's second run must not add to what the first one left.
            for (int run = 0; run < 2; run++) {
                EnginePass second = EnginePass.of(given, all, cotangents);
                Bits.same(first.outputs().getFirst(), second.outputs().getFirst(), "output");
                Bits.same(first.states().get("lstm").get(0), second.inputs().get(1), "gradient of h");
                Bits.same(first.states().get("lstm").get(1), second.inputs().get(2), "gradient of c");
            }
        }
    }

    /** The gradient of x is the sum of what both directions give, in every run of a plan. */
    @Test
    void twoDirectionsReadOneInput() {
        Input x = Input.shape(TIME, INPUTS);
        Node forwards = Lstm.units(UNITS).named("forwards").on(x);
        Node backwards = Lstm.units(UNITS).goBackwards().named("backwards").on(x);
        try (Model both = Model.of(List.of(x), List.of(forwards, backwards));
                Model one = Sequential.of(Input.shape(TIME, INPUTS), Lstm.units(UNITS).named("forwards"));
                Model other = Sequential.of(Input.shape(TIME, INPUTS),
                        Lstm.units(UNITS).goBackwards().named("backwards"))) {
            List.of(both, one, other).forEach(StateGradientTest::fill);
            List<Tensor> values = List.of(sequence());
            List<float[]> cotangents = EnginePass.cotangents(both, values, 9);
            float[] sum = EnginePass.of(one, values, cotangents.subList(0, 1)).inputs().getFirst();
            float[] part = EnginePass.of(other, values, cotangents.subList(1, 2)).inputs().getFirst();
            for (int run = 0; run < 3; run++) {
                float[] got = EnginePass.of(both, values, cotangents).inputs().getFirst();
                for (int i = 0; i < got.length; i++) {
                    assertEquals(sum[i] + part[i], got[i], 1e-6f, "gradient " + i + " in run " + run);
                }
            }
        }
    }

    /** Inference holds the gates of some steps at a time, training those of all steps: the same bits. */
    @Test
    void aSequenceLongerThanAChunk() {
        int chunk = RecurrentMemory.chunk(new RecurrentSizes(BATCH, 1 << 20, INPUTS, UNITS, 4));
        int time = chunk + 7;
        assertEquals(chunk, RecurrentMemory.chunk(new RecurrentSizes(BATCH, time, INPUTS, UNITS, 4)));
        try (Model model = Sequential.of(Input.sequence(INPUTS), Lstm.units(UNITS).returnSequences())) {
            fill(model);
            Tensor x = Tensor.of(EnginePass.uniform(BATCH * time * INPUTS, 1, 4), BATCH, time, INPUTS);
            List<float[]> cotangents = EnginePass.cotangents(model, List.of(x), 9);
            EnginePass pass = EnginePass.of(model, List.of(x), cotangents);
            Bits.same(model.predict(x).toArray(), pass.outputs().getFirst(), "output");
        }
    }

    private static Tensor sequence() {
        return Tensor.of(EnginePass.uniform(BATCH * TIME * INPUTS, 1, 4), BATCH, TIME, INPUTS);
    }

    /** Numbers that depend on the weight's name alone. */
    private static void fill(Model model) {
        for (Weight weight : model.weights()) {
            weight.set(Tensor.of(
                    EnginePass.uniform((int) weight.shape().elements(), 0.5f, weight.name().hashCode()),
                    weight.shape().toArray()));
        }
    }
}
