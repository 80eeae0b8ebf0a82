package dev.gatun.layers.type.depthwise;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolution of single features whose input width is known.
 *
 * @param sizes of its filters
 */
record BuiltDepthwise(DepthwiseSizes sizes) implements BuiltLayer {

    @Override
    public List<WeightSpec> weights() {
        List<WeightSpec> specs = new ArrayList<>(List.of(sizes.kernel("kernel")));
        if (sizes.layer().useBias()) {
            specs.add(sizes.bias(sizes.columns()));
        }
        return specs;
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        return List.of(sizes.output(shapes, sizes.columns()));
    }

    @Override
    public Operation operation(PlanContext context) {
        return new DepthwiseOperation(sizes, context,
                outputShapes(context.arguments().map(value -> value.shape())).getFirst());
    }
}
