package dev.gatun.cli.tensors;

import dev.gatun.memory.DataType;
import dev.gatun.memory.Tensor;
import java.util.Arrays;
import java.util.Optional;

/** Finds numbers that are none. */
public final class FirstNaN {

    private FirstNaN() {}

    /** The index of the first NaN, axis by axis, if there is one. */
    public static Optional<String> in(Tensor tensor) {
        if (tensor.type() == DataType.INT32) {
            return Optional.empty();
        }
        float[] values = tensor.toArray();
        for (int i = 0; i < values.length; i++) {
            if (Float.isNaN(values[i])) {
                long[] sizes = tensor.shape().toArray();
                long[] index = new long[sizes.length];
                long rest = i;
                for (int axis = sizes.length - 1; axis >= 0; axis--) {
                    index[axis] = rest % sizes[axis];
                    rest /= sizes[axis];
                }
                return Optional.of(Arrays.toString(index));
            }
        }
        return Optional.empty();
    }
}
