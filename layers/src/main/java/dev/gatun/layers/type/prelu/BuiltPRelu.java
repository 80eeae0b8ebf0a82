package dev.gatun.layers.type.prelu;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.InputShapes;
import dev.gatun.layers.PRelu;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.operation.WeightGrid;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.List;

/**
 * A PReLU in a model.
 *
 * @param layer  its options
 * @param name   in the model, for messages
 * @param alphas which alpha is a number's
 */
record BuiltPRelu(PRelu layer, String name, WeightGrid alphas) implements BuiltLayer {

    private static final String KIND = "PReLU";

    static BuiltPRelu of(PRelu layer, String name, CallArguments<Shape> shapes) {
        return new BuiltPRelu(layer, name, WeightGrid.shared(alphas(layer, name, shapes)));
    }

    /** That of a sample, with 1 for each shared axis. */
    private static Shape alphas(PRelu layer, String name, CallArguments<Shape> shapes) {
        Shape input = InputShapes.single(KIND, name, shapes);
        InputShapes.features(KIND, name, input);
        for (int axis : layer.sharedAxes()) {
            if (axis >= input.rank()) {
                throw new ShapeException(KIND + " '" + name + "' shares its alphas along axis " + axis
                        + ", which values of shape " + input + " do not have; axes count from 1, without the batch");
            }
        }
        long[] sizes = new long[input.rank() - 1];
        for (int axis = 1; axis < input.rank(); axis++) {
            sizes[axis - 1] = layer.sharedAxes().contains(axis) ? 1 : input.dim(axis);
            if (sizes[axis - 1] < 1) {
                throw new ShapeException(
                        KIND + " '" + name + "' has an alpha for each step, so it needs to know how many "
                                + "there are, at least 1, got shape " + input
                                + "; give Input a number of steps, or share the alphas: sharedAxes(1)");
            }
        }
        return Shape.of(sizes);
    }

    @Override
    public List<WeightSpec> weights() {
        return List.of(new WeightSpec("alpha", alphas.shape(), alphas.layout(), layer.alphaInitializer())
                .held(layer.alphaRegularizer(), layer.alphaConstraint()));
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        Shape now = alphas(layer, name, shapes);
        if (!now.equals(alphas.shape())) {
            throw new ShapeException(KIND + " '" + name + "' has alphas of shape " + alphas.shape()
                    + ", but is now given shape " + shapes.input()
                    + "; a layer used twice needs inputs of the same sizes");
        }
        return List.of(shapes.input());
    }

    @Override
    public Operation operation(PlanContext context) {
        return new PReluOperation(alphas, context);
    }
}
