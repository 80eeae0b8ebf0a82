package dev.gatun.layers.type.repeatvector;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.InputShapes;
import dev.gatun.layers.RepeatVector;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.List;

/**
 * A RepeatVector in a model.
 *
 * @param layer its options
 * @param name  in the model, for messages
 */
record BuiltRepeatVector(RepeatVector layer, String name) implements BuiltLayer {

    @Override
    public List<WeightSpec> weights() {
        return List.of();
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        Shape input = InputShapes.single("RepeatVector", name, shapes);
        if (input.rank() != 2) {
            throw new ShapeException("RepeatVector '" + name + "' repeats a vector [batch, features], got shape "
                    + input
                    + "; if it follows a recurrent layer, let that one return its last step: .returnSequences(false)");
        }
        return List.of(Shape.of(input.dim(0), layer.n(), input.last()));
    }

    @Override
    public Operation operation(PlanContext context) {
        return new RepeatOperation(context,
                outputShapes(context.arguments().map(value -> value.shape())).getFirst());
    }
}
