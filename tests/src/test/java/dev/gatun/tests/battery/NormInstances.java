package dev.gatun.tests.battery;

import dev.gatun.layers.Layer;
import dev.gatun.tests.reference.RefNorm;
import java.util.function.ToIntFunction;

/** Instances of normalizations within a sample. */
final class NormInstances {

    /** So many steps and features in one number of a box or a place. */
    private static final int WIDTH = 1 << 8;

    private NormInstances() {}

    /**
     * Along the features of each row.
     *
     * @param weights for each number along the axes
     */
    static Instance ofFeatures(Layer layer, RefNorm.Formula formula, double epsilon, long weights) {
        return instance(layer, formula, epsilon, index -> row(index), index -> index[index.length - 1])
                .parameters(weights);
    }

    /** Along the steps of each feature. */
    static Instance ofSteps(Layer layer, RefNorm.Formula formula, double epsilon, long weights) {
        return instance(layer, formula, epsilon, index -> index[0] * WIDTH + index[2], index -> index[1])
                .parameters(weights).notStepByStep();
    }

    /** Along both, with so many features. */
    static Instance ofBoth(Layer layer, RefNorm.Formula formula, double epsilon, int features, long weights) {
        return instance(layer, formula, epsilon, index -> index[0], index -> index[1] * features + index[2])
                .parameters(weights).notStepByStep();
    }

    private static int row(int[] index) {
        return index.length == 2 ? index[0] : index[0] * WIDTH + index[1];
    }

    static Instance instance(
            Layer layer, RefNorm.Formula formula, double epsilon, ToIntFunction<int[]> box,
            ToIntFunction<int[]> weight) {
        RefNorm reference = new RefNorm(Battery.NAME, formula, epsilon, box, weight, false);
        return Instance.of(layer, (graph, in) -> graph.add(reference, in, "y/" + Battery.NAME));
    }
}
