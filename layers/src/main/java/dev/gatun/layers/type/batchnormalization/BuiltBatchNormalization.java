package dev.gatun.layers.type.batchnormalization;

import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.layers.BatchNormalization;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.InputShapes;
import dev.gatun.layers.WeightRole;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.ArrayList;
import java.util.List;

/**
 * A BatchNormalization in a model.
 *
 * @param layer    its options
 * @param name     in the model, for messages
 * @param channels that have statistics of their own
 * @param ofSteps  whether they are the steps of a sequence
 */
record BuiltBatchNormalization(BatchNormalization layer, String name, int channels, boolean ofSteps)
        implements
            BuiltLayer {

    private static final String KIND = "BatchNormalization";

    static BuiltBatchNormalization of(BatchNormalization layer, String name, CallArguments<Shape> shapes) {
        Shape input = InputShapes.single(KIND, name, shapes);
        int axis = layer.axis() < 0 ? layer.axis() + input.rank() : layer.axis();
        if (axis < 1 || axis >= input.rank()) {
            throw new ShapeException(KIND + " '" + name + "' has statistics along axis " + layer.axis()
                    + ", which values of shape " + input
                    + " do not have besides that of the samples; give axis -1, that "
                    + "of the features");
        }
        int features = InputShapes.features(KIND, name, input);
        if (axis == input.rank() - 1) {
            return new BuiltBatchNormalization(layer, name, features, false);
        }
        if (input.dim(1) == Shape.UNKNOWN || input.dim(1) == 0) {
            throw new ShapeException(KIND + " '" + name + "' has statistics of each step, so it needs to know how many "
                    + "there are, at least 1, got shape " + input + "; give Input a number of steps, or axis -1");
        }
        return new BuiltBatchNormalization(layer, name, Math.toIntExact(input.dim(1)), true);
    }

    @Override
    public List<WeightSpec> weights() {
        List<WeightSpec> specs = new ArrayList<>();
        if (layer.scale()) {
            specs.add(spec("gamma", layer.gammaInitializer(), WeightRole.TRAINED)
                    .held(layer.gammaRegularizer(), layer.gammaConstraint()));
        }
        if (layer.center()) {
            specs.add(spec("beta", layer.betaInitializer(), WeightRole.TRAINED)
                    .held(layer.betaRegularizer(), layer.betaConstraint()));
        }
        specs.add(spec("moving_mean", layer.movingMeanInitializer(), WeightRole.BUFFER));
        specs.add(spec("moving_variance", layer.movingVarianceInitializer(), WeightRole.BUFFER));
        return specs;
    }

    private WeightSpec spec(String weight, Initializer initializer, WeightRole role) {
        return new WeightSpec(weight, Shape.of(channels), WeightLayout.plain(1, channels), initializer, role);
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        BuiltBatchNormalization now = of(layer, name, shapes);
        if (!now.equals(this)) {
            throw new ShapeException(KIND + " '" + name + "' has statistics of " + channels
                    + (ofSteps ? " steps" : " features") + ", but is now given shape " + shapes.input()
                    + "; a layer used twice needs inputs of the same sizes");
        }
        return List.of(shapes.input());
    }

    @Override
    public Operation operation(PlanContext context) {
        return new BatchNormOperation(this, context);
    }
}
