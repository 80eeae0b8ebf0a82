package dev.gatun.layers.type.steps;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.InputShapes;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;

/**
 * A layer in a model that copies steps.
 *
 * @param kind class of the layer, for messages
 * @param name of the layer, for messages
 * @param map  which steps go where
 */
record BuiltStepMap(String kind, String name, StepMap map) implements BuiltLayer {

    @Override
    public List<WeightSpec> weights() {
        return List.of();
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        Shape input = InputShapes.sequence(kind, name, shapes);
        return List.of(map.output(kind + " '" + name + "'", input, input.last()));
    }

    @Override
    public Operation operation(PlanContext context) {
        return new StepMapOperation(context, outputShapes(context.arguments().map(value -> value.shape())).getFirst(),
                map);
    }
}
