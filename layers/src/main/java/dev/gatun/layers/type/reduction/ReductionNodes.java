package dev.gatun.layers.type.reduction;

import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.Reduction;
import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.layers.onnx.OnnxType;
import java.util.List;
import java.util.Map;

/**
 * A {@link Reduction} as ONNX nodes. Of opset 14 a sum reads its axes, the others have them as an attribute.
 *
 * @param layer its options
 * @param call  takes the nodes
 */
record ReductionNodes(Reduction layer, OnnxCall call) {

    String output() {
        String x = call.floats(call.arguments().input());
        return switch (layer.function()) {
            case MEAN -> reduced("ReduceMean", x);
            case SUM -> call.node("ReduceSum", List.of(x, call.constants(axes())), Map.of("keepdims", keeps()));
            case MAX -> reduced("ReduceMax", x);
            case MIN -> reduced("ReduceMin", x);
            case ANY -> reduced("ReduceMax", truth(x));
            case ALL -> reduced("ReduceMin", truth(x));
        };
    }

    private String reduced(String operator, String x) {
        return call.node(operator, List.of(x), Map.of("axes", OnnxAttribute.all(axes()), "keepdims", keeps()));
    }

    private String truth(String x) {
        return call.cast(call.node("Not", call.node("Equal", x, call.constant(0))), OnnxType.FLOAT);
    }

    private long[] axes() {
        return layer.axes().stream().mapToLong(Integer::longValue).toArray();
    }

    private OnnxAttribute keeps() {
        return OnnxAttribute.of(layer.keepsDims() ? 1 : 0);
    }
}
