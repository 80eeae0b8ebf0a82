package dev.gatun.layers.type.reshape;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.Reshape;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;

/** What is known of {@link Reshape}. */
public final class ReshapeType extends LayerType<Reshape> {

    /** The type. */
    public ReshapeType() {
        super(new Reshape(Configuration.of(Reshape.OPTIONS)));
    }

    @Override
    public BuiltLayer build(Reshape layer, String name, CallArguments<Shape> shapes) {
        BuiltLayer built = new BuiltReshape(layer, name);
        built.outputShapes(shapes);
        return built;
    }

    /** What comes out are other steps, or none. */
    @Override
    public MaskRule masks(Reshape layer) {
        return MaskRule.DROP;
    }

    @Override
    public Stepping stepping(Reshape layer) {
        return new Stepping.WholeSequence("lays out all numbers of a sample anew: it needs all steps");
    }

    @Override
    public List<String> onnx(Reshape layer, OnnxCall call) {
        long[] sizes = new long[layer.targetShape().size() + 1];
        for (int axis = 1; axis < sizes.length; axis++) {
            sizes[axis] = layer.targetShape().get(axis - 1);
        }
        return List.of(call.node("Reshape", call.input(), call.constants(sizes)));
    }
}
