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
            if (!pads()) {
                attributes.put("auto_pad", OnnxAttribute.of("SAME_UPPER"));
            }
        } else if (window.padding() == Padding.SAME) {
            attributes.put("pads", OnnxAttribute.all(all / 2, all - all / 2));
        } else if (window.padding() == Padding.CAUSAL) {
            attributes.put("pads", OnnxAttribute.all(all, 0));
        }
        return attributes;
    }

    /**
     * A value with the padding that {@link #attributes} do not say, because it depends on how many steps there are.
     *
     * @param value features before time
     * @param with  what it is padded with
     * @return the name of the padded value, or of the value
     */
    public String padded(String value, float with) {
        if (!pads()) {
            return value;
        }
        String time = call.size(value, 2);
        String stride = call.constants(window.stride());
        String steps = call.node("Div", call.node("Add", time, call.constants(window.stride() - 1L)), stride);
        String last = call.node("Mul", call.node("Sub", steps, call.constants(1)), stride);
        String spanned = call.node("Add", last, call.constants(window.span()));
        String all = call.node("Max", call.node("Sub", spanned, time), call.constants(0));
        String before = call.node("Div", all, call.constants(2));
        String others = call.constants(0, 0);
        String pads = call.node("Concat", List.of(others, before, others, call.node("Sub", all, before)),
                Map.of("axis", OnnxAttribute.of(0)));
        return call.node("Pad", value, pads, call.constant(with));
    }

    /**
     * Whether {@link #padded} changes a value: ONNX Runtime's auto_pad takes no dilations, and no strides beyond the window.
     *
     * @return true if it does
     */
    public boolean pads() {
        return window.padding() == Padding.SAME && window.stride() > 1
                && (window.dilation() > 1 || window.stride() > window.size());
    }
}
