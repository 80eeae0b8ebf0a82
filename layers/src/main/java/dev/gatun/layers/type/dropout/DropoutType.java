package dev.gatun.layers.type.dropout;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.CallArguments;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.Law;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.WeightlessLayer;
import dev.gatun.memory.Shape;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What is known of {@link Dropout}. */
public final class DropoutType extends LayerType<Dropout> {

    /** The type. */
    public DropoutType() {
        super(Dropout.class, Dropout.OPTIONS);
    }

    @Override
    public Dropout layer(Configuration configuration) {
        return new Dropout(configuration);
    }

    @Override
    public BuiltLayer build(Dropout layer, String name, CallArguments<Shape> shapes) {
        return new WeightlessLayer("Dropout", name,
                site -> new DropoutOperation(site.mode().dropout() ? (float) layer.rate() : 0f, site),
                mode -> !mode.dropout());
    }

    @Override
    public MaskRule masks(Dropout layer) {
        return MaskRule.PASS;
    }

    @Override
    public Stepping stepping(Dropout layer) {
        return new Stepping.RowByRow();
    }

    @Override
    public Set<Law> laws(Dropout layer) {
        return EnumSet.allOf(Law.class);
    }

    @Override
    public List<String> onnx(Dropout layer, OnnxCall call) {
        return List.of(call.input());
    }
}
