package dev.gatun.tests.battery;

import dev.gatun.layers.Constraint;
import dev.gatun.layers.DepthwiseConv1D;
import dev.gatun.layers.DepthwiseLayer;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Padding;
import dev.gatun.layers.Regularizer;
import dev.gatun.layers.SeparableConv1D;
import dev.gatun.tests.reference.RefActivation;
import dev.gatun.tests.reference.RefStepLayers;
import java.util.List;

/** Convolutions of single features, alone and with a dense layer behind them. */
final class DepthwiseTest extends LayerBattery {

    @Override
    List<Instance> instances() {
        return List.of(
                depthwise(DepthwiseConv1D.of(3), 6, 5),
                depthwise(DepthwiseConv1D.of(2).depthMultiplier(3).padding("same").activation("tanh"), 5, 7),
                depthwise(DepthwiseConv1D.of(4).strides(2).padding("same").noBias(), 7, 16),
                depthwise(DepthwiseConv1D.of(2).dilationRate(3).activation("swish").depthMultiplier(2), 6, 33),
                depthwise(DepthwiseConv1D.of(3).depthwiseInitializer(Initializer.HE_NORMAL)
                        .depthwiseRegularizer(Regularizer.l2(0.1)).depthwiseConstraint(Constraint.maxNorm(2))
                        .biasInitializer(Initializer.ONES).biasRegularizer(Regularizer.l1(0.1))
                        .biasConstraint(Constraint.nonNegative()), 4, 2),
                separable(SeparableConv1D.of(5, 3), 6, 4),
                separable(SeparableConv1D.of(3, 3).depthMultiplier(2).strides(2).padding("same").activation("swish"),
                        7, 5),
                separable(SeparableConv1D.of(18, 2).padding("same").dilationRate(2).noBias(), 6, 17),
                separable(SeparableConv1D.of(3, 2).pointwiseInitializer(Initializer.HE_NORMAL)
                        .pointwiseRegularizer(Regularizer.l2(0.1)).pointwiseConstraint(Constraint.unitNorm()), 4, 2));
    }

    private static RefStepLayers.Window window(DepthwiseLayer<?> layer) {
        return new RefStepLayers.Window(layer.kernelSize(), layer.strides(), layer.dilationRate(),
                layer.padding().keyword());
    }

    private static Instance depthwise(DepthwiseConv1D layer, int time, int features) {
        RefActivation activation = RefActivation.of(layer.activation());
        int columns = features * layer.depthMultiplier();
        return instance(layer, (graph, in) -> graph.add(RefStepLayers.depthwise(NAME, window(layer), activation),
                List.of(in.getFirst()), "y/" + NAME), time, features, columns)
                .parameters((long) columns * (layer.kernelSize() + (layer.useBias() ? 1 : 0)));
    }

    private static Instance separable(SeparableConv1D layer, int time, int features) {
        RefActivation activation = RefActivation.of(layer.activation());
        int columns = features * layer.depthMultiplier();
        return instance(layer, (graph, in) -> graph.add(RefStepLayers.separable(NAME, window(layer), activation),
                List.of(in.getFirst()), "y/" + NAME), time, features, layer.filters())
                .parameters((long) columns * (layer.kernelSize() + layer.filters())
                        + (layer.useBias() ? layer.filters() : 0));
    }

    private static Instance instance(
            DepthwiseLayer<?> layer, Instance.Reference reference, int time, int features, int columns) {
        int left = layer.padding() == Padding.VALID ? (layer.kernelSize() - 1) * layer.dilationRate() : 0;
        long steps = (time - left + layer.strides() - 1) / layer.strides();
        return Instance.of((Layer) layer, reference).takes(time, features).gives(steps, columns).notStepByStep();
    }
}
