package dev.gatun.engine.gemm;

/**
 * The rows that a sum over rows takes, in increasing order: those of steps that a mask leaves in. Chosen anew before each run, in
 * memory taken once; read by all threads.
 */
public final class ChosenRows {

    private final int[] rows;
    private int count;

    /** @param most how many there are at most */
    public ChosenRows(int most) {
        rows = new int[most];
    }

    /** None is chosen. */
    public void clear() {
        count = 0;
    }

    /** Chooses one more, behind the last. */
    public void add(int row) {
        rows[count++] = row;
    }

    /** How many are chosen. */
    int count() {
        return count;
    }

    /** The one of a number. */
    int row(int index) {
        return rows[index];
    }

    /** How many from one on, {@code most} at the most, follow one another without a gap. */
    int run(int index, int most) {
        int length = 1;
        while (length < most && rows[index + length] == rows[index] + length) {
            length++;
        }
        return length;
    }
}
