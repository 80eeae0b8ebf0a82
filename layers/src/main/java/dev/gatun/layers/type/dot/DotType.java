package dev.gatun.layers.type.dot;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.Dot;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;

/** What is known of {@link Dot}. */
public final class DotType extends LayerType<Dot> {

    /** The type. */
    public DotType() {
        super(new Dot(Configuration.of(Dot.OPTIONS)));
    }

    @Override
    public BuiltLayer build(Dot layer, String name, CallArguments<Shape> shapes) {
        BuiltLayer built = new BuiltDot(layer, name);
        built.outputShapes(shapes);
        return built;
    }

    @Override
    public MaskRule masks(Dot layer) {
        return MaskRule.DROP;
    }

    @Override
    public Stepping stepping(Dot layer) {
        return new Stepping.WholeSequence("multiplies whole values with each other: it needs all steps");
    }

    @Override
    public List<String> onnx(Dot layer, OnnxCall call) {
        return List.of(new DotNodes(layer, call).output());
    }
}
