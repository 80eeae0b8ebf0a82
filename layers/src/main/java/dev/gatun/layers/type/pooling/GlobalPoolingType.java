package dev.gatun.layers.type.pooling;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.GlobalPoolingLayer;
import dev.gatun.layers.InputShapes;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.layers.onnx.OnnxType;
import dev.gatun.layers.onnx.OnnxValue;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;
import java.util.Map;

/**
 * What poolings over all steps share.
 *
 * @param <L> the class of layers
 */
abstract class GlobalPoolingType<L extends GlobalPoolingLayer<L>> extends LayerType<L> {

    private final boolean means;

    /** @param means whether it makes means, or else largest numbers */
    GlobalPoolingType(L prototype, boolean means) {
        super(prototype);
        this.means = means;
    }

    @Override
    public BuiltLayer build(L layer, String name, CallArguments<Shape> shapes) {
        InputShapes.sequence(layer.kind(), name, shapes);
        return new BuiltGlobalPooling(layer.kind(), name, layer.keepsDims(), means);
    }

    /** A mean goes by the mask; the one step that may be kept has none. */
    @Override
    public MaskRule masks(L layer) {
        return means && !layer.keepsDims() ? MaskRule.CONSUME : MaskRule.DROP;
    }

    @Override
    public Stepping stepping(L layer) {
        return new Stepping.WholeSequence("needs all steps for the one that it makes");
    }

    @Override
    public List<String> onnx(L layer, OnnxCall call) {
        OnnxValue mask = call.arguments().mask();
        if (means && mask != null) {
            String counts = call.node("Unsqueeze", mask.name(), call.constants(2));
            String sum = sum(call, layer, call.node("Where", counts, call.input(), call.constant(0)));
            return List.of(call.node("Div", sum, sum(call, layer, call.cast(counts, OnnxType.FLOAT))));
        }
        return List.of(call.node(means ? "ReduceMean" : "ReduceMax", List.of(call.input()), Map.of("axes",
                OnnxAttribute.all(1), "keepdims", OnnxAttribute.of(layer.keepsDims() ? 1 : 0))));
    }

    private static String sum(OnnxCall call, GlobalPoolingLayer<?> layer, String steps) {
        return call.node("ReduceSum", List.of(steps, call.constants(1)),
                Map.of("keepdims", OnnxAttribute.of(layer.keepsDims() ? 1 : 0)));
    }
}
