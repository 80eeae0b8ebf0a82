package dev.gatun.layers.type.masking;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.Masking;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;

/** What is known of {@link Masking}. */
public final class MaskingType extends LayerType<Masking> {

    /** The type. */
    public MaskingType() {
        super(new Masking(Configuration.of(Masking.OPTIONS)));
    }

    @Override
    public BuiltLayer build(Masking layer, String name, CallArguments<Shape> shapes) {
        return new BuiltMasking(layer, name);
    }

    @Override
    public MaskRule masks(Masking layer) {
        return MaskRule.PRODUCE;
    }

    /** In a stream a step that does not count leaves the states of the layers behind as they are. */
    @Override
    public Stepping stepping(Masking layer) {
        return new Stepping.RowByRow();
    }

    @Override
    public List<String> onnx(Masking layer, OnnxCall call) {
        return new MaskingNodes(layer, call).outputs();
    }
}
