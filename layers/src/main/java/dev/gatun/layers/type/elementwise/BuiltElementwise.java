package dev.gatun.layers.type.elementwise;

import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Elementwise;
import dev.gatun.layers.Elementwise.Function;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.layers.operation.ActivationOperation;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.value.ValueType;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.check.Arguments;
import java.util.List;
import java.util.Optional;

/**
 * An Elementwise in a model.
 *
 * @param layer its options
 * @param name  in the model, for messages
 */
record BuiltElementwise(Elementwise layer, String name) implements BuiltLayer {

    @Override
    public List<WeightSpec> weights() {
        return List.of();
    }

    /** Of whole numbers and masks too: they are read as what they are. */
    @Override
    public boolean takes(int input, ValueType type) {
        Arguments.required(type, "BuiltLayer.takes", "type", "for example ValueType.FLOAT32");
        return type == ValueType.FLOAT32 || layer.function() != Function.ACTIVATION;
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        requireArguments(shapes.inputs());
        Shape merged = shapes.inputs().getFirst();
        for (Shape next : shapes.inputs()) {
            if (next.rank() != merged.rank()) {
                throw unfit(shapes.inputs());
            }
            for (int axis = 0; axis < next.rank(); axis++) {
                merged = merged.with(axis, size(shapes.inputs(), axis, merged.dim(axis), next.dim(axis)));
            }
        }
        return List.of(merged);
    }

    private long size(List<Shape> all, int axis, long one, long other) {
        if (one == other || other == 1 && axis > 0) {
            return one;
        }
        if (one == 1 && axis > 0) {
            return other;
        }
        if (one == Shape.UNKNOWN || other == Shape.UNKNOWN) {
            return Math.max(one, other);
        }
        throw unfit(all);
    }

    private ShapeException unfit(List<Shape> all) {
        return new ShapeException(
                who() + " takes values of as many axes, whose sizes are equal or 1 and whose batches are "
                        + "equal, got shapes " + all + "; make them so, for example with a Reshape");
    }

    /** As many values as there are arguments that are no numbers. */
    private void requireArguments(List<Shape> inputs) {
        int arity = layer.function().arity();
        List<Optional<Double>> places = layer.arguments();
        if (!places.isEmpty() && places.size() != arity) {
            throw new ShapeException(who() + " applies a function of " + arity + " arguments, got " + places.size()
                    + " of them; give for each a number, or null for a value; its values have shapes " + inputs);
        }
        long values = places.isEmpty() ? arity : places.stream().filter(Optional::isEmpty).count();
        if (inputs.size() != values || values == 0) {
            throw new ShapeException(who() + " takes " + values + (values == 1 ? " value" : " values") + ", got "
                    + inputs.size() + ": " + inputs + "; of " + arity + " arguments, at least one has to be a value");
        }
        boolean isActivation = layer.function() == Function.ACTIVATION;
        if (isActivation != layer.activation().isPresent()) {
            throw new ShapeException(who() + " is given shapes " + inputs + " and "
                    + (isActivation ? "no activation to apply" : "an activation that its function does not apply")
                    + "; make it of(activation)");
        }
    }

    private String who() {
        return "Elementwise '" + name + "' (" + layer.function().keyword() + ")";
    }

    @Override
    public Operation operation(PlanContext context) {
        Optional<ActivationFunction> activation = layer.activation();
        if (activation.isPresent()) {
            return new ActivationOperation(activation.get(), context);
        }
        Shape capacity = context.arguments().input().shape();
        for (Value value : context.arguments().inputs()) {
            for (int axis = 0; axis < capacity.rank(); axis++) {
                capacity = capacity.with(axis, Math.max(capacity.dim(axis), value.shape().dim(axis)));
            }
        }
        return new ElementwiseOperation(context, layer, capacity);
    }
}
