package dev.gatun.layers.type.softmax;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.InputShapes;
import dev.gatun.layers.Softmax;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.value.ValueType;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.List;

/**
 * A Softmax in a model.
 *
 * @param layer its options
 * @param name  in the model, for messages
 */
record BuiltSoftmax(Softmax layer, String name) implements BuiltLayer {

    private static final String KIND = "Softmax";

    @Override
    public List<WeightSpec> weights() {
        return List.of();
    }

    @Override
    public ValueType reads(int input) {
        return input == 0 ? ValueType.FLOAT32 : ValueType.MASK;
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        List<Shape> all = shapes.inputs();
        if (all.size() == 2 && all.getFirst().rank() > 1) {
            requireFits(all.get(0), all.get(1));
        }
        Shape input = InputShapes.single(KIND, name,
                all.size() == 2 ? CallArguments.of(List.of(all.getFirst())) : shapes);
        for (int axis : layer.axes()) {
            if (axis >= input.rank() || axis <= -input.rank()) {
                throw new ShapeException(KIND + " '" + name + "' sums over axis " + axis + ", got shape " + input
                        + "; give 1 for time, -1 for features");
            }
        }
        return List.of(input);
    }

    private void requireFits(Shape input, Shape mask) {
        boolean fits = mask.rank() == input.rank();
        for (int axis = 1; fits && axis < mask.rank(); axis++) {
            fits = mask.dim(axis) == 1 || mask.dim(axis) == input.dim(axis) || mask.dim(axis) == Shape.UNKNOWN
                    || input.dim(axis) == Shape.UNKNOWN;
        }
        if (!fits) {
            throw new ShapeException(KIND + " '" + name + "' has a mask of shape " + mask + " for numbers of shape "
                    + input + "; got sizes that differ, and each must be the same or 1");
        }
    }

    /** Whether one of the axes is that of a number, of the present rank. */
    boolean isOver(int axis, int rank) {
        return layer.axes().contains(axis) || layer.axes().contains(axis - rank);
    }

    @Override
    public Operation operation(PlanContext context) {
        return new SoftmaxOperation(this, context, outputShapes(context.arguments().map(Value::shape)).getFirst());
    }
}
