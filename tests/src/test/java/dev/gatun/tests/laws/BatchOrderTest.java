package dev.gatun.tests.laws;

import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.bits.Zoo;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Rows of a batch do not know of each other: in another order they give the same numbers in that order. Bits. */
class BatchOrderTest {

    @Property
    void permutedRowsGivePermutedOutputs(
            @ForAll Zoo zoo, @ForAll @IntRange(min = 1, max = 40) int batch, @ForAll @IntRange(max = 99) int seed) {
        int[] order = Rearranged.order(batch, seed);
        try (Model model = zoo.model()) {
            List<Tensor> inputs = Zoo.inputs(model, batch, 3);
            List<float[]> cotangents = EnginePass.cotangents(model, inputs, 7);
            EnginePass straight = EnginePass.of(model, inputs, cotangents);
            EnginePass permuted = EnginePass.of(model,
                    inputs.stream().map(input -> Rearranged.rows(input, order)).toList(),
                    cotangents.stream().map(cotangent -> Rearranged.rows(cotangent, order)).toList());
            for (int i = 0; i < straight.outputs().size(); i++) {
                Bits.same(permuted.outputs().get(i), Rearranged.rows(straight.outputs().get(i), order), "output " + i);
            }
            for (int i = 0; i < inputs.size(); i++) {
                Bits.same(permuted.inputs().get(i), Rearranged.rows(straight.inputs().get(i), order),
                        "gradient of input " + i);
            }
            straight.states().forEach((layer, states) -> {
                for (int i = 0; i < states.size(); i++) {
                    Bits.same(permuted.states().get(layer).get(i), Rearranged.rows(states.get(i), order),
                            "gradient of the state of " + layer);
                }
            });
        }
    }
}
