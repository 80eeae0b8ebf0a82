package dev.gatun.layers.type.norms;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.InputShapes;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.ArrayList;
import java.util.List;

/**
 * A normalization in a model.
 *
 * @param form what it computes
 * @param name in the model, for messages
 * @param grid at the shape of the first call
 */
record BuiltNorm(NormForm form, String name, NormGrid grid) implements BuiltLayer {

    static BuiltNorm of(NormForm form, String name, CallArguments<Shape> shapes) {
        return new BuiltNorm(form, name, NormGrid.of(form, name, InputShapes.single(form.kind(), name, shapes)));
    }

    @Override
    public List<WeightSpec> weights() {
        List<WeightSpec> specs = new ArrayList<>();
        for (NormForm.Learned weight : form.learned()) {
            specs.add(new WeightSpec(weight.name(), grid.weights().shape(), grid.weights().layout(),
                    weight.initializer()).held(weight.regularizer(), weight.constraint()));
        }
        return specs;
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        Shape input = InputShapes.single(form.kind(), name, shapes);
        NormGrid now = NormGrid.of(form, name, input);
        if (grid.weights() != null && !now.weights().shape().equals(grid.weights().shape())) {
            throw new ShapeException(form.kind() + " '" + name + "' has weights of shape " + grid.weights().shape()
                    + ", but is now given shape " + input + "; a layer used twice needs inputs of the same sizes");
        }
        return List.of(input);
    }

    @Override
    public Operation operation(PlanContext context) {
        NormGrid now = NormGrid.of(form, name, context.arguments().input().shape());
        return now.boxes().areOfRows()
                ? new RowNormOperation(form, now, context)
                : new NormOperation(form, now, context);
    }
}
