package dev.gatun.layers.type.repeatvector;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.RepeatVector;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;

/** What is known of {@link RepeatVector}. */
public final class RepeatVectorType extends LayerType<RepeatVector> {

    /** The type. */
    public RepeatVectorType() {
        super(new RepeatVector(Configuration.of(RepeatVector.OPTIONS)));
    }

    @Override
    public BuiltLayer build(RepeatVector layer, String name, CallArguments<Shape> shapes) {
        return new BuiltRepeatVector(layer, name);
    }

    /** What it reads has no steps, and each of those it makes counts. */
    @Override
    public MaskRule masks(RepeatVector layer) {
        return MaskRule.DROP;
    }

    @Override
    public Stepping stepping(RepeatVector layer) {
        return new Stepping.WholeSequence("makes a whole sequence of what it reads");
    }

    @Override
    public List<String> onnx(RepeatVector layer, OnnxCall call) {
        String step = call.node("Unsqueeze", call.input(), call.constants(1));
        return List.of(call.node("Expand", step, call.constants(1, layer.n(), 1)));
    }
}
