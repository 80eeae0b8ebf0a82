package dev.gatun.layers.operation;

import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.Padding;
import dev.gatun.layers.onnx.OnnxAttribute;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * ONNX nodes of a layer whose window moves along a sequence. ONNX has time behind the features.
 *
 * @param call   takes the nodes
 * @param window what moves
 */
public record WindowNodes(OnnxCall call, StepWindow window) {

    /**
     * Exchanges time and features, either way.
     *
     * @param value the name of a value of three axes
     * @return that of the other
     */
    public String exchanged(String value) {
        return call.node("Transpose", List.of(value), Map.of("perm", OnnxAttribute.all(0, 2, 1)));
    }

    /**
     * The window in the words of ONNX.
     *
     * @param dilates whether the operator has dilations
     * @return attributes, the caller's own
     */
    public Map<String, OnnxAttribute> attributes(boolean dilates) {
        Map<String, OnnxAttribute> attributes = new LinkedHashMap<>();
        attributes.put("kernel_shape", OnnxAttribute.all(window.size()));
        attributes.put("strides", OnnxAttribute.all(window.stride()));
        if (dilates) {
            attributes.put("dilations", OnnxAttribute.all(window.dilation()));
        }
        long all = window.span() - 1;
        if (window.padding() == Padding.SAME && window.stride() > 1) {
            attributes.put("auto_pad", OnnxAttribute.of("SAME_UPPER"));
        } else if (window.padding() == Padding.SAME) {
            attributes.put("pads", OnnxAttribute.all(all / 2, all - all / 2));
        } else if (window.padding() == Padding.CAUSAL) {
            attributes.put("pads", OnnxAttribute.all(all, 0));
        }
        return attributes;
    }
}
