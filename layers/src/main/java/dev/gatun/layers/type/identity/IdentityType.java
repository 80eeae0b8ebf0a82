package dev.gatun.layers.type.identity;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Identity;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.RowByRowType;
import dev.gatun.layers.WeightlessLayer;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;

/** What is known of {@link Identity}. */
public final class IdentityType extends RowByRowType<Identity> {

    /** The type. */
    public IdentityType() {
        super(Identity.of());
    }

    @Override
    public BuiltLayer build(Identity layer, String name, CallArguments<Shape> shapes) {
        return new WeightlessLayer("Identity", name, IdentityOperation::new, mode -> true);
    }

    @Override
    public List<String> onnx(Identity layer, OnnxCall call) {
        return List.of(call.input());
    }
}
