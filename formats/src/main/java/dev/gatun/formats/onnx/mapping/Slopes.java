package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.plan.LayerChoice;
import dev.gatun.formats.onnx.plan.PlannedCall;
import dev.gatun.formats.onnx.plan.PlannedWeight;
import dev.gatun.formats.onnx.plan.Ref;
import dev.gatun.formats.onnx.value.Axes;
import dev.gatun.formats.onnx.value.Constant;
import dev.gatun.formats.onnx.value.Tracked;
import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.PRelu;
import dev.gatun.memory.Shape;
import java.util.List;

/** PRelu: one slope for all, or one for each feature. */
final class Slopes {

    private Slopes() {}

    static void map(NodeCall call) {
        Tracked value = call.tracked(0);
        Constant slope = Constant.of(call.numbers(1));
        Constants.Spread spread = Constants.Spread.of(value, slope);
        float[] numbers = spread.floats();
        if (spread.factors().isEmpty() && numbers[0] >= 0) {
            call.put(FunctionNodes.activated(call, value, ActivationFunction.leakyRelu(numbers[0])));
            return;
        }
        Axes target = spread.target(value);
        if (target.rank() > 3) {
            throw new NotMapped("has slopes for values of axes " + value.onnx());
        }
        Ref read = call.graph().arrangement().arranged(value, target);
        int[] shared = target.rank() == 3 ? new int[] {1} : new int[0];
        Shape shape = target.rank() == 3 ? Shape.of(1, numbers.length) : Shape.of(numbers.length);
        PRelu layer = shared.length == 0 ? PRelu.of() : PRelu.of().sharedAxes(shared);
        Ref ref = PlannedCall.of(call.graph().layer(call, LayerChoice.of(layer),
                List.of(new PlannedWeight("alpha", shape, numbers, call.node().input(1)))), read).output(0);
        call.put(Tracked.of(ref, target, value.onnx()));
    }
}
