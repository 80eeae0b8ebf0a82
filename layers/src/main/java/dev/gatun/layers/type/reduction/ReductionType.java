package dev.gatun.layers.type.reduction;

import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.Reduction;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;

/** What is known of {@link Reduction}. */
public final class ReductionType extends LayerType<Reduction> {

    /** The type. */
    public ReductionType() {
        super(Reduction.of(Reduction.Function.MEAN, -1));
    }

    @Override
    public BuiltLayer build(Reduction layer, String name, CallArguments<Shape> shapes) {
        BuiltLayer built = new BuiltReduction(layer, name);
        built.outputShapes(shapes);
        return built;
    }

    @Override
    public MaskRule masks(Reduction layer) {
        return MaskRule.DROP;
    }

    @Override
    public Stepping stepping(Reduction layer) {
        return layer.axes().equals(List.of(-1)) && layer.keepsDims()
                ? new Stepping.RowByRow()
                : new Stepping.WholeSequence("makes one number of several along axes " + layer.axes()
                        + ": it needs all steps");
    }

    @Override
    public List<String> onnx(Reduction layer, OnnxCall call) {
        return List.of(new ReductionNodes(layer, call).output());
    }
}
