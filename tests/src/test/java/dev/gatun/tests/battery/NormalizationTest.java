package dev.gatun.tests.battery;

import dev.gatun.layers.Normalization;
import dev.gatun.tests.reference.RefRowMap;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Means for features and for all numbers. Those that are weights, and those for steps, which need a sequence of known length, are
 * in {@code NormalizedTest}.
 */
final class NormalizationTest extends LayerBattery {

    private static final double[] MEANS = {1, 2, 3, -0.5};
    private static final double[] VARIANCES = {1, 0.5, 2, 3};

    @Override
    List<Instance> instances() {
        Normalization features = Normalization.of().mean(MEANS).variance(VARIANCES);
        return List.of(
                instance(features, i -> i % 4).takes(5, 4).gives(5, 4),
                instance(features.invert(), i -> i % 4).takes(4).gives(4),
                instance(features.variance(1, 0.5, 0, 3).invert(), i -> i % 4).takes(3, 4).gives(3, 4),
                instance(Normalization.of().axes().mean(0.25).variance(4), i -> 0).takes(6, 17).gives(6, 17),
                instance(Normalization.of().mean(0.25).variance(4), i -> 0).takes(6, 3).gives(6, 3));
    }

    /** @param place of a number of a sample among the means */
    private static Instance instance(Normalization layer, IntUnaryOperator place) {
        return Instance.of(layer, (graph, in) -> graph.add(new RefRowMap(
                i -> layer.isInverted() ? deviation(layer, place, i) : 1 / deviation(layer, place, i),
                i -> layer.isInverted()
                        ? at(layer.mean(), place.applyAsInt(i))
                        : -at(layer.mean(), place.applyAsInt(i)) / deviation(layer, place, i)),
                List.of(in.getFirst()), "y/" + NAME));
    }

    private static double at(List<Double> numbers, int place) {
        return numbers.get(numbers.size() == 1 ? 0 : place);
    }

    private static double deviation(Normalization layer, IntUnaryOperator place, int i) {
        return Math.max(Math.sqrt(at(layer.variance(), place.applyAsInt(i))), 1e-7);
    }
}
