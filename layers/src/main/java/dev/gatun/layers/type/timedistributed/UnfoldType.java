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

/** What is known of {@link Unfold}. */
final class UnfoldType extends LayerType<Unfold> {

    UnfoldType() {
        super(new Unfold());
    }

    @Override
    public BuiltLayer build(Unfold layer, String name, CallArguments<Shape> shapes) {
        return new MovingSteps(true);
    }

    /** That of the first input, whose steps these are. */
    @Override
    public MaskRule masks(Unfold layer) {
        return MaskRule.PASS;
    }

    @Override
    public SampleRule samples(Unfold layer) {
        return SampleRule.SAMPLES_TO_STEPS;
    }

    @Override
    public Stepping stepping(Unfold layer) {
        return new Stepping.RowByRow();
    }

    @Override
    public List<String> onnx(Unfold layer, OnnxCall call) {
        return List.of(new StepNodes(call).unfolded());
    }
}
