package dev.gatun.layers.type.normalization;

import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.InputShapes;
import dev.gatun.layers.Normalization;
import dev.gatun.layers.WeightRole;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.List;

/**
 * A Normalization in a model.
 *
 * @param layer its options
 * @param name  in the model, for messages
 * @param axes  of its means
 */
record BuiltNormalization(Normalization layer, String name, KeptAxes axes) implements BuiltLayer {

    static String owner(String name) {
        return "Normalization '" + name + "'";
    }

    /** Mean and variance are given both, and as many as there are places, or neither. */
    void requireMoments() {
        if (layer.mean().isEmpty() != layer.variance().isEmpty()) {
            throw new IllegalArgumentException(owner(name) + " has "
                    + (layer.mean().isEmpty() ? "a variance but no mean" : "a mean but no variance")
                    + "; give both, or neither and let it adapt to data");
        }
        requireFit("mean", layer.mean());
        requireFit("variance", layer.variance());
    }

    private void requireFit(String option, List<Double> numbers) {
        if (numbers.size() > 1 && numbers.size() != axes.places()) {
            throw new ShapeException(owner(name) + " takes one number as " + option + ", or one for each of the "
                    + axes.places() + " places " + axes.shape() + " of its axes " + layer.axis() + ", got "
                    + numbers.size());
        }
    }

    /** As many as there are places, of one or as many. */
    float[] given(List<Double> numbers) {
        float[] floats = new float[axes.places()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = numbers.get(numbers.size() == 1 ? 0 : i).floatValue();
        }
        return floats;
    }

    boolean isGiven() {
        return !layer.mean().isEmpty();
    }

    /** Means of one axis are one row, be they of steps or of features. */
    WeightLayout layout() {
        return axes.shape().rank() > 1
                ? WeightLayout.plain(axes.steps(), axes.features())
                : WeightLayout.plain(1, axes.places());
    }

    /** As in Keras, which counts in an adaptation. */
    @Override
    public List<WeightSpec> weights() {
        if (isGiven()) {
            return List.of();
        }
        return List.of(
                new WeightSpec("mean", axes.shape(), layout(), Initializer.ZEROS, WeightRole.BUFFER),
                new WeightSpec("variance", axes.shape(), layout(), Initializer.ONES, WeightRole.BUFFER),
                new WeightSpec("count", Shape.of(), WeightLayout.plain(1, 1), Initializer.ZEROS, WeightRole.BUFFER));
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        Shape input = InputShapes.single("Normalization", name, shapes);
        InputShapes.features("Normalization", name, input);
        KeptAxes other = KeptAxes.of(owner(name), layer.axis(), input);
        if (!other.equals(axes)) {
            throw new ShapeException(owner(name) + " has means of shape " + axes.shape() + ", but is now given shape "
                    + input + "; a layer used twice needs inputs of the same sizes on its axes " + layer.axis());
        }
        return List.of(input);
    }

    @Override
    public Operation operation(PlanContext context) {
        return new NormalizationOperation(this, context);
    }
}
