package dev.gatun.layers.type.pooling;

import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.layers.onnx.OnnxType;
import java.util.List;
import java.util.Map;

/**
 * Poolings to so many steps as ONNX nodes. ONNX has no windows of several sizes, so that each step of the output looks at all
 * steps and leaves out those that lie outside of its window.
 *
 * @param count how many steps are made
 * @param call  takes the nodes
 */
record EvenWindowNodes(int count, OnnxCall call) {

    String mean() {
        String within = call.cast(within(), OnnxType.FLOAT);
        String size = call.node("ReduceSum", List.of(within, call.constants(1)), Map.of("keepdims",
                OnnxAttribute.of(1)));
        return call.node("MatMul", call.node("Div", within, size), call.input());
    }

    String largest() {
        String within = call.node("Unsqueeze", within(), call.constants(0, 3));
        String seen = call.node("Where", within, call.node("Unsqueeze", call.input(), call.constants(1)),
                call.constant(Float.NEGATIVE_INFINITY));
        return call.node("ReduceMax", List.of(seen), Map.of("axes", OnnxAttribute.all(2), "keepdims",
                OnnxAttribute.of(0)));
    }

    /** Whether a step of the input lies in the window of a step of the output, [count,T]. */
    private String within() {
        String time = call.size(call.input(), 1);
        String steps = call.indices(time);
        String windows = call.node("Unsqueeze", call.indices(call.constants(count)), call.constants(1));
        String first = call.node("Div", call.node("Mul", windows, time), call.constants(count));
        String behind = call.node("Mul", call.node("Add", windows, call.constants(1)), time);
        String end = call.node("Div", call.node("Add", behind, call.constants(count - 1L)), call.constants(count));
        return call.node("And", call.node("LessOrEqual", first, steps), call.node("Less", steps, end));
    }
}
