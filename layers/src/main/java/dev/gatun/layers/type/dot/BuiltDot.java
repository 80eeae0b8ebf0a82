package dev.gatun.layers.type.dot;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Dot;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.List;

/**
 * A Dot in a model.
 *
 * @param layer its options
 * @param name  in the model, for messages
 */
record BuiltDot(Dot layer, String name) implements BuiltLayer {

    @Override
    public List<WeightSpec> weights() {
        return List.of();
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        List<Shape> inputs = shapes.inputs();
        if (inputs.size() != 2) {
            throw new ShapeException(who() + " takes two values, got " + inputs.size() + ": " + inputs);
        }
        for (Shape shape : inputs) {
            if (shape.rank() != 2 && shape.rank() != 3) {
                throw new ShapeException(
                        who() + " takes values [batch, features] or [batch, time, features], got shape "
                                + shape + " of rank " + shape.rank() + "; reshape the data");
            }
        }
        Shape first = inputs.get(0);
        Shape second = inputs.get(1);
        int[] axes = axes(layer, first, second);
        for (int value = 0; value < axes.length; value++) {
            if (axes[value] < 1 || axes[value] >= inputs.get(value).rank()) {
                throw new ShapeException(who() + " sums over axes " + layer.axes() + ", got shapes " + inputs
                        + "; give axes from 1 on that both values have");
            }
        }
        long one = first.dim(axes[0]);
        long other = second.dim(axes[1]);
        if (one != Shape.UNKNOWN && other != Shape.UNKNOWN && one != other
                || first.dim(0) != Shape.UNKNOWN && second.dim(0) != Shape.UNKNOWN && first.dim(0) != second.dim(0)) {
            throw new ShapeException(who() + " sums over axes " + layer.axes()
                    + " of the same samples and the same size, "
                    + "got shapes " + inputs + "; make " + one + " and " + other + " equal, or choose other axes");
        }
        return List.of(shape(first, second, axes));
    }

    private String who() {
        return "Dot '" + name + "'";
    }

    /** Counted from the batch. */
    static int[] axes(Dot layer, Shape first, Shape second) {
        int one = layer.axes().getFirst();
        int other = layer.axes().getLast();
        return new int[] {one < 0 ? one + first.rank() : one, other < 0 ? other + second.rank() : other};
    }

    private static Shape shape(Shape first, Shape second, int[] axes) {
        long batch = Math.max(first.dim(0), second.dim(0));
        boolean left = first.rank() == 3;
        boolean right = second.rank() == 3;
        long rows = left ? first.dim(3 - axes[0]) : 1;
        long columns = right ? second.dim(3 - axes[1]) : 1;
        if (left && right) {
            return Shape.of(batch, rows, columns);
        }
        return Shape.of(batch, left ? rows : columns);
    }

    @Override
    public Operation operation(PlanContext context) {
        Shape first = context.arguments().inputs().get(0).shape();
        Shape second = context.arguments().inputs().get(1).shape();
        int[] axes = axes(layer, first, second);
        return new DotOperation(context, shape(first, second, axes), axes, layer.normalizes());
    }
}
