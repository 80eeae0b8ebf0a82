package dev.gatun.layers.type.rescaling;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.Rescaling;
import dev.gatun.layers.RowByRowType;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;

/** What is known of {@link Rescaling}. */
public final class RescalingType extends RowByRowType<Rescaling> {

    /** The type. */
    public RescalingType() {
        super(new Rescaling(Configuration.of(Rescaling.OPTIONS)));
    }

    @Override
    public BuiltLayer build(Rescaling layer, String name, CallArguments<Shape> shapes) {
        return new BuiltRescaling(layer, name);
    }

    @Override
    public List<String> onnx(Rescaling layer, OnnxCall call) {
        String scaled = call.node("Mul", call.input(), numbers(call, "scale", layer.scale()));
        return List.of(call.node("Add", scaled, numbers(call, "offset", layer.offset())));
    }

    private static String numbers(OnnxCall call, String own, List<Double> numbers) {
        float[] floats = BuiltRescaling.floats(numbers, numbers.size());
        return call.initializer(own, floats.length == 1 ? Shape.of() : Shape.of(floats.length), floats);
    }
}
