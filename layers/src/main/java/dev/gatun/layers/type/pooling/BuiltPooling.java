package dev.gatun.layers.type.pooling;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.InputShapes;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.operation.StepWindow;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;

/**
 * A pooling in a model.
 *
 * @param kind   class of the layer, for messages
 * @param name   of the layer, for messages
 * @param window what moves along the sequence
 * @param means  whether it makes means, or else largest numbers
 */
record BuiltPooling(String kind, String name, StepWindow window, boolean means) implements BuiltLayer {

    @Override
    public List<WeightSpec> weights() {
        return List.of();
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        Shape input = InputShapes.sequence(kind, name, shapes);
        return List.of(window.output(kind + " '" + name + "'", input, input.last()));
    }

    @Override
    public Operation operation(PlanContext context) {
        Shape shape = outputShapes(context.arguments().map(value -> value.shape())).getFirst();
        PoolWindows windows = new PoolWindows.Sliding(window);
        return means
                ? new AveragePoolingOperation(context, shape, windows)
                : new MaxPoolingOperation(context, shape, windows);
    }
}
