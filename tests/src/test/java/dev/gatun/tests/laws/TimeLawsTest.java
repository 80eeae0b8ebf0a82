package dev.gatun.tests.laws;

import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.StatefulInputs;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.gradients.RandomWeights;
import dev.gatun.tests.kernels.Bits;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What an LSTM does along time. Bits. */
class TimeLawsTest {

    private static final int INPUTS = 4;

    /** Outputs come in processing order, and every sum runs in it: all bits but the order of the input's gradient. */
    @Property
    void goBackwardsOnReversedInputIsForward(
            @ForAll @IntRange(min = 1, max = 40) int units, @ForAll @IntRange(min = 1, max = 5) int batch,
            @ForAll @IntRange(min = 1, max = 9) int time, @ForAll boolean sequences) {
        Lstm lstm = Lstm.units(units).returnSequences(sequences).returnState().named("lstm");
        try (Model forward = Sequential.of(Input.sequence(INPUTS), lstm);
                Model backward = Sequential.of(Input.sequence(INPUTS), lstm.goBackwards())) {
            weights(forward);
            weights(backward);
            Tensor x = x(batch, time);
            List<float[]> cotangents = EnginePass.cotangents(forward, List.of(x), 3);
            EnginePass one = EnginePass.of(forward, List.of(x), cotangents);
            EnginePass other = EnginePass.of(backward, List.of(Rearranged.backwards(x)), cotangents);
            for (int i = 0; i < one.outputs().size(); i++) {
                Bits.same(other.outputs().get(i), one.outputs().get(i), "output " + i);
            }
            one.weights().forEach((name, gradient) -> Bits.same(other.weights().get(name), gradient, name));
            Bits.same(other.inputs().getFirst(), Rearranged.backwards(one.inputs().getFirst(), batch, time),
                    "gradient of x");
        }
    }

    /** Nothing of h comes back, and a forget gate of exactly 0 lets nothing of c pass: each step is a first step. */
    @Property
    void withoutRecurrentKernelAndMemoryEveryStepIsTheFirst(
            @ForAll @IntRange(min = 1, max = 40) int units, @ForAll @IntRange(min = 1, max = 5) int batch,
            @ForAll @IntRange(min = 1, max = 9) int time) {
        try (Model model = Sequential.of(Input.sequence(INPUTS), Lstm.units(units).returnSequences().named("lstm"))) {
            weights(model);
            change(model, "lstm/recurrent_kernel", 0, 4 * units, units, 0f);
            change(model, "lstm/kernel", units, 2 * units, units, 0f);
            change(model, "lstm/bias", units, 2 * units, units, -200f);
            Tensor x = x(batch, time);
            float[] whole = Rearranged.timeMajor(model.predict(x).toArray(), batch, time);
            float[] steps = Rearranged.timeMajor(x.toArray(), batch, time);
            for (int t = 0; t < time; t++) {
                Tensor step = Tensor.of(part(steps, t, batch * INPUTS), batch, 1, INPUTS);
                Bits.same(model.predict(step).toArray(), part(whole, t, batch * units), "step " + t);
            }
        }
    }

    /** Without a recurrent kernel h is never read: any initial h gives the same outputs, and has no gradient. */
    @Property
    void withoutRecurrentKernelTheInitialHDoesNotMatter(
            @ForAll @IntRange(min = 1, max = 40) int units, @ForAll @IntRange(min = 1, max = 5) int batch,
            @ForAll @IntRange(min = 1, max = 9) int time) {
        StatefulInputs inputs = StatefulInputs.of(Input.sequence(INPUTS), units);
        try (Model model = inputs.to(inputs.through(Lstm.units(units).returnSequences().named("lstm")))) {
            weights(model);
            change(model, "lstm/recurrent_kernel", 0, 4 * units, units, 0f);
            Tensor one = Tensor.of(EnginePass.uniform(batch * units, 1, 5), batch, units);
            Tensor other = Tensor.of(EnginePass.uniform(batch * units, 1, 6), batch, units);
            List<Tensor> first = List.of(x(batch, time), one, one);
            List<Tensor> second = List.of(x(batch, time), other, one);
            EnginePass pass = EnginePass.of(model, first, EnginePass.cotangents(model, first, 3));
            Bits.same(model.predict(second).getFirst().toArray(), pass.outputs().getFirst(), "another h");
            for (float gradient : pass.inputs().get(1)) {
                if (gradient != 0) {
                    throw new AssertionError("h has a gradient of " + gradient);
                }
            }
        }
    }

    private static float[] part(float[] values, int index, int length) {
        return java.util.Arrays.copyOfRange(values, index * length, (index + 1) * length);
    }

    private static Tensor x(int batch, int time) {
        return Tensor.of(EnginePass.uniform(batch * time * INPUTS, 1.5f, 2), batch, time, INPUTS);
    }

    private static void weights(Model model) {
        RandomWeights.into(model, 0.4f, 10);
    }

    /** Sets columns {@code first} to {@code end} of 4 U. */
    private static void change(Model model, String name, int first, int end, int units, float value) {
        Weight weight = model.weight(name);
        float[] values = weight.get().toArray();
        for (int i = 0; i < values.length; i++) {
            if (i % (4 * units) >= first && i % (4 * units) < end) {
                values[i] = value;
            }
        }
        weight.set(Tensor.of(values, weight.shape().toArray()));
    }
}
