package dev.gatun.layers.type.concatenate;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Concatenate;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.List;

/**
 * A Concatenate in a model.
 *
 * @param layer its options
 * @param name  in the model, for messages
 */
record BuiltConcatenate(Concatenate layer, String name) implements BuiltLayer {

    @Override
    public List<WeightSpec> weights() {
        return List.of();
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        List<Shape> inputs = shapes.inputs();
        Shape joined = inputs.getFirst();
        requireRank(joined);
        int along = along(joined);
        long size = joined.dim(along);
        for (Shape next : inputs.subList(1, inputs.size())) {
            if (next.rank() != joined.rank()) {
                throw unfit(inputs);
            }
            for (int axis = 0; axis < next.rank(); axis++) {
                long both = Math.max(joined.dim(axis), next.dim(axis));
                boolean known = joined.dim(axis) != Shape.UNKNOWN && next.dim(axis) != Shape.UNKNOWN;
                if (axis != along && known && joined.dim(axis) != next.dim(axis)) {
                    throw unfit(inputs);
                }
                joined = joined.with(axis, both);
            }
            boolean known = size != Shape.UNKNOWN && next.dim(along) != Shape.UNKNOWN;
            size = known ? Math.addExact(size, next.dim(along)) : Shape.UNKNOWN;
        }
        return List.of(joined.with(along, size));
    }

    private void requireRank(Shape first) {
        if (first.rank() < 2 || first.rank() > 4) {
            throw new ShapeException(who() + " joins values [batch, features], [batch, time, features] or "
                    + "[batch, time, steps, features], got shape " + first + " of rank " + first.rank()
                    + "; reshape the data");
        }
    }

    /** The axis, counted from the batch. */
    private int along(Shape shape) {
        int axis = layer.axis() < 0 ? layer.axis() + shape.rank() : layer.axis();
        if (axis < 1 || axis >= shape.rank()) {
            throw new ShapeException(who() + " joins along axis " + layer.axis() + ", got shape " + shape
                    + ", whose axes behind the batch are 1 to " + (shape.rank() - 1) + "; give one of them");
        }
        return axis;
    }

    private ShapeException unfit(List<Shape> inputs) {
        return new ShapeException(who() + " joins values that are equal in all sizes but that of axis " + layer.axis()
                + ", got shapes " + inputs + "; make the others equal");
    }

    private String who() {
        return "Concatenate '" + name + "'";
    }

    @Override
    public Operation operation(PlanContext context) {
        List<Shape> largest = context.arguments().inputs().stream().map(Value::shape).toList();
        int along = along(largest.getFirst());
        Shape capacity = largest.getFirst();
        long size = 0;
        for (Shape shape : largest) {
            size += shape.dim(along);
            for (int axis = 0; axis < shape.rank(); axis++) {
                capacity = capacity.with(axis, Math.max(capacity.dim(axis), shape.dim(axis)));
            }
        }
        return new ConcatenateOperation(context, capacity.with(along, size), along, layer.dropsMasks());
    }
}
