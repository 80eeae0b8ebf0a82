package dev.gatun.layers.type.flatten;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Flatten;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is known of {@link Flatten}. */
public final class FlattenType extends LayerType<Flatten> {

    /** The type. */
    public FlattenType() {
        super(Flatten.of());
    }

    @Override
    public BuiltLayer build(Flatten layer, String name, CallArguments<Shape> shapes) {
        BuiltLayer built = new BuiltFlatten(layer, name);
        built.outputShapes(shapes);
        return built;
    }

    /** No steps are left. */
    @Override
    public MaskRule masks(Flatten layer) {
        return MaskRule.DROP;
    }

    @Override
    public Stepping stepping(Flatten layer) {
        return new Stepping.WholeSequence("lays all steps side by side: it needs the whole sequence");
    }

    @Override
    public List<String> onnx(Flatten layer, OnnxCall call) {
        int rank = call.arguments().input().shape().rank();
        String read = call.input();
        if (layer.channelsFirst() && rank > 2) {
            List<Long> axes = new ArrayList<>(List.of(0L));
            for (long axis = 2; axis < rank; axis++) {
                axes.add(axis);
            }
            axes.add(1L);
            read = call.node("Transpose", List.of(read), Map.of("perm", new OnnxAttribute.Wholes(axes)));
        }
        return List.of(call.node("Reshape", read, call.constants(0, -1)));
    }
}
