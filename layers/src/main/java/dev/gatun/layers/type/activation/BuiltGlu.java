package dev.gatun.layers.type.activation;

import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.InputShapes;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.operation.GluOperation;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;

/**
 * A gated linear unit as a layer: half as many features as it reads.
 *
 * @param function says how many
 * @param name     in the model, for messages
 */
record BuiltGlu(ActivationFunction function, String name) implements BuiltLayer {

    @Override
    public List<WeightSpec> weights() {
        return List.of();
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        Shape input = InputShapes.single("Activation", name, shapes);
        int features = InputShapes.features("Activation", name, input);
        return List.of(input.with(-1, InputShapes.activated("Activation", name, function, features)));
    }

    @Override
    public Operation operation(PlanContext context) {
        Value input = context.arguments().input();
        return new GluOperation(input,
                context.output("", outputShapes(CallArguments.of(List.of(input.shape()))).getFirst()));
    }
}
