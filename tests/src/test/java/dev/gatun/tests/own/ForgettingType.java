package dev.gatun.tests.own;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.RowByRowType;
import dev.gatun.layers.WeightlessLayer;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;

/** What is known of {@link Forgetting}. */
public final class ForgettingType extends RowByRowType<Forgetting> {

    public ForgettingType() {
        super(new Forgetting(Configuration.of(Forgetting.OPTIONS)));
    }

    @Override
    public BuiltLayer build(Forgetting layer, String name, CallArguments<Shape> shapes) {
        return new WeightlessLayer("Forgetting", name, context -> {
            throw new UnsupportedOperationException("only wired, to see that it has no mask");
        }, mode -> true);
    }

    @Override
    public MaskRule masks(Forgetting layer) {
        return MaskRule.DROP;
    }
}
