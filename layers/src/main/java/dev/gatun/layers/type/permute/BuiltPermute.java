package dev.gatun.layers.type.permute;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Permute;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.List;

/**
 * A Permute in a model.
 *
 * @param layer its options
 * @param name  in the model, for messages
 */
record BuiltPermute(Permute layer, String name) implements BuiltLayer {

    @Override
    public List<WeightSpec> weights() {
        return List.of();
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        List<Shape> all = shapes.withoutMask().all();
        if (all.size() != 1) {
            throw new ShapeException("Permute '" + name + "' takes one input, got " + all.size() + ": " + all);
        }
        Shape input = all.getFirst();
        List<Integer> dims = layer.dims();
        if (dims.size() != input.rank() - 1) {
            throw new ShapeException(
                    "Permute '" + name + "' exchanges " + dims.size() + " axes besides the batch, got shape "
                            + input + "; give dims for " + (input.rank() - 1));
        }
        Shape output = input;
        for (int axis = 1; axis < input.rank(); axis++) {
            output = output.with(axis, input.dim(dims.get(axis - 1)));
        }
        return List.of(output);
    }

    @Override
    public boolean isIdentity(ExecutionMode mode) {
        return layer.isIdentity();
    }

    @Override
    public Operation operation(PlanContext context) {
        return new PermuteOperation(context, outputShapes(context.arguments().map(value -> value.shape())).getFirst(),
                layer.dims(), layer.isIdentity());
    }
}
