package dev.gatun.layers.type.attention;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A projection in a model: a Dense whose weights show their heads.
 *
 * @param layer its options
 * @param dense what computes it
 */
record BuiltProjection(Projection layer, BuiltLayer dense) implements BuiltLayer {

    @Override
    public List<WeightSpec> weights() {
        List<WeightSpec> specs = new ArrayList<>();
        for (WeightSpec spec : dense.weights()) {
            specs.add(new WeightSpec(spec.name(), shape(spec.shape()), spec.layout(), spec.initializer(), spec.role(),
                    spec.regularizer(), spec.constraint()));
        }
        return specs;
    }

    /** The numbers lie in the same order. */
    private Shape shape(Shape matrix) {
        boolean isKernel = matrix.rank() == 2;
        long heads = layer.heads();
        if (layer.joins()) {
            return isKernel ? Shape.of(heads, matrix.dim(0) / heads, matrix.dim(1)) : matrix;
        }
        long width = matrix.last() / heads;
        return isKernel ? Shape.of(matrix.dim(0), heads, width) : Shape.of(heads, width);
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        return dense.outputShapes(shapes);
    }

    @Override
    public Operation operation(PlanContext context) {
        return dense.operation(context);
    }
}
