package dev.gatun.engine.lstm;

import dev.gatun.engine.gemm.Rows;

/**
 * The rows an LSTM works on, all in one segment, time-major: row {@code t B + b}. Gates lie in panels of 16 units.
 *
 * @param x             input [T B, I]
 * @param z             gates [T B, 4U packed]; in an inference plan only for {@link #timeChunk} steps
 * @param preactivation [T B, 4U packed] if {@link LstmFunctions#keepsPreactivations} in training, else null
 * @param h             [(T+1) B, U]; the first B rows are the initial state
 * @param c             [(T+1) B, U] in training; [B, U] in inference, initial state overwritten step by step
 * @param zeros         one row of zeros, as long as the longest
 * @param timeChunk     steps whose gates exist at a time; T in training
 * @param training      whether every step's gates and cell states are kept for backward
 */
public record LstmMemory(
        Rows x, Rows z, Rows preactivation, Rows h, Rows c, Rows zeros, int timeChunk, boolean training) {

    /** Products with the input's weights are computed for as many steps as fit into four megabytes of gates. */
    private static final long CHUNK_BYTES = 1 << 22;

    /** Steps per chunk, forward in an inference plan and backward, at least one. */
    public static int chunk(LstmSizes sizes) {
        long stepBytes = (long) sizes.batch() * sizes.gatesLd() * Float.BYTES;
        return (int) Math.max(1, Math.min(sizes.time(), CHUNK_BYTES / Math.max(1, stepBytes)));
    }
}
