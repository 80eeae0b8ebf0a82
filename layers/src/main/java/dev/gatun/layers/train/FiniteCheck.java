package dev.gatun.layers.train;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.gatun.memory.DataType;
import dev.gatun.memory.Tensor;

/** The door for numbers: NaN and infinity are refused with the place where the first one is. */
final class FiniteCheck {

    private FiniteCheck() {}

    /**
     * @param what  name of the tensor, as the user knows it
     * @param steps which of its steps count; the others are not looked at
     * @throws IllegalArgumentException if a number is NaN or infinite, or they are whole numbers
     * @throws IllegalStateException    if the memory has been freed
     */
    static void require(String what, Tensor tensor, CountedSteps steps) {
        tensor.requireType(DataType.FLOAT32, what);
        long rows = tensor.rows();
        long columns = tensor.columns();
        tensor.requireAlive();
        for (long row = 0; row < rows; row++) {
            long at = tensor.baseBytes() + row * tensor.rowBytes();
            for (long column = 0; column < columns; column++) {
                float value = tensor.segment().get(JAVA_FLOAT_UNALIGNED, at + column * Float.BYTES);
                if (!Float.isFinite(value) && steps.count(tensor, row, column)) {
                    throw new IllegalArgumentException(what + index(tensor, row, column) + " is "
                            + (Float.isNaN(value) ? "NaN" : "infinite")
                            + "; training data must be finite numbers: leave the sample out or fill the gap");
                }
            }
        }
    }

    /** {@code [12, 3, 0]} for a row and a column. */
    static String index(Tensor tensor, long row, long column) {
        StringBuilder text = new StringBuilder("]");
        if (tensor.shape().rank() > 0) {
            text.insert(0, column);
        }
        long rest = row;
        for (int axis = tensor.shape().rank() - 2; axis >= 0; axis--) {
            long size = tensor.shape().dim(axis);
            text.insert(0, rest % size + ", ");
            rest /= size;
        }
        return text.insert(0, "[").toString();
    }
}
