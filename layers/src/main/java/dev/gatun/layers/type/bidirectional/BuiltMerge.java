package dev.gatun.layers.type.bidirectional;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.MergeMode;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.List;

/**
 * A merge in a model.
 *
 * @param layer its options
 * @param name  in the model, for messages
 */
record BuiltMerge(Merge layer, String name) implements BuiltLayer {

    @Override
    public List<WeightSpec> weights() {
        return List.of();
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        Shape backward = shapes.inputs().get(0);
        Shape forward = shapes.inputs().get(1);
        if (layer.mode() == MergeMode.NONE) {
            return List.of(forward, backward);
        }
        if (layer.mode() == MergeMode.CONCAT) {
            return List.of(forward.with(-1, forward.last() + backward.last()));
        }
        if (forward.last() != backward.last()) {
            throw new ShapeException(
                    "Bidirectional '" + name + "': its halves make " + forward.last() + " and " + backward.last()
                            + " features, and merge_mode='" + layer.mode().keyword()
                            + "' takes equal numbers; give both layers as many units, or use concat");
        }
        return List.of(forward);
    }

    @Override
    public Operation operation(PlanContext context) {
        return new MergeOperation(layer, context, outputShapes(context.arguments().map(value -> value.shape())));
    }
}
