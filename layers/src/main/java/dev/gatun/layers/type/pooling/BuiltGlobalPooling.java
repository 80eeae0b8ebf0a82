package dev.gatun.layers.type.pooling;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.InputShapes;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;

/**
 * A pooling over all steps in a model.
 *
 * @param kind     class of the layer, for messages
 * @param name     of the layer, for messages
 * @param keepDims whether it makes a sequence of one step
 * @param means    whether it makes means, or else largest numbers
 */
record BuiltGlobalPooling(String kind, String name, boolean keepDims, boolean means) implements BuiltLayer {

    @Override
    public List<WeightSpec> weights() {
        return List.of();
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        Shape input = InputShapes.sequence(kind, name, shapes);
        return List.of(keepDims ? input.with(1, 1) : Shape.of(input.dim(0), input.last()));
    }

    @Override
    public Operation operation(PlanContext context) {
        Shape shape = outputShapes(context.arguments().map(value -> value.shape())).getFirst();
        return means ? new GlobalAverageOperation(context, shape) : new GlobalMaxOperation(context, shape);
    }
}
