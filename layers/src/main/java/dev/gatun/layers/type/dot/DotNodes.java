package dev.gatun.layers.type.dot;

import dev.gatun.layers.Dot;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.layers.onnx.OnnxValue;
import java.util.List;
import java.util.Map;

/**
 * A Dot as ONNX nodes: both values as matrices of each sample, [N,K] and [K,M].
 *
 * @param layer its options
 * @param call  takes the nodes
 */
record DotNodes(Dot layer, OnnxCall call) {

    String output() {
        OnnxValue first = call.arguments().inputs().get(0);
        OnnxValue second = call.arguments().inputs().get(1);
        int[] axes = BuiltDot.axes(layer, first.shape(), second.shape());
        boolean flat = first.shape().rank() == 2;
        boolean flatSecond = second.shape().rank() == 2;
        String product = call.node("MatMul", matrix(first, axes[0], 1, 2), matrix(second, axes[1], 2, 1));
        if (flat) {
            return call.node("Squeeze", product, call.constants(1));
        }
        return flatSecond ? call.node("Squeeze", product, call.constants(2)) : product;
    }

    /** @param along where the axis that is summed over has to be, and where one of a single index goes */
    private String matrix(OnnxValue value, int axis, int missing, int along) {
        String normal = layer.normalizes() ? normalized(value.name(), axis) : value.name();
        if (value.shape().rank() == 2) {
            return call.node("Unsqueeze", normal, call.constants(missing));
        }
        return axis == along
                ? normal
                : call.node("Transpose", List.of(normal),
                        Map.of("perm", new OnnxAttribute.Wholes(List.of(0L, 2L, 1L))));
    }

    private String normalized(String value, int axis) {
        String squares = call.node("ReduceSum", List.of(call.node("Mul", value, value), call.constants(axis)),
                Map.of("keepdims", OnnxAttribute.of(1)));
        String length = call.node("Sqrt", squares);
        return call.node("Div", value, call.node("Max", length, call.constant(Lengths.SHORTEST)));
    }
}
