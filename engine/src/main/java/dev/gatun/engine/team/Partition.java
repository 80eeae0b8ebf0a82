package dev.gatun.engine.team;

/** Contiguous shares of a range, as even as whole units allow. */
public final class Partition {

    private Partition() {}

    /** First item of a member's share; the share ends where the next member's begins. */
    public static int first(int items, int member, int size) {
        return (int) ((long) items * member / size);
    }

    /** As {@link #first}, in whole groups of {@code unit} items, for tiles that should not be cut. */
    public static int first(int items, int unit, int member, int size) {
        int groups = (items + unit - 1) / unit;
        return Math.min(items, first(groups, member, size) * unit);
    }
}
