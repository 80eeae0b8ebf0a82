package dev.gatun.layers.type.stepmask;

import dev.gatun.layers.onnx.OnnxType;
import java.util.List;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.StepMask;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;

/** What is known of {@link StepMask}. */
public final class StepMaskType extends LayerType<StepMask> {

    /** The type. */
    public StepMaskType() {
        super(StepMask.of());
    }

    @Override
    public BuiltLayer build(StepMask layer, String name, CallArguments<Shape> shapes) {
        BuiltLayer built = new BuiltStepMask(name);
        built.outputShapes(shapes);
        return built;
    }

    @Override
    public MaskRule masks(StepMask layer) {
        return MaskRule.DROP;
    }

    @Override
    public Stepping stepping(StepMask layer) {
        return new Stepping.WholeSequence("makes a mask of the numbers of all steps");
    }

    @Override
    public List<String> onnx(StepMask layer, OnnxCall call) {
        return List.of(call.cast(call.input(), OnnxType.BOOL));
    }
}
