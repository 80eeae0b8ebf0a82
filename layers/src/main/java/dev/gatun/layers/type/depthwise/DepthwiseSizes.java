package dev.gatun.layers.type.depthwise;

import dev.gatun.engine.conv.Taps;
import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.layers.DepthwiseLayer;
import dev.gatun.layers.InputShapes;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.operation.StepWindow;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;

/**
 * The part of a layer that filters each feature by itself.
 *
 * @param layer    its options
 * @param name     in the model
 * @param features F
 */
record DepthwiseSizes(DepthwiseLayer<?> layer, String name, int features) {

    private static final int MOST = Integer.MAX_VALUE / 8;

    /** @throws ShapeException if the layer cannot stand here */
    static DepthwiseSizes of(DepthwiseLayer<?> layer, String name, CallArguments<Shape> shapes) {
        Shape input = InputShapes.sequence(layer.kind(), name, shapes);
        int features = InputShapes.features(layer.kind(), name, input);
        long columns = (long) features * layer.depthMultiplier();
        if (columns > MOST || columns * layer.kernelSize() > MOST
                || (layer.kernelSize() - 1L) * layer.dilationRate() > MOST) {
            throw new ShapeException(layer.kind() + " '" + name + "' has a kernel of " + layer.kernelSize()
                    + " steps, dilation_rate=" + layer.dilationRate() + ", for " + features + " features and "
                    + "depth_multiplier=" + layer.depthMultiplier()
                    + ", which is too large; steps times features times "
                    + "filters, and steps times dilation_rate, may be at most " + MOST);
        }
        return new DepthwiseSizes(layer, name, features);
    }

    StepWindow window() {
        return new StepWindow(layer.kernelSize(), layer.strides(), layer.dilationRate(), layer.padding());
    }

    Taps taps() {
        return new Taps(layer.kernelSize(), layer.strides(), layer.dilationRate(), false);
    }

    /** Columns that come out: F M. */
    int columns() {
        return features * layer.depthMultiplier();
    }

    WeightSpec kernel(String weight) {
        return new WeightSpec(weight, Shape.of(layer.kernelSize(), features, layer.depthMultiplier()),
                WeightLayout.plain(layer.kernelSize(), columns()), layer.depthwiseInitializer())
                .held(layer.depthwiseRegularizer(), layer.depthwiseConstraint());
    }

    WeightSpec bias(int width) {
        return new WeightSpec("bias", Shape.of(width), WeightLayout.plain(1, width), layer.biasInitializer())
                .held(layer.biasRegularizer(), layer.biasConstraint());
    }

    Shape output(CallArguments<Shape> shapes, long width) {
        Shape input = InputShapes.sequence(layer.kind(), name, shapes);
        InputShapes.requireFeatures(layer.kind(), name, input, features);
        return window().output(layer.kind() + " '" + name + "'", input, width);
    }
}
