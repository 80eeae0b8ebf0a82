package dev.gatun.layers.type.noise;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.GaussianDropout;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.RowByRowType;
import dev.gatun.layers.WeightlessLayer;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;

/** What is known of {@link GaussianDropout}. */
public final class GaussianDropoutType extends RowByRowType<GaussianDropout> {

    /** The type. */
    public GaussianDropoutType() {
        super(new GaussianDropout(Configuration.of(GaussianDropout.OPTIONS)));
    }

    @Override
    public BuiltLayer build(GaussianDropout layer, String name, CallArguments<Shape> shapes) {
        return new WeightlessLayer("GaussianDropout", name, context -> new FactorNoise(layer, context),
                mode -> !mode.dropout());
    }

    @Override
    public List<String> onnx(GaussianDropout layer, OnnxCall call) {
        return List.of(call.input());
    }
}
