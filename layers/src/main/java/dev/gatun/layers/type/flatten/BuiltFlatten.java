package dev.gatun.layers.type.flatten;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Flatten;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.operation.SampleOrderOperation;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.List;

/**
 * A Flatten in a model.
 *
 * @param layer its options
 * @param name  in the model, for messages
 */
record BuiltFlatten(Flatten layer, String name) implements BuiltLayer {

    @Override
    public List<WeightSpec> weights() {
        return List.of();
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        List<Shape> all = shapes.withoutMask().all();
        if (all.size() != 1) {
            throw new ShapeException("Flatten '" + name + "' takes one input, got " + all.size() + ": " + all);
        }
        Shape input = all.getFirst();
        Shape sample = input.with(0, 1);
        return List.of(Shape.of(input.dim(0), sample.isKnown() ? sample.elements() : Shape.UNKNOWN));
    }

    @Override
    public Operation operation(PlanContext context) {
        Shape input = context.arguments().input().shape();
        Shape output = outputShapes(context.arguments().map(value -> value.shape())).getFirst();
        return layer.channelsFirst() && input.rank() > 2
                ? new ChannelsLastOperation(context, output)
                : new SampleOrderOperation(context, output);
    }
}
