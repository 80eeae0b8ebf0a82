package dev.gatun.layers.type.normalization;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.InputShapes;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.Normalization;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;

/** What is known of {@link Normalization}. */
public final class NormalizationType extends LayerType<Normalization> {

    /** The type. */
    public NormalizationType() {
        super(new Normalization(Configuration.of(Normalization.OPTIONS)));
    }

    @Override
    public BuiltLayer build(Normalization layer, String name, CallArguments<Shape> shapes) {
        Shape input = InputShapes.single("Normalization", name, shapes);
        BuiltNormalization built = new BuiltNormalization(layer, name,
                KeptAxes.of(BuiltNormalization.owner(name), layer.axis(), input));
        built.requireMoments();
        return built;
    }

    @Override
    public MaskRule masks(Normalization layer) {
        return MaskRule.PASS;
    }

    @Override
    public Stepping stepping(Normalization layer) {
        return layer.axis().contains(1) || layer.axis().contains(-2)
                ? new Stepping.WholeSequence("has a mean for each step, and a stream does not count its steps")
                : new Stepping.RowByRow();
    }

    @Override
    public List<String> onnx(Normalization layer, OnnxCall call) {
        BuiltNormalization built = new BuiltNormalization(layer, call.name(),
                KeptAxes.of(BuiltNormalization.owner(call.name()), layer.axis(), call.arguments().input().shape()));
        boolean isGiven = !layer.mean().isEmpty();
        float[] means = isGiven ? built.given(layer.mean()) : call.weight("mean").toArray();
        float[] deviations = Moments.deviations(
                isGiven ? built.given(layer.variance()) : call.weight("variance").toArray());
        // Over [steps, features], which are the last two axes of a sequence.
        Shape shape = means.length == 1
                ? Shape.of()
                : built.axes().steps() == 1
                        ? Shape.of(means.length)
                        : Shape.of(built.axes().steps(), built.axes().features());
        String mean = call.initializer("mean", shape, means);
        if (layer.isInverted()) {
            return List.of(call.node("Add", call.node("Mul", call.input(),
                    call.initializer("deviation", shape, deviations)), mean));
        }
        for (int i = 0; i < deviations.length; i++) {
            deviations[i] = 1 / deviations[i];
        }
        return List.of(call.node("Mul", call.node("Sub", call.input(), mean),
                call.initializer("factor", shape, deviations)));
    }
}
