package dev.gatun.layers.type.permute;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.Permute;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is known of {@link Permute}. */
public final class PermuteType extends LayerType<Permute> {

    /** The type. */
    public PermuteType() {
        super(new Permute(Configuration.of(Permute.OPTIONS)));
    }

    @Override
    public BuiltLayer build(Permute layer, String name, CallArguments<Shape> shapes) {
        return new BuiltPermute(layer, name);
    }

    /** Steps and features change places, and so a mask of steps has none; Keras loses it too. */
    @Override
    public MaskRule masks(Permute layer) {
        return layer.isIdentity() ? MaskRule.PASS : MaskRule.DROP;
    }

    @Override
    public Stepping stepping(Permute layer) {
        return layer.isIdentity()
                ? new Stepping.RowByRow()
                : new Stepping.WholeSequence("exchanges steps with features: it needs all steps");
    }

    @Override
    public List<String> onnx(Permute layer, OnnxCall call) {
        if (layer.isIdentity()) {
            return List.of(call.input());
        }
        List<Long> axes = new ArrayList<>(List.of(0L));
        layer.dims().forEach(axis -> axes.add((long) axis));
        return List.of(call.node("Transpose", List.of(call.input()), Map.of("perm", new OnnxAttribute.Wholes(axes))));
    }
}
