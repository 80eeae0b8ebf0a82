package dev.gatun.layers.type.noise;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.GaussianNoise;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.RowByRowType;
import dev.gatun.layers.WeightlessLayer;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;

/** What is known of {@link GaussianNoise}. */
public final class GaussianNoiseType extends RowByRowType<GaussianNoise> {

    /** The type. */
    public GaussianNoiseType() {
        super(new GaussianNoise(Configuration.of(GaussianNoise.OPTIONS)));
    }

    @Override
    public BuiltLayer build(GaussianNoise layer, String name, CallArguments<Shape> shapes) {
        return new WeightlessLayer("GaussianNoise", name, context -> new AddedNoise(layer, context),
                mode -> !mode.dropout());
    }

    @Override
    public List<String> onnx(GaussianNoise layer, OnnxCall call) {
        return List.of(call.input());
    }
}
