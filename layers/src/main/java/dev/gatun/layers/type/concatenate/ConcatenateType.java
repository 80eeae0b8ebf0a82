package dev.gatun.layers.type.concatenate;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Concatenate;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.layers.onnx.OnnxValue;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;
import java.util.Map;

/** What is known of {@link Concatenate}. */
public final class ConcatenateType extends LayerType<Concatenate> {

    /** The type. */
    public ConcatenateType() {
        super(Concatenate.of());
    }

    @Override
    public BuiltLayer build(Concatenate layer, String name, CallArguments<Shape> shapes) {
        BuiltLayer built = new BuiltConcatenate(layer, name);
        built.outputShapes(shapes);
        return built;
    }

    @Override
    public MaskRule masks(Concatenate layer) {
        return layer.dropsMasks() ? MaskRule.DROP : MaskRule.COMBINE;
    }

    /** Axis 1 of a sequence are its steps. Of flat values it are features, but which of the two are given is not known here. */
    @Override
    public Stepping stepping(Concatenate layer) {
        return layer.axis() == -1
                ? new Stepping.RowByRow()
                : new Stepping.WholeSequence("concatenates along axis " + layer.axis()
                        + ", which may be the steps of a sequence; axis -1 are the features");
    }

    @Override
    public List<String> onnx(Concatenate layer, OnnxCall call) {
        return List.of(call.node("Concat", call.arguments().inputs().stream().map(OnnxValue::name).toList(),
                Map.of("axis", OnnxAttribute.of(layer.axis()))));
    }
}
