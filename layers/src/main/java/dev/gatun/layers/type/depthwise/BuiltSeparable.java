package dev.gatun.layers.type.depthwise;

import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.SeparableConv1D;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A separable convolution whose input width is known.
 *
 * @param layer its options
 * @param sizes of its filters of single features
 */
record BuiltSeparable(SeparableConv1D layer, DepthwiseSizes sizes) implements BuiltLayer {

    @Override
    public List<WeightSpec> weights() {
        List<WeightSpec> specs = new ArrayList<>(List.of(sizes.kernel("depthwise_kernel")));
        specs.add(new WeightSpec("pointwise_kernel", Shape.of(1, sizes.columns(), layer.filters()),
                WeightLayout.plain(sizes.columns(), layer.filters()), layer.pointwiseInitializer())
                .held(layer.pointwiseRegularizer(), layer.pointwiseConstraint()));
        if (layer.useBias()) {
            specs.add(sizes.bias(layer.filters()));
        }
        return specs;
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        return List.of(sizes.output(shapes, layer.filters()));
    }

    @Override
    public Operation operation(PlanContext context) {
        return new SeparableOperation(sizes, context,
                outputShapes(context.arguments().map(value -> value.shape())).getFirst());
    }
}
