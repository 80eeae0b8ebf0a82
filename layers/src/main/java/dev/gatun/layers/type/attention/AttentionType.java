package dev.gatun.layers.type.attention;

import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.Attention;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.KerasCall;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;

/** What is known of {@link Attention}. */
public final class AttentionType extends LayerType<Attention> {

    private static final KerasCall CALL = new KerasCall(List.of(),
            List.of("use_causal_mask", "return_attention_scores"));

    /** The type. */
    public AttentionType() {
        super(new Attention(Configuration.of(Attention.OPTIONS)));
    }

    @Override
    public BuiltLayer build(Attention layer, String name, CallArguments<Shape> shapes) {
        return new BuiltAttention(AttentionForm.of(layer), layer.kind(), name, shapes);
    }

    @Override
    public List<String> outputs(Attention layer) {
        return AttentionSteps.outputs(layer.returnsAttentionScores());
    }

    /** The output has the mask of the query. */
    @Override
    public MaskRule masks(Attention layer) {
        return MaskRule.PASS;
    }

    @Override
    public boolean carriesMask(Attention layer, int output) {
        return output == 0;
    }

    @Override
    public KerasCall kerasCall() {
        return CALL;
    }

    @Override
    public Stepping stepping(Attention layer) {
        return AttentionSteps.of(layer.usesCausalMask());
    }

    @Override
    public List<String> onnx(Attention layer, OnnxCall call) {
        return new AttentionNodes(AttentionForm.of(layer), call).outputs();
    }
}
