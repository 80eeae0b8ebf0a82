package dev.gatun.layers.type.depthwise;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.DepthwiseConv1D;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;

/** What is known of {@link DepthwiseConv1D}. */
public final class DepthwiseConv1DType extends LayerType<DepthwiseConv1D> {

    /** The type. */
    public DepthwiseConv1DType() {
        super(new DepthwiseConv1D(Configuration.of(DepthwiseConv1D.OPTIONS)));
    }

    @Override
    public BuiltLayer build(DepthwiseConv1D layer, String name, CallArguments<Shape> shapes) {
        return new BuiltDepthwise(DepthwiseSizes.of(layer, name, shapes));
    }

    /** A step of the output is made of several, of which some may count and others not: Keras drops the mask. */
    @Override
    public MaskRule masks(DepthwiseConv1D layer) {
        return MaskRule.DROP;
    }

    @Override
    public Stepping stepping(DepthwiseConv1D layer) {
        return new Stepping.WholeSequence("reads steps that come later; only a Conv1D has padding 'causal'");
    }

    @Override
    public List<String> onnx(DepthwiseConv1D layer, OnnxCall call) {
        DepthwiseNodes nodes = new DepthwiseNodes(layer, call);
        String sum = nodes.exchanged(nodes.filtered("kernel", layer.useBias()));
        return List.of(call.activation(layer.activation(), sum));
    }
}
