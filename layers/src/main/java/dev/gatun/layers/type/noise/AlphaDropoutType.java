package dev.gatun.layers.type.noise;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.AlphaDropout;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.RowByRowType;
import dev.gatun.layers.WeightlessLayer;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;

/** What is known of {@link AlphaDropout}. */
public final class AlphaDropoutType extends RowByRowType<AlphaDropout> {

    /** The type. */
    public AlphaDropoutType() {
        super(new AlphaDropout(Configuration.of(AlphaDropout.OPTIONS)));
    }

    @Override
    public BuiltLayer build(AlphaDropout layer, String name, CallArguments<Shape> shapes) {
        return new WeightlessLayer("AlphaDropout", name, context -> new AlphaNoise(layer, context),
                mode -> !mode.dropout());
    }

    @Override
    public List<String> onnx(AlphaDropout layer, OnnxCall call) {
        return List.of(call.input());
    }
}
