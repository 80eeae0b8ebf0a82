package dev.gatun.layers.type.constantstate;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.ConstantState;
import dev.gatun.layers.InputShapes;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.List;

/**
 * Constants in a model.
 *
 * @param layer its options
 * @param name  in the model, for messages
 */
record BuiltConstantState(ConstantState layer, String name) implements BuiltLayer {

    @Override
    public List<WeightSpec> weights() {
        return List.of();
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        Shape input = InputShapes.single("ConstantState", name, shapes);
        if (input.rank() != 3) {
            throw new ShapeException("ConstantState '" + name + "' is where a layer begins that reads a sequence "
                    + "[batch, time, features], got shape " + input + "; give it that sequence");
        }
        boolean fits = layer.rows() == 1 || input.dim(0) == Shape.UNKNOWN || input.dim(0) == layer.rows();
        if (!fits) {
            throw new ShapeException("ConstantState '" + name + "' has a row of numbers for each of " + layer.rows()
                    + " samples, got a batch of " + input.dim(0) + "; give batches of " + layer.rows()
                    + ", or one row for all samples");
        }
        return List.of(Shape.of(layer.rows() == 1 ? input.dim(0) : layer.rows(), layer.units()));
    }

    @Override
    public Operation operation(PlanContext context) {
        return new ConstantOperation(layer, context);
    }
}
