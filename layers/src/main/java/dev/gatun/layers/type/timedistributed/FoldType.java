package dev.gatun.layers.type.timedistributed;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.SampleRule;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;

/** What is known of {@link Fold}. */
final class FoldType extends LayerType<Fold> {

    FoldType() {
        super(new Fold());
    }

    @Override
    public BuiltLayer build(Fold layer, String name, CallArguments<Shape> shapes) {
        return new MovingSteps(false);
    }

    /** A mask says which steps count, and there are none left. */
    @Override
    public MaskRule masks(Fold layer) {
        return MaskRule.DROP;
    }

    @Override
    public SampleRule samples(Fold layer) {
        return SampleRule.STEPS_TO_SAMPLES;
    }

    @Override
    public Stepping stepping(Fold layer) {
        return new Stepping.RowByRow();
    }

    @Override
    public List<String> onnx(Fold layer, OnnxCall call) {
        return List.of(new StepNodes(call).folded());
    }
}
