package dev.gatun.tests.reference;

import java.util.List;
import java.util.Map;

/**
 * A Permute layer: output axis i is input axis dims[i - 1], the batch stays.
 *
 * @param dims counted from 1
 */
public record RefPermute(int... dims) implements RefGraph.Node {

    @Override
    public RefGraph.Step forward(List<RefTensor> inputs, boolean[][] mask, Map<String, RefTensor> given) {
        RefTensor x = inputs.getFirst();
        return new RefLayers.Simple(permuted(x, dims), null,
                (gOutputs, gradients) -> List.of(permuted(gOutputs.getFirst(), inverse())));
    }

    private int[] inverse() {
        int[] inverse = new int[dims.length];
        for (int axis = 0; axis < dims.length; axis++) {
            inverse[dims[axis] - 1] = axis + 1;
        }
        return inverse;
    }

    /** By the index of each number, axis for axis. */
    private static RefTensor permuted(RefTensor from, int[] dims) {
        int[] shape = from.shape().clone();
        for (int axis = 1; axis < shape.length; axis++) {
            shape[axis] = from.shape()[dims[axis - 1]];
        }
        RefTensor to = RefTensor.zeros(shape);
        int[] at = new int[shape.length];
        for (int index = 0; index < to.values().length; index++) {
            int rest = index;
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                at[axis] = rest % shape[axis];
                rest /= shape[axis];
            }
            int[] source = at.clone();
            for (int axis = 1; axis < shape.length; axis++) {
                source[dims[axis - 1]] = at[axis];
            }
            int flat = 0;
            for (int axis = 0; axis < shape.length; axis++) {
                flat = flat * from.shape()[axis] + source[axis];
            }
            to.values()[index] = from.values()[flat];
        }
        return to;
    }
}
