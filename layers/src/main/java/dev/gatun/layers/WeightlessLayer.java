package dev.gatun.layers;

import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.memory.Shape;
import java.util.List;
import java.util.function.Function;

/**
 * A built layer without weights whose one output has the shape of its one input.
 *
 * @param kind    class of the layer, for messages
 * @param name    of the layer, for messages
 * @param planner plans one call of it
 */
public record WeightlessLayer(String kind, String name,
        Function<PlanContext, Operation> planner) implements BuiltLayer {

    @Override
    public List<WeightSpec> weights() {
        return List.of();
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        return List.of(InputShapes.single(kind, name, shapes));
    }

    @Override
    public Operation operation(PlanContext site) {
        return planner.apply(site);
    }
}
