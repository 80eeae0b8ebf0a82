package dev.gatun.layers.type.elementwise;

import java.util.List;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Elementwise;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;

/** What is known of {@link Elementwise}. */
public final class ElementwiseType extends LayerType<Elementwise> {

    /** The type. */
    public ElementwiseType() {
        super(Elementwise.of(Elementwise.Function.IDENTITY));
    }

    @Override
    public BuiltLayer build(Elementwise layer, String name, CallArguments<Shape> shapes) {
        BuiltLayer built = new BuiltElementwise(layer, name);
        built.outputShapes(shapes);
        return built;
    }

    @Override
    public MaskRule masks(Elementwise layer) {
        return MaskRule.DROP;
    }

    @Override
    public Stepping stepping(Elementwise layer) {
        return new Stepping.RowByRow();
    }

    @Override
    public List<String> onnx(Elementwise layer, OnnxCall call) {
        return List.of(new ElementwiseNodes(layer, call).output());
    }
}
