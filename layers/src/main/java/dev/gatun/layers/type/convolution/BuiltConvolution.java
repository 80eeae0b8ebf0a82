package dev.gatun.layers.type.convolution;

import dev.gatun.engine.conv.ConvKernel;
import dev.gatun.engine.conv.Taps;
import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.ConvolutionLayer;
import dev.gatun.layers.InputShapes;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.operation.StepSizes;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolution whose input width is known.
 *
 * @param layer  its options
 * @param name   in the model
 * @param inputs I
 * @param shape  of the kernel
 * @param kernel the same as matrices
 * @param taps   of the way forward
 * @param sizes  how many steps come out
 */
record BuiltConvolution(
        ConvolutionLayer<?> layer, String name, int inputs, Shape shape, ConvKernel kernel, Taps taps, StepSizes sizes)
        implements
            BuiltLayer {

    String who() {
        return layer.kind() + " '" + name + "'";
    }

    @Override
    public List<WeightSpec> weights() {
        List<WeightSpec> specs = new ArrayList<>();
        specs.add(new WeightSpec("kernel", shape, kernel.layout(), layer.kernelInitializer())
                .held(layer.kernelRegularizer(), layer.kernelConstraint()));
        if (layer.useBias()) {
            specs.add(new WeightSpec("bias", Shape.of(layer.filters()), WeightLayout.plain(1, layer.filters()),
                    layer.biasInitializer()).held(layer.biasRegularizer(), layer.biasConstraint()));
        }
        return specs;
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        Shape input = InputShapes.sequence(layer.kind(), name, shapes);
        InputShapes.requireFeatures(layer.kind(), name, input, inputs);
        return List.of(sizes.output(who(), input, layer.filters()));
    }

    @Override
    public Operation operation(PlanContext context) {
        return new ConvolutionOperation(this, context,
                outputShapes(context.arguments().map(value -> value.shape())).getFirst());
    }
}
