package dev.gatun.layers.type.depthwise;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.SeparableConv1D;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.util.List;

/** What is known of {@link SeparableConv1D}. */
public final class SeparableConv1DType extends LayerType<SeparableConv1D> {

    /** The type. */
    public SeparableConv1DType() {
        super(new SeparableConv1D(Configuration.of(SeparableConv1D.OPTIONS)));
    }

    @Override
    public BuiltLayer build(SeparableConv1D layer, String name, CallArguments<Shape> shapes) {
        return new BuiltSeparable(layer, DepthwiseSizes.of(layer, name, shapes));
    }

    /** A step of the output is made of several, of which some may count and others not: Keras drops the mask. */
    @Override
    public MaskRule masks(SeparableConv1D layer) {
        return MaskRule.DROP;
    }

    @Override
    public Stepping stepping(SeparableConv1D layer) {
        return new Stepping.WholeSequence("reads steps that come later; only a Conv1D has padding 'causal'");
    }

    @Override
    public List<String> onnx(SeparableConv1D layer, OnnxCall call) {
        DepthwiseNodes nodes = new DepthwiseNodes(layer, call);
        String features = nodes.exchanged(nodes.filtered("depthwise_kernel", false));
        Tensor kernel = call.weight("pointwise_kernel");
        String pointwise = call.initializer("pointwise", Shape.of(kernel.shape().dim(1), kernel.shape().dim(2)),
                kernel.toArray());
        String product = call.node("MatMul", features, pointwise);
        String sum = layer.useBias() ? call.node("Add", product, call.initializer("bias")) : product;
        return List.of(call.activation(layer.activation(), sum));
    }
}
