package dev.gatun.layers.type.masking;

import dev.gatun.layers.Masking;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.layers.onnx.OnnxType;
import dev.gatun.layers.onnx.OnnxValue;
import java.util.List;
import java.util.Map;

/**
 * A Masking as ONNX nodes, which have no "any": the largest of zeros and ones is 1 if one of them is.
 *
 * @param layer its options
 * @param call  takes the nodes
 */
record MaskingNodes(Masking layer, OnnxCall call) {

    /** Names of the sequence, and of the mask. */
    List<String> outputs() {
        String differs = call.node("Not", call.node("Equal", call.input(), call.constant((float) layer.value())));
        String most = call.node("ReduceMax", List.of(cast(differs, OnnxType.FLOAT)),
                Map.of("axes", OnnxAttribute.all(-1), "keepdims", OnnxAttribute.of(0)));
        String mask = cast(most, OnnxType.BOOL);
        OnnxValue given = call.arguments().mask();
        if (given != null) {
            mask = call.node("And", mask, given.name());
        }
        String counts = call.node("Unsqueeze", mask, call.constants(2));
        return List.of(call.node("Where", counts, call.input(), call.constant(0)), mask);
    }

    private String cast(String value, OnnxType type) {
        return call.node("Cast", List.of(value), Map.of("to", OnnxAttribute.of(type.number())));
    }
}
