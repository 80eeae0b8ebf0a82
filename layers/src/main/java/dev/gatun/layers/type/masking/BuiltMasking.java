package dev.gatun.layers.type.masking;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.InputShapes;
import dev.gatun.layers.Masking;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.List;

/**
 * A Masking in a model.
 *
 * @param layer its options
 * @param name  in the model, for messages
 */
record BuiltMasking(Masking layer, String name) implements BuiltLayer {

    @Override
    public List<WeightSpec> weights() {
        return List.of();
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        Shape input = InputShapes.single("Masking", name, shapes);
        if (input.rank() != 3) {
            throw new ShapeException(
                    "Masking '" + name + "' leaves steps out of a sequence [batch, time, features], got "
                            + "shape " + input + "; leave the layer out, or give it a sequence");
        }
        return List.of(input);
    }

    @Override
    public Operation operation(PlanContext context) {
        return new MaskingOperation(layer, context);
    }
}
