package dev.gatun.layers.type.softmax;

import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.Softmax;
import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.layers.onnx.OnnxType;
import java.util.List;
import java.util.Map;

/**
 * A {@link Softmax} as ONNX nodes: its operator over one axis, or written out over several. What a mask leaves out is 0, and
 * where it leaves out everything, all are.
 *
 * @param layer its options
 * @param call  takes the nodes
 */
record SoftmaxNodes(Softmax layer, OnnxCall call) {

    String output() {
        if (call.arguments().inputs().size() == 1) {
            return softmax(call.input());
        }
        String mask = call.arguments().inputs().get(1).name();
        String made = softmax(call.node("Where", mask, call.input(), call.constant(-Float.MAX_VALUE)));
        return call.node("Mul", made, largest(call.cast(mask, OnnxType.FLOAT)));
    }

    private String softmax(String x) {
        if (layer.axes().size() == 1) {
            return call.node("Softmax", List.of(x), Map.of("axis", OnnxAttribute.of(layer.axes().getFirst())));
        }
        String powers = call.node("Exp", call.node("Sub", x, largest(x)));
        String sum = call.node("ReduceSum", List.of(powers, call.constants(axes())), Map.of("keepdims",
                OnnxAttribute.of(1)));
        return call.node("Div", powers, sum);
    }

    private String largest(String x) {
        return call.node("ReduceMax", List.of(x),
                Map.of("axes", OnnxAttribute.all(axes()), "keepdims", OnnxAttribute.of(1)));
    }

    private long[] axes() {
        return layer.axes().stream().mapToLong(Integer::longValue).toArray();
    }
}
