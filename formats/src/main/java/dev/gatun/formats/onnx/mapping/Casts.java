package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.plan.PlannedCall;
import dev.gatun.formats.onnx.plan.Ref;
import dev.gatun.formats.onnx.value.Tracked;
import dev.gatun.formats.tensors.NumberType;
import dev.gatun.layers.Elementwise;
import java.util.List;

/** Values as numbers of another type: the model computes in float32, and has whole numbers where they are ids. */
final class Casts {

    private static final int MOST_WHOLE_AXES = 2;

    private Casts() {}

    static Tracked of(NodeCall call, Tracked value, NumberType type) {
        if (type.isFloating()) {
            return value.isWhole() ? function(call, value, Elementwise.Function.IDENTITY) : value;
        }
        if (value.isWhole()) {
            return value;
        }
        if (type == NumberType.BOOL) {
            return function(call, value, Elementwise.Function.IS_TRUE);
        }
        int input = call.graph().inputs().find(value);
        if (input >= 0 && value.onnx().rank() <= MOST_WHOLE_AXES) {
            throw new Evidence(call.graph().inputs().form(input).whole());
        }
        return function(call, value, Elementwise.Function.TRUNCATE);
    }

    private static Tracked function(NodeCall call, Tracked value, Elementwise.Function function) {
        Ref ref = PlannedCall.of(call.graph().layer(call, Elementwise.of(function)),
                call.graph().arrangement().joined(value)).output(0);
        return new Tracked(List.of(ref), null, value.axes(), value.onnx(), false);
    }
}
