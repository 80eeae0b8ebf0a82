package dev.gatun.layers.type.permute;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.Permute;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.CallArguments;
import dev.gatun.memory.Shape;

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

    /** Steps and features change places, and so a mask of steps has none. */
    @Override
    public MaskRule masks(Permute layer) {
        return layer.isIdentity() ? MaskRule.PASS : MaskRule.REFUSE;
    }

    @Override
    public Stepping stepping(Permute layer) {
        return layer.isIdentity()
                ? new Stepping.RowByRow()
                : new Stepping.WholeSequence("exchanges steps with features: it needs all steps");
    }
}
