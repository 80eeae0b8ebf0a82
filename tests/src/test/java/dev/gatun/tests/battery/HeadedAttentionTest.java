package dev.gatun.tests.battery;

import dev.gatun.layers.GroupQueryAttention;
import dev.gatun.layers.HeadedAttention;
import dev.gatun.layers.MultiHeadAttention;
import dev.gatun.tests.reference.RefAttention;
import java.util.List;

/** Attention with several heads, of each width and number, with keys of their own and without, with scores and without. */
final class HeadedAttentionTest extends LayerBattery {

    @Override
    List<Instance> instances() {
        MultiHeadAttention two = MultiHeadAttention.of(2, 3);
        return List.of(instance(two, 118).takes(5, 4).takes(6, 4).gives(5, 4),
                instance(MultiHeadAttention.of(1, 4).noBias(), 56).takes(5, 4).takes(6, 3).gives(5, 4),
                instance(two.valueDim(5).returnAttentionScores(), 3 * 6 + 6 + 4 * 6 + 6 + 7 * 10 + 10 + 10 * 3 + 3)
                        .takes(5, 3).takes(6, 7).takes(6, 4).gives(5, 3).gives(2, 5, 6),
                instance(two.outputShape(9).useCausalMask().dropout(0.5), 3 * 30 + 6 * 9 + 9).takes(6, 4).takes(6, 4)
                        .gives(6, 9),
                instance(MultiHeadAttention.of(3, 17).useCausalMask().returnAttentionScores(), 3 * 3 * 51 + 51 * 2 + 2)
                        .takes(4, 2).takes(18, 2).gives(4, 2).gives(3, 4, 18),
                instance(MultiHeadAttention.of(2, 16).slidingWindow(2), 3 * 4 * 32 + 32 * 3 + 3).takes(5, 3)
                        .takes(6, 3).gives(5, 3),
                instance(GroupQueryAttention.of(3, 4, 2), 60 + 2 * 30 + 12 * 4 + 4).takes(5, 4).takes(6, 4)
                        .gives(5, 4),
                instance(GroupQueryAttention.of(5, 6, 1).noBias().useCausalMask().slidingWindow(3)
                        .returnAttentionScores(), 3 * 30 + 2 * 15 + 30 * 3)
                        .takes(5, 3).takes(5, 3).gives(5, 3).gives(6, 5, 5));
    }

    private static Instance instance(HeadedAttention<?> layer, long parameters) {
        return Instance.of(layer, (graph, in) -> {
            String[] outputs = layer.returnsAttentionScores()
                    ? new String[] {"y/" + NAME, "scores/" + NAME}
                    : new String[] {"y/" + NAME};
            return graph.add(new RefAttention(NAME, layer, RefAttention.Masks.NONE), in, outputs);
        }).parameters(parameters).notStepByStep();
    }
}
