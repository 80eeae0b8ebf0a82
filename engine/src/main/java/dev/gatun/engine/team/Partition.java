package dev.gatun.engine.team;

/** Contiguous shares of a range, as even as whole units allow. */
public final class Partition {

    /** Rows of a batch that stay together: as many as the lowest tile of a product has. */
    private static final int ROWS = 4;

    private Partition() {}

    /** First item of a member's share; the share ends where the next member's begins. */
    public static int first(int items, int member, int size) {
        return (int) ((long) items * member / size);
    }

    /** As {@link #first}, in whole groups of {@code unit} items, which should not be cut. */
    public static int first(int items, int unit, int member, int size) {
        int groups = (items + unit - 1) / unit;
        return Math.min(items, first(groups, member, size) * unit);
    }

    /** Whether a batch has rows for every member. */
    public static boolean hasRowsForAll(int rows, int size) {
        return rows >= ROWS * size;
    }

    /** First row of a member's share of a batch. */
    public static int firstRow(int rows, int member, int size) {
        return first(rows, ROWS, member, size);
    }

    /** Rows of a member's share of a batch. */
    public static int rowsOf(int rows, int member, int size) {
        return firstRow(rows, member + 1, size) - firstRow(rows, member, size);
    }
}
