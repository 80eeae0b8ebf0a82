package dev.gatun.tests.reference;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A Softmax over some axes together; numbers that do not count give 0.
 *
 * @param axes   counted from 0
 * @param counts row-major, or null if all do
 */
public record RefSoftmax(List<Integer> axes, boolean[] counts) implements RefGraph.Node {

    @Override
    public RefGraph.Step forward(List<RefTensor> inputs, boolean[][] mask, Map<String, RefTensor> given) {
        RefTensor x = inputs.getFirst();
        int[] groups = new int[x.values().length];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = group(x.shape(), i);
        }
        double[] sums = new double[groups.length];
        double[] y = new double[groups.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = counts == null || counts[i] ? Math.exp(x.values()[i]) : 0;
            sums[groups[i]] += y[i];
        }
        for (int i = 0; i < y.length; i++) {
            y[i] = y[i] == 0 ? 0 : y[i] / sums[groups[i]];
        }
        return new RefLayers.Simple(new RefTensor(x.shape(), y), null, (gOutputs, gradients) -> {
            double[] dots = new double[y.length];
            for (int i = 0; i < y.length; i++) {
                dots[groups[i]] += y[i] * gOutputs.getFirst().values()[i];
            }
            double[] back = new double[y.length];
            Arrays.setAll(back, i -> y[i] * (gOutputs.getFirst().values()[i] - dots[groups[i]]));
            return List.of(new RefTensor(x.shape(), back));
        });
    }

    /** The first of the numbers that one is summed with. */
    private int group(int[] shape, int index) {
        int group = 0;
        int stride = 1;
        int rest = index;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            group += axes.contains(axis) ? 0 : rest % shape[axis] * stride;
            rest /= shape[axis];
            stride *= shape[axis];
        }
        return group;
    }
}
