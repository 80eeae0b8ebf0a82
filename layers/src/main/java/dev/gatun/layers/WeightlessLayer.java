package dev.gatun.layers;

import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.memory.Shape;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A built layer without weights whose one output has the shape of its one input.
 *
 * @param kind    class of the layer, for messages
 * @param name    of the layer, for messages
 * @param planner  plans one call of it
 * @param identity of the modes without gradients those in which the output is the input
 */
public record WeightlessLayer(
        String kind, String name, Function<PlanContext, Operation> planner, Predicate<ExecutionMode> identity)
        implements
            BuiltLayer {

    @Override
    public boolean isIdentity(ExecutionMode mode) {
        return identity.test(mode);
    }

    @Override
    public List<WeightSpec> weights() {
        return List.of();
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        return List.of(InputShapes.single(kind, name, shapes));
    }

    @Override
    public Operation operation(PlanContext context) {
        return planner.apply(context);
    }
}
