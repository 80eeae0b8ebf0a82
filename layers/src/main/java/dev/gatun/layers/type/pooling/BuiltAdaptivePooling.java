package dev.gatun.layers.type.pooling;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.InputShapes;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.List;

/**
 * A pooling to so many steps in a model.
 *
 * @param kind  class of the layer, for messages
 * @param name  of the layer, for messages
 * @param steps that come out
 * @param means whether it makes means, or else largest numbers
 */
record BuiltAdaptivePooling(String kind, String name, int steps, boolean means) implements BuiltLayer {

    @Override
    public List<WeightSpec> weights() {
        return List.of();
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        Shape input = InputShapes.sequence(kind, name, shapes);
        if (input.dim(1) == 0) {
            throw new ShapeException(kind + " '" + name + "' needs a step or more, got shape " + input);
        }
        return List.of(input.with(1, steps));
    }

    @Override
    public Operation operation(PlanContext context) {
        Shape shape = outputShapes(context.arguments().map(value -> value.shape())).getFirst();
        PoolWindows windows = new PoolWindows.Even(steps);
        return means
                ? new AveragePoolingOperation(context, shape, windows)
                : new MaxPoolingOperation(context, shape, windows);
    }
}
