package dev.gatun.layers.type.slicing;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Slicing;
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
 * A Slicing in a model.
 *
 * @param layer its options
 * @param name  in the model, for messages
 */
record BuiltSlicing(Slicing layer, String name) implements BuiltLayer {

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
        return List.of(shape(all.getFirst(), true));
    }

    /** @param exactly whether a single index has to be there; of a plan's largest sizes it is */
    private Shape shape(Shape input, boolean exactly) {
        List<AxisPart> parts = parts(input);
        List<Long> sizes = new ArrayList<>(List.of(input.dim(0)));
        for (int axis = 1; axis < input.rank(); axis++) {
            AxisPart part = parts.get(axis - 1);
            long size = input.dim(axis);
            if (exactly && size != Shape.UNKNOWN && !part.fits(size)) {
                throw new ShapeException(
                        who() + " takes " + layer.parts() + ", got shape " + input + ", whose axis " + axis
                                + " has " + size + " indices; give one from " + -size + " to " + (size - 1));
            }
            if (!part.single()) {
                sizes.add(size == Shape.UNKNOWN ? Shape.UNKNOWN : part.count(size));
            }
        }
        return Shape.of(sizes.stream().mapToLong(Long::longValue).toArray());
    }

    /** One for each axis behind the batch. */
    private List<AxisPart> parts(Shape input) {
        if (layer.parts().size() >= input.rank()) {
            throw new ShapeException(who() + " takes " + layer.parts() + ", parts of " + layer.parts().size()
                    + " axes behind the batch, got shape " + input + "; give at most " + (input.rank() - 1));
        }
        List<AxisPart> parts = new ArrayList<>();
        layer.parts().forEach(text -> parts.add(AxisPart.of(text)));
        while (parts.size() < input.rank() - 1) {
            parts.add(AxisPart.WHOLE);
        }
        return parts;
    }

    private String who() {
        return "Slicing '" + name + "'";
    }

    @Override
    public Operation operation(PlanContext context) {
        Shape input = context.arguments().input().shape();
        return new SlicingOperation(context, parts(input), shape(input, false));
    }
}
