package dev.gatun.memory;

import java.util.ArrayDeque;
import java.util.Queue;

/** A tensor for a person to read: shape, type and numbers, of large ones the first and last of each axis, as NumPy does. */
final class TensorText {

    /** NumPy's threshold. */
    private static final long MOST_SHOWN_WHOLE = 1000;

    /** NumPy's edgeitems. */
    private static final long EDGE = 3;

    private final Tensor tensor;
    private final boolean elides;
    private final Queue<String> numbers = new ArrayDeque<>();
    private final StringBuilder text = new StringBuilder();
    private int width;

    private TensorText(Tensor tensor) {
        this.tensor = tensor;
        this.elides = tensor.shape().elements() > MOST_SHOWN_WHOLE;
    }

    static String of(Tensor tensor) {
        String head = "Tensor" + tensor.shape() + " " + tensor.type();
        if (!tensor.segment().scope().isAlive()) {
            return head + ", its memory has been freed";
        }
        if (!tensor.segment().isAccessibleBy(Thread.currentThread())) {
            return head + ", its memory belongs to another thread alone";
        }
        try {
            return head + "\n" + new TensorText(tensor).numbers();
        } catch (IllegalStateException freed) {
            return head + ", its memory has been freed";
        }
    }

    private String numbers() {
        if (tensor.shape().elements() == 0) {
            return "[]";
        }
        read(new long[tensor.shape().rank()], 0);
        write(0);
        return text.toString();
    }

    /** All that will be shown, in the order in which it will be written. */
    private void read(long[] index, int axis) {
        if (axis == index.length) {
            String number = tensor.type() == DataType.INT32
                    ? Integer.toString(tensor.getInt(index))
                    : Float.toString(tensor.get(index));
            numbers.add(number);
            width = Math.max(width, number.length());
            return;
        }
        for (long i = 0; i < tensor.shape().dim(axis); i = next(i, axis)) {
            index[axis] = i;
            read(index, axis + 1);
        }
    }

    private void write(int axis) {
        int rank = tensor.shape().rank();
        if (axis == rank) {
            String number = numbers.remove();
            text.append(" ".repeat(width - number.length())).append(number);
            return;
        }
        // Sub-arrays stand under each other, with as many empty lines between them as NumPy has.
        String between = axis == rank - 1 ? ", " : "," + "\n".repeat(rank - 1 - axis) + " ".repeat(axis + 1);
        text.append('[');
        for (long i = 0; i < tensor.shape().dim(axis); i = next(i, axis)) {
            text.append(i == 0 ? "" : between);
            if (i > 0 && i == tensor.shape().dim(axis) - EDGE && isElided(axis)) {
                text.append("...").append(between);
            }
            write(axis + 1);
        }
        text.append(']');
    }

    private boolean isElided(int axis) {
        return elides && tensor.shape().dim(axis) > 2 * EDGE;
    }

    private long next(long i, int axis) {
        return isElided(axis) && i == EDGE - 1 ? tensor.shape().dim(axis) - EDGE : i + 1;
    }
}
