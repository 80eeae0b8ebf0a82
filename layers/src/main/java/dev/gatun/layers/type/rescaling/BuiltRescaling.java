package dev.gatun.layers.type.rescaling;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.InputShapes;
import dev.gatun.layers.Rescaling;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.List;

/**
 * A Rescaling in a model.
 *
 * @param layer its options
 * @param name  in the model, for messages
 */
record BuiltRescaling(Rescaling layer, String name) implements BuiltLayer {

    @Override
    public List<WeightSpec> weights() {
        return List.of();
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        Shape input = InputShapes.single("Rescaling", name, shapes);
        int features = InputShapes.features("Rescaling", name, input);
        requireFit("scale", layer.scale(), features, input);
        requireFit("offset", layer.offset(), features, input);
        return List.of(input);
    }

    private void requireFit(String option, List<Double> numbers, int features, Shape input) {
        if (numbers.size() != 1 && numbers.size() != features) {
            throw new ShapeException("Rescaling '" + name + "' takes one number as " + option
                    + ", or one for each of the " + features + " features of " + input + ", got " + numbers.size());
        }
    }

    @Override
    public Operation operation(PlanContext context) {
        int columns = context.arguments().input().columns();
        return new RescalingOperation(floats(layer.scale(), columns), floats(layer.offset(), columns), context);
    }

    /** As many as asked for, of one or as many. */
    static float[] floats(List<Double> numbers, int count) {
        float[] floats = new float[count];
        for (int i = 0; i < count; i++) {
            floats[i] = numbers.get(numbers.size() == 1 ? 0 : i).floatValue();
        }
        return floats;
    }
}
