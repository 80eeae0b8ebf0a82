package dev.gatun.tests.own;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.RowByRowType;
import dev.gatun.layers.WeightlessLayer;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;

/** What is known of {@link Refusing}. */
public final class RefusingType extends RowByRowType<Refusing> {

    public RefusingType() {
        super(Refusing.masks());
    }

    @Override
    public BuiltLayer build(Refusing layer, String name, CallArguments<Shape> shapes) {
        return new WeightlessLayer("Refusing", name, context -> {
            throw new UnsupportedOperationException("only for predictions, which leave it out");
        }, mode -> true);
    }

    @Override
    public MaskRule masks(Refusing layer) {
        return MaskRule.REFUSE;
    }
}
