package dev.gatun.layers.operation;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Shape;
import java.util.Arrays;

/**
 * Where the numbers of a value lie, axis by axis. There are always four: the batch, and as the last ones those that the value
 * has behind it; those between have one index. How far it is from one index to the next depends on the sizes of the run.
 */
public final class Grid {

    /** Axes, the batch among them. */
    public static final int AXES = 4;

    private final Value value;
    private final int[] sizes = new int[AXES];
    private final long[] bytes = new long[AXES];

    /**
     * The grid of a value.
     *
     * @param value whose numbers these are
     */
    public Grid(Value value) {
        this.value = value;
        resize();
    }

    /** Takes over the sizes that the value has now. */
    public void resize() {
        Shape shape = value.shape();
        int rank = shape.rank();
        Arrays.fill(sizes, 1);
        Arrays.fill(bytes, 0);
        long row = (long) value.ld() * Float.BYTES;
        sizes[0] = Math.toIntExact(shape.dim(0));
        bytes[0] = row;
        boolean columns = value.type().hasColumns() && rank > 1;
        if (columns) {
            sizes[AXES - 1] = Math.toIntExact(shape.last());
            bytes[AXES - 1] = Float.BYTES;
        }
        long step = row * sizes[0];
        for (int axis = columns ? rank - 2 : rank - 1; axis > 0; axis--) {
            int place = place(axis, rank);
            sizes[place] = Math.toIntExact(shape.dim(axis));
            bytes[place] = step;
            step *= sizes[place];
        }
    }

    /**
     * Where an axis of a value stands among the four.
     *
     * @param axis counted from the batch, which is 0
     * @param rank of the value
     * @return 0 for the batch, 3 for the last axis of any other
     */
    public static int place(int axis, int rank) {
        return axis == 0 ? 0 : AXES - rank + axis;
    }

    /**
     * The indices of an axis.
     *
     * @param place one of the four
     * @return how many
     */
    public int size(int place) {
        return sizes[place];
    }

    /**
     * How far it is from one index of an axis to the next.
     *
     * @param place one of the four
     * @return in bytes; 0 for an axis that the value does not have
     */
    public long bytes(int place) {
        return bytes[place];
    }

    /**
     * The same as {@link #bytes} for a walk in which an axis of one index stands for every index.
     *
     * @param place one of the four
     * @return 0 if the axis has one index
     */
    public long step(int place) {
        return sizes[place] == 1 ? 0 : bytes[place];
    }

    /**
     * A number, whatever the value's type is: of a mask 1 or 0.
     *
     * @param rows of the value
     * @param at   where it lies in their segment
     * @return the number
     */
    public float number(RowsView rows, long at) {
        return value.type().hasColumns() ? rows.segment().get(JAVA_FLOAT, at) : rows.segment().get(JAVA_INT, at);
    }
}
