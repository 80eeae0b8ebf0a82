package dev.gatun.layers.type.merge;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.List;

/**
 * A layer in a model that merges values number by number.
 *
 * @param function how
 * @param name     in the model, for messages
 */
record BuiltMergeLayer(MergeFunction function, String name) implements BuiltLayer {

    @Override
    public List<WeightSpec> weights() {
        return List.of();
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        String who = function.kind() + " '" + name + "'";
        List<Shape> inputs = shapes.inputs();
        if (function == MergeFunction.SUBTRACT && inputs.size() != 2) {
            throw new ShapeException(who + " takes two values, got " + inputs.size() + ": " + inputs);
        }
        return List.of(MergedShape.of(who, inputs));
    }

    @Override
    public Operation operation(PlanContext context) {
        List<Shape> largest = context.arguments().inputs().stream().map(Value::shape).toList();
        return new ArithmeticOperation(function, context, MergedShape.capacity(largest));
    }
}
