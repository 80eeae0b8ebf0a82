package dev.gatun.layers.type.prelu;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.PRelu;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;

/** What is known of {@link PRelu}. */
public final class PReluType extends LayerType<PRelu> {

    /** The type. */
    public PReluType() {
        super(new PRelu(Configuration.of(PRelu.OPTIONS)));
    }

    @Override
    public BuiltLayer build(PRelu layer, String name, CallArguments<Shape> shapes) {
        return BuiltPRelu.of(layer, name, shapes);
    }

    @Override
    public MaskRule masks(PRelu layer) {
        return MaskRule.PASS;
    }

    @Override
    public Stepping stepping(PRelu layer) {
        return layer.sharedAxes().contains(1)
                ? new Stepping.RowByRow()
                : new Stepping.WholeSequence(
                        "has an alpha for each step of a sequence: it needs them all, unless they share"
                                + " it, with sharedAxes(1)");
    }

    /** Each number of what it is given has an alpha, and of a step there are fewer than of a sequence. */
    @Override
    public boolean countsAxes(PRelu layer) {
        return true;
    }

    @Override
    public List<String> onnx(PRelu layer, OnnxCall call) {
        return List.of(call.node("PRelu", call.input(), call.initializer("alpha")));
    }
}
