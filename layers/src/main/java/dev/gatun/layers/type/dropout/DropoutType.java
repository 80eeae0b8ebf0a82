package dev.gatun.layers.type.dropout;

import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.RowByRowType;
import dev.gatun.layers.WeightlessLayer;
import dev.gatun.memory.Shape;
import java.util.List;

/** What is known of {@link Dropout}. */
public final class DropoutType extends RowByRowType<Dropout> {

    /** The type. */
    public DropoutType() {
        super(new Dropout(Configuration.of(Dropout.OPTIONS)));
    }

    @Override
    public BuiltLayer build(Dropout layer, String name, CallArguments<Shape> shapes) {
        return new WeightlessLayer("Dropout", name,
                context -> new DropoutOperation(context.mode().dropout() ? (float) layer.rate() : 0f, context),
                mode -> !mode.dropout());
    }

    @Override
    public List<String> onnx(Dropout layer, OnnxCall call) {
        return List.of(call.input());
    }
}
