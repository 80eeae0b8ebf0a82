package dev.gatun.formats.onnx.value;

/**
 * A size that axes are made of: an axis of 2 directions of 5 units each has two. Each is itself alone: two of one size are two.
 */
public final class Factor {

    /** Stands for a size that is known only when the model runs. */
    public static final long UNKNOWN = -1;

    private final long size;
    private final boolean isBatch;
    private final Place origin;

    private Factor(long size, boolean isBatch, Place origin) {
        this.size = size;
        this.isBatch = isBatch;
        this.origin = origin;
    }

    /**
     * An axis of an input of the graph.
     *
     * @param input its number
     * @param axis  counted as in the file
     */
    public record Place(int input, int axis) {}

    public static Factor of(long size) {
        return new Factor(size, false, null);
    }

    /** The size of an axis of an input. */
    public static Factor of(long size, Place origin) {
        return new Factor(size, false, origin);
    }

    /** @param declared what the file says of it, which does not bind the model */
    public static Factor batch(long declared) {
        return new Factor(declared, true, null);
    }

    /** {@link #UNKNOWN}, or the number the file has; of the batch too. */
    public long size() {
        return size;
    }

    public boolean isBatch() {
        return isBatch;
    }

    /** Null unless it is the size of an axis of an input. */
    public Place origin() {
        return origin;
    }

    /** Whether it takes no place: one of something. */
    boolean isUnit() {
        return size == 1 && !isBatch;
    }

    @Override
    public String toString() {
        return isBatch ? "batch" : size == UNKNOWN ? "?" : String.valueOf(size);
    }
}
