package dev.gatun.layers.type.reshape;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Reshape;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.operation.SampleOrderOperation;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.List;

/**
 * A Reshape in a model.
 *
 * @param layer its options
 * @param name  in the model, for messages
 */
record BuiltReshape(Reshape layer, String name) implements BuiltLayer {

    @Override
    public List<WeightSpec> weights() {
        return List.of();
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        List<Shape> all = shapes.withoutMask().all();
        if (all.size() != 1) {
            throw new ShapeException(who() + " takes one input, got " + all.size() + ": " + all);
        }
        Shape input = all.getFirst();
        return List.of(shape(input, true));
    }

    /** @param exactly whether the sizes have to go together; of a plan's largest ones they need not */
    private Shape shape(Shape input, boolean exactly) {
        long known = 1;
        long[] sizes = new long[layer.targetShape().size() + 1];
        sizes[0] = input.dim(0);
        int rest = -1;
        for (int axis = 1; axis < sizes.length; axis++) {
            sizes[axis] = layer.targetShape().get(axis - 1);
            if (sizes[axis] == Reshape.REST) {
                rest = axis;
            } else {
                known = Math.multiplyExact(known, sizes[axis]);
            }
        }
        Shape sample = input.with(0, 1);
        if (!sample.isKnown()) {
            return Shape.of(sizes);
        }
        long numbers = sample.elements();
        if (exactly && (rest < 0 ? numbers != known : numbers % known != 0)) {
            throw new ShapeException(who() + " gives samples of " + known
                    + (rest < 0 ? " numbers" : " numbers times any size") + " the shape " + layer.targetShape()
                    + ", got shape " + input + ", whose samples have " + numbers + "; the numbers stay the same");
        }
        if (rest >= 0) {
            sizes[rest] = Math.ceilDiv(numbers, known);
        }
        return Shape.of(sizes);
    }

    private String who() {
        return "Reshape '" + name + "'";
    }

    @Override
    public Operation operation(PlanContext context) {
        return new SampleOrderOperation(context, shape(context.arguments().input().shape(), false));
    }
}
