package dev.gatun.tests.laws;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.gradients.RandomWeights;
import dev.gatun.tests.kernels.Bits;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** TimeDistributed(Dense) is Dense on a sequence, and Dense on the steps as rows of one batch, step after step. Bits. */
class TimeDistributedTest {

    private static final int INPUTS = 6;

    @Property
    void isDenseOnTheSequenceAndOnItsSteps(
            @ForAll @IntRange(min = 1, max = 70) int units, @ForAll @IntRange(min = 1, max = 9) int batch,
            @ForAll @IntRange(min = 1, max = 9) int time, @ForAll boolean softmax) {
        Dense dense = Dense.units(units).activation(softmax ? "softmax" : "tanh");
        try (Model distributed = model(Input.sequence(INPUTS), TimeDistributed.of(dense));
                Model direct = model(Input.sequence(INPUTS), dense);
                Model flat = model(Input.shape(INPUTS), dense)) {
            float[] numbers = EnginePass.uniform(batch * time * INPUTS, 1.5f, 1);
            float[] cotangent = EnginePass.uniform(batch * time * units, 1, 2);
            Tensor sequence = Tensor.of(numbers, batch, time, INPUTS);
            Tensor rows = Tensor.of(Rearranged.timeMajor(numbers, batch, time), time * batch, INPUTS);
            EnginePass one = EnginePass.of(distributed, List.of(sequence), List.of(cotangent));
            EnginePass two = EnginePass.of(direct, List.of(sequence), List.of(cotangent));
            EnginePass three = EnginePass.of(flat, List.of(rows),
                    List.of(Rearranged.timeMajor(cotangent, batch, time)));
            Bits.same(two.all(), one.all(), "on the sequence");
            Bits.same(three.outputs().getFirst(), Rearranged.timeMajor(one.outputs().getFirst(), batch, time), "steps");
            Bits.same(three.inputs().getFirst(), Rearranged.timeMajor(one.inputs().getFirst(), batch, time),
                    "gradient of the steps");
            List<float[]> gradients = List.copyOf(one.weights().values());
            for (int i = 0; i < gradients.size(); i++) {
                Bits.same(List.copyOf(three.weights().values()).get(i), gradients.get(i), "gradient of weight " + i);
            }
        }
    }

    private static Model model(Input input, Layer layer) {
        return RandomWeights.into(Sequential.of(input, layer), 1, 10);
    }
}
