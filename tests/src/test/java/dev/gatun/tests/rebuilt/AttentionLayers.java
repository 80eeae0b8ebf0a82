package dev.gatun.tests.rebuilt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.gatun.layers.AdditiveAttention;
import dev.gatun.layers.Attention;
import dev.gatun.layers.AttentionLayer;
import dev.gatun.layers.HeadedAttention;
import dev.gatun.layers.Layer;
import dev.gatun.layers.MultiHeadAttention;
import dev.gatun.layers.Softmax;
import java.util.Map;
import java.util.function.Function;

/** Attention, and the softmax of axes. */
final class AttentionLayers {

    static final Map<String, Function<Options, Layer>> MAKERS = Map.of(
            "Attention", options -> attention(Attention.of(), options).useScale(options.flag("use_scale"))
                    .scoreMode(options.text("score_mode")),
            "AdditiveAttention", options -> attention(AdditiveAttention.of(), options)
                    .useScale(options.flag("use_scale")),
            "MultiHeadAttention", AttentionLayers::multiHead,
            "Softmax", options -> Softmax.axis(options.wholes("axis")));

    private AttentionLayers() {}

    private static <L extends AttentionLayer<L>> L attention(L layer, Options options) {
        options.passOver("seed");
        return layer.dropout(options.number("dropout"))
                .useCausalMask(options.isCalledWith("use_causal_mask"))
                .returnAttentionScores(options.isCalledWith("return_attention_scores"));
    }

    private static Layer multiHead(Options options) {
        MultiHeadAttention layer = headed(
                MultiHeadAttention.of(options.whole("num_heads"), options.whole("key_dim")), options)
                .valueDim(options.whole("value_dim"));
        return options.has("output_shape") ? layer.outputShape(options.only("output_shape")) : layer;
    }

    private static <L extends HeadedAttention<L>> L headed(L layer, Options options) {
        options.passOver("seed");
        assertFalse(options.flag("use_gate"));
        assertArrayEquals(new int[] {1}, options.wholes("attention_axes"));
        L headed = Kernels.kernel(layer, options)
                .dropout(options.number("dropout"))
                .useCausalMask(options.isCalledWith("use_causal_mask"))
                .returnAttentionScores(options.isCalledWith("return_attention_scores"));
        return options.has("sliding_window") ? headed.slidingWindow(options.whole("sliding_window")) : headed;
    }
}
