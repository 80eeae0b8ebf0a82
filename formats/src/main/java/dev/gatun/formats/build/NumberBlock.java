package dev.gatun.formats.build;

import java.util.Arrays;
import java.util.List;

/**
 * Numbers of arrays in arrays, row-major.
 *
 * @param values all of them
 * @param dims   how many there are on each axis
 */
public record NumberBlock(float[] values, int[] dims) {

    /**
     * Takes apart what {@code NumbersJson} gives.
     *
     * @param what for messages
     * @param json a float[], or lists of such, all of one length on each level
     * @param rank how many levels are expected
     * @return its numbers and sizes
     * @throws IllegalArgumentException if it is something else, or its rows differ in length
     */
    public static NumberBlock of(String what, Object json, int rank) {
        int[] dims = new int[rank];
        Object level = json;
        for (int axis = 0; axis < rank; axis++) {
            boolean isLast = axis == rank - 1;
            if (isLast && level instanceof float[] row) {
                dims[axis] = row.length;
            } else if (!isLast && level instanceof List<?> list && !list.isEmpty()) {
                dims[axis] = list.size();
                level = list.getFirst();
            } else {
                throw new IllegalArgumentException(what + " is not an array of numbers with " + rank
                        + (rank == 1 ? " level" : " levels"));
            }
        }
        long count = 1;
        for (int dim : dims) {
            count = Math.multiplyExact(count, (long) dim);
        }
        NumberBlock block = new NumberBlock(new float[Math.toIntExact(requireThere(what, json, count))], dims);
        if (block.fill(what, json, 0, 0) != count) {
            throw ragged(what);
        }
        return block;
    }

    /** Rows that are short would let a small text ask for much memory. */
    private static long requireThere(String what, Object json, long count) {
        if (count(json) != count) {
            throw ragged(what);
        }
        return count;
    }

    private static long count(Object json) {
        return switch (json) {
            case float[] row -> row.length;
            case List<?> list -> list.stream().mapToLong(NumberBlock::count).sum();
            case null, default -> 0;
        };
    }

    private int fill(String what, Object json, int axis, int at) {
        if (axis == dims.length - 1) {
            if (!(json instanceof float[] row) || row.length != dims[axis]) {
                throw ragged(what);
            }
            System.arraycopy(row, 0, values, at, row.length);
            return at + row.length;
        }
        if (!(json instanceof List<?> list) || list.size() != dims[axis]) {
            throw ragged(what);
        }
        int next = at;
        for (Object part : list) {
            next = fill(what, part, axis + 1, next);
        }
        return next;
    }

    private static IllegalArgumentException ragged(String what) {
        return new IllegalArgumentException(what + " has rows of different lengths");
    }

    /**
     * The size of one axis.
     *
     * @param axis 0 for the first
     * @return how many there are
     */
    public int dim(int axis) {
        return dims[axis];
    }

    /** {@return the sizes, as messages show them} */
    public String shown() {
        return Arrays.toString(dims);
    }
}
