package dev.gatun.tests.own;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.CallArguments;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.Law;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.WeightlessLayer;
import dev.gatun.memory.Shape;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What is known of {@link Passing}. */
public final class PassingType extends LayerType<Passing> {

    public PassingType() {
        super(Passing.class, Passing.OPTIONS);
    }

    @Override
    public Passing layer(Configuration configuration) {
        return new Passing(configuration);
    }

    @Override
    public BuiltLayer build(Passing layer, String name, CallArguments<Shape> shapes) {
        return new WeightlessLayer("Passing", name, site -> {
            throw new UnsupportedOperationException("only for predictions, which leave it out");
        }, mode -> true);
    }

    @Override
    public MaskRule masks(Passing layer) {
        return MaskRule.PASS;
    }

    @Override
    public Stepping stepping(Passing layer) {
        return new Stepping.RowByRow();
    }

    @Override
    public Set<Law> laws(Passing layer) {
        return EnumSet.allOf(Law.class);
    }

    @Override
    public List<String> onnx(Passing layer, OnnxCall call) {
        return layer.values() == 0 ? super.onnx(layer, call) : Collections.nCopies(layer.values(), call.input());
    }
}
