package dev.gatun.engine.rnn;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.gatun.engine.gemm.RowsView;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows a recurrent layer works on, all in one segment, time-major: row {@code t B + b}. Gates lie in strips: 16 units of one gate each.
 * B and T are those of a run, at most those the memory was taken for; the initial state ends where the largest batch ends, so
 * that the rows after step 0 begin at the same place in every run.
 *
 * @param batch         the largest B
 * @param x             input [T B, I]
 * @param z             gates [T B, GU packed]; in an inference plan only for as many steps as {@link #gateRows} hold
 * @param preactivation [T B, GU packed] if {@link CellKernel#keepsPreactivations} in training, else null
 * @param states        what the cell carries. First h [(T+1) B, U], whose rows before the largest B are the initial state; the others are
 *                      [(T+1) B, U] in training, and [B, U] in inference, where each step overwrites the one before
 * @param read          what stage 0 makes of h and the products of stage 1 read, rows as those of the states other than h; null in a
 *                      cell of one stage
 * @param biases        a row for the values that gates begin at, in the order of z, where the cell has two biases, or adds
 *                      to one; else null
 * @param projection    where the cell projects h; else null
 * @param mask          int32 [T B], 0 where a step does not count and the states stay as they are, or null if all count
 * @param zeros         one row of zeros, as long as the longest
 * @param gateRows      rows of gates that exist at a time; T B in training
 * @param training      whether every step's gates and states are kept for backward
 */
public record RecurrentMemory(
        int batch, RowsView x, RowsView z, RowsView preactivation, List<RowsView> states, RowsView read,
        RowsView biases, ProjectionMemory projection, RowsView mask, RowsView zeros,
        int gateRows,
        boolean training) {

    /** Products with the input's weights are computed for as many steps as fit into four megabytes of gates. */
    private static final long CHUNK_BYTES = 1 << 22;

    /** The state that the layer returns and the recurrent kernel reads. */
    public RowsView h() {
        return states.getFirst();
    }

    /** The same with another place for h. */
    public RecurrentMemory withH(RowsView other) {
        List<RowsView> all = new ArrayList<>(states);
        all.set(0, other);
        return new RecurrentMemory(batch, x, z, preactivation, List.copyOf(all), read, biases, projection, mask, zeros,
                gateRows, training);
    }

    /** What the recurrent products of a stage read. */
    RowsView readBy(int stage) {
        return stage == 0 ? h() : read;
    }

    /** Where the initial state of a run begins. */
    int firstRow(int activeBatch) {
        return batch - activeBatch;
    }

    /** Steps whose gates fit, at least one. */
    int timeChunk(int activeBatch) {
        return Math.max(1, gateRows / activeBatch);
    }

    /** Whether the step of this row counts. */
    boolean counts(long row) {
        return mask == null || mask.segment().get(JAVA_INT, mask.at(row)) != 0;
    }

    /** The end of the rows from this one on whose step counts, or does not, as that of the first. */
    int endOfRun(long stepRow, int row, int end) {
        boolean counts = counts(stepRow + row);
        int next = row + 1;
        while (next < end && counts(stepRow + next) == counts) {
            next++;
        }
        return next;
    }

    /**
     * Gates of so many rows: in strips, so that those of a step lie together; whole where a step has but one row.
     *
     * @param sizes     the largest a plan is made for
     * @param segment   where they lie
     * @param baseBytes byte offset of the first row
     * @param rows      how many there is room for
     */
    public static RowsView gates(RecurrentSizes sizes, MemorySegment segment, long baseBytes, int rows) {
        return sizes.batch() == 1
                ? new RowsView(segment, baseBytes, (long) sizes.gatesLd() * Float.BYTES)
                : RowsView.inStrips(segment, baseBytes, rows);
    }

    /** Floats of {@link #gates}. */
    public static long gateFloats(RecurrentSizes sizes, int rows) {
        return sizes.batch() == 1
                ? (long) rows * sizes.gatesLd()
                : sizes.strips(sizes.unitBlocks()) * RowsView.stripFloats(rows);
    }

    /** Steps whose gates an inference plan has room for: one where a chain makes each step's by itself. */
    public static int forwardChunk(RecurrentSizes sizes) {
        return RecurrentForward.isChained(sizes) ? 1 : chunk(sizes);
    }

    /** Steps per chunk of a product over many steps, at least one. */
    public static int chunk(RecurrentSizes sizes) {
        long stepBytes = (long) sizes.batch() * sizes.gatesLd() * Float.BYTES;
        return (int) Math.max(1, Math.min(sizes.time(), CHUNK_BYTES / Math.max(1, stepBytes)));
    }
}
