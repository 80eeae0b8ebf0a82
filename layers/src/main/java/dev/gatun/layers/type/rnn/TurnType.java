package dev.gatun.layers.type.rnn;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;

/** What is known of {@link Turn}. */
final class TurnType extends LayerType<Turn> {

    TurnType() {
        super(new Turn());
    }

    /** It stands between recurrent layers only, which have looked at the shapes. */
    @Override
    public BuiltLayer build(Turn layer, String name, CallArguments<Shape> shapes) {
        return new BuiltTurn();
    }

    private record BuiltTurn() implements BuiltLayer {

        @Override
        public List<WeightSpec> weights() {
            return List.of();
        }

        @Override
        public List<Shape> outputShapes(CallArguments<Shape> shapes) {
            return List.of(shapes.input());
        }

        @Override
        public Operation operation(PlanContext context) {
            return new TurnOperation(context);
        }
    }

    /** What goes backwards has a mask that is not turned, as in Keras; turned again the sequence fits it. */
    @Override
    public MaskRule masks(Turn layer) {
        return MaskRule.PASS;
    }

    @Override
    public Stepping stepping(Turn layer) {
        return new Stepping.WholeSequence("turns a sequence round: it needs the end first");
    }

    @Override
    public List<String> onnx(Turn layer, OnnxCall call) {
        return List.of(call.node("Slice", call.input(), call.constants(-1), call.constants(Long.MIN_VALUE),
                call.constants(1), call.constants(-1)));
    }
}
