package dev.gatun.layers.type.slicing;

import java.util.List;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.Slicing;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;

/** What is known of {@link Slicing}. */
public final class SlicingType extends LayerType<Slicing> {

    /** The type. */
    public SlicingType() {
        super(Slicing.of(":"));
    }

    @Override
    public BuiltLayer build(Slicing layer, String name, CallArguments<Shape> shapes) {
        BuiltLayer built = new BuiltSlicing(layer, name);
        built.outputShapes(shapes);
        return built;
    }

    @Override
    public MaskRule masks(Slicing layer) {
        return MaskRule.DROP;
    }

    @Override
    public Stepping stepping(Slicing layer) {
        return new Stepping.WholeSequence("takes a part of what a whole sequence has");
    }

    @Override
    public List<String> onnx(Slicing layer, OnnxCall call) {
        List<AxisPart> parts = layer.parts().stream().map(AxisPart::of).toList();
        return List.of(new SlicingNodes(parts, call).output());
    }
}
