package dev.gatun.layers.type.attention;

import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;

/** What is known of {@link Heads}. */
final class HeadsType extends LayerType<Heads> {

    HeadsType() {
        super(new Heads(Configuration.of(Heads.OPTIONS)));
    }

    @Override
    public BuiltLayer build(Heads layer, String name, CallArguments<Shape> shapes) {
        return new BuiltAttention(AttentionForm.of(layer.whole()), layer.whole().kind(), name, shapes);
    }

    @Override
    public List<String> outputs(Heads layer) {
        return AttentionSteps.outputs(layer.whole().returnsAttentionScores());
    }

    @Override
    public MaskRule masks(Heads layer) {
        return MaskRule.PASS;
    }

    @Override
    public boolean carriesMask(Heads layer, int output) {
        return output == 0;
    }

    @Override
    public Stepping stepping(Heads layer) {
        return AttentionSteps.of(layer.whole().usesCausalMask());
    }

    @Override
    public List<String> onnx(Heads layer, OnnxCall call) {
        return new AttentionNodes(AttentionForm.of(layer.whole()), call).outputs();
    }
}
