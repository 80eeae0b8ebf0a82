package dev.gatun.engine.rnn;

import dev.gatun.engine.gemm.RowsView;
import java.util.List;

/**
 * The rows a recurrent layer works on, all in one segment, time-major: row {@code t B + b}. Gates lie in panels of 16 units.
 *
 * @param batch         B
 * @param x             input [T B, I]
 * @param z             gates [T B, GU packed]; in an inference plan only for {@link #timeChunk} steps
 * @param preactivation [T B, GU packed] if {@link CellKernel#keepsPreactivations} in training, else null
 * @param states        what the cell carries. First h [(T+1) B, U], whose first B rows are the initial state; the others are
 *                      [(T+1) B, U] in training, and [B, U] in inference, where each step overwrites the one before
 * @param zeros         one row of zeros, as long as the longest
 * @param timeChunk     steps whose gates exist at a time; T in training
 * @param training      whether every step's gates and states are kept for backward
 */
public record RecurrentMemory(
        int batch, RowsView x, RowsView z, RowsView preactivation, List<RowsView> states, RowsView zeros, int timeChunk,
        boolean training) {

    /** Products with the input's weights are computed for as many steps as fit into four megabytes of gates. */
    private static final long CHUNK_BYTES = 1 << 22;

    /** The state that the layer returns and the recurrent kernel reads. */
    public RowsView h() {
        return states.getFirst();
    }

    /** Steps per chunk, forward in an inference plan and backward, at least one. */
    public static int chunk(RecurrentSizes sizes) {
        long stepBytes = (long) sizes.batch() * sizes.gatesLd() * Float.BYTES;
        return (int) Math.max(1, Math.min(sizes.time(), CHUNK_BYTES / Math.max(1, stepBytes)));
    }
}
