package dev.gatun.layers.type.reduction;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Reduction;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.value.ValueType;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.List;

/**
 * A Reduction in a model.
 *
 * @param layer its options
 * @param name  in the model, for messages
 */
record BuiltReduction(Reduction layer, String name) implements BuiltLayer {

    @Override
    public List<WeightSpec> weights() {
        return List.of();
    }

    /** Of whole numbers and masks too: they are read as what they are. */
    @Override
    public boolean takes(int input, ValueType type) {
        Arguments.required(type, "BuiltLayer.takes", "type", "for example ValueType.FLOAT32");
        return true;
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        List<Shape> all = shapes.withoutMask().all();
        if (all.size() != 1) {
            throw new ShapeException(who() + " takes one input, got " + all.size() + ": " + all);
        }
        Shape input = all.getFirst();
        boolean[] reduced = reduced(input);
        List<Long> sizes = new ArrayList<>();
        for (int axis = 0; axis < input.rank(); axis++) {
            if (!reduced[axis] || layer.keepsDims()) {
                sizes.add(reduced[axis] ? 1 : input.dim(axis));
            }
        }
        return List.of(Shape.of(sizes.stream().mapToLong(Long::longValue).toArray()));
    }

    /** For each axis of a value whether it is one of those that end. */
    private boolean[] reduced(Shape input) {
        boolean[] reduced = new boolean[input.rank()];
        for (int axis : layer.axes()) {
            int counted = axis < 0 ? axis + input.rank() : axis;
            if (counted < 1 || counted >= input.rank()) {
                throw new ShapeException(
                        who() + " makes one number of those along axes " + layer.axes() + ", got shape "
                                + input + "; give axes from 1 to " + (input.rank() - 1)
                                + ", or negative ones, but not the batch");
            }
            reduced[counted] = true;
        }
        return reduced;
    }

    private String who() {
        return "Reduction '" + name + "' (" + layer.function().keyword() + ")";
    }

    @Override
    public Operation operation(PlanContext context) {
        Shape input = context.arguments().input().shape();
        return new ReductionOperation(context, layer.function(), reduced(input),
                outputShapes(context.arguments().map(value -> value.shape())).getFirst());
    }
}
