package dev.gatun.tests.battery;

import dev.gatun.layers.AdditiveAttention;
import dev.gatun.layers.Attention;
import dev.gatun.layers.AttentionLayer;
import dev.gatun.tests.reference.RefAttention;
import java.util.List;

/** Attention by dot product and by sums of tanh, with keys of their own and without, with scores and without. */
final class AttentionTest extends LayerBattery {

    @Override
    List<Instance> instances() {
        Attention dot = Attention.of();
        Attention concat = dot.scoreMode("concat");
        AdditiveAttention additive = AdditiveAttention.of();
        return List.of(instance(dot, 0).takes(5, 4).takes(6, 4).gives(5, 4),
                instance(dot.useScale(), 1).takes(5, 4).takes(6, 3).takes(6, 4).gives(5, 3),
                instance(dot.useScale().returnAttentionScores(), 1).takes(3, 19).takes(17, 19).gives(3, 19)
                        .gives(3, 17),
                instance(dot.useCausalMask().dropout(0.5), 0).takes(6, 33).takes(6, 33).gives(6, 33),
                instance(dot.useCausalMask().returnAttentionScores(), 0).takes(2, 1).takes(9, 1).gives(2, 1)
                        .gives(2, 9),
                instance(concat, 1).takes(5, 4).takes(6, 4).gives(5, 4),
                instance(concat.useScale().useCausalMask().returnAttentionScores(), 2).takes(5, 4).takes(6, 37)
                        .takes(6, 4).gives(5, 37).gives(5, 6),
                instance(additive, 4).takes(5, 4).takes(6, 4).gives(5, 4),
                instance(additive.returnAttentionScores(), 18).takes(3, 18).takes(2, 5).takes(2, 18).gives(3, 5)
                        .gives(3, 2),
                instance(additive.useScale(false).useCausalMask(), 0).takes(6, 4).takes(6, 4).gives(6, 4));
    }

    private static Instance instance(AttentionLayer<?> layer, long parameters) {
        return Instance.of(layer, (graph, in) -> {
            String[] outputs = layer.returnsAttentionScores()
                    ? new String[] {"y/" + NAME, "scores/" + NAME}
                    : new String[] {"y/" + NAME};
            return graph.add(new RefAttention(NAME, layer, RefAttention.Masks.NONE), in, outputs);
        }).parameters(parameters).notStepByStep();
    }
}
