package dev.gatun.layers.type.category;

import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.OutputMode;
import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.layers.onnx.OnnxType;
import dev.gatun.layers.onnx.OnnxValue;
import dev.gatun.memory.Shape;
import java.util.List;
import java.util.Map;

/**
 * Places in vectors as ONNX nodes: a vector with one 1 for each step, and over the steps of a sample the largest or the sum of
 * them. What does not count has a place behind the last, of which ONNX's OneHot makes zeros.
 *
 * @param mode   what becomes of the places
 * @param places how many a vector has
 * @param call   takes the nodes
 */
record EncodingNodes(OutputMode mode, int places, OnnxCall call) {

    /** @param codes the name of the places, int64 */
    String output(String codes) {
        OnnxValue mask = call.arguments().mask();
        String counted = mask == null
                ? codes
                : call.node("Where", mask.name(), codes, call.constants(places));
        String vectors = call.node("OneHot", counted, call.constants(places),
                call.initializer("off and on", Shape.of(2), 0, 1));
        Shape ids = call.arguments().input().shape();
        return switch (mode) {
            case MULTI_HOT -> call.node("ReduceMax", List.of(vectors),
                    Map.of("axes", OnnxAttribute.all(1), "keepdims", OnnxAttribute.of(0)));
            case COUNT -> call.node("ReduceSum", List.of(weighed(vectors), call.constants(1)),
                    Map.of("keepdims", OnnxAttribute.of(0)));
            default -> EncodedShape.of("", mode, places, ids).alone()
                    ? call.node("Squeeze", vectors, call.constants(1))
                    : vectors;
        };
    }

    private String weighed(String vectors) {
        List<OnnxValue> read = call.arguments().inputs();
        return read.size() == 1
                ? vectors
                : call.node("Mul", vectors, call.node("Unsqueeze", read.get(1).name(), call.constants(2)));
    }

    /** The ids that are read, int64. */
    String ids() {
        return call.cast(call.input(), OnnxType.INT64);
    }
}
