package dev.gatun.engine.kernel;

/**
 * Bytes from one row to the next of what a GRU's elementwise part works on. Batch 1 may pass its groups of 16 units as rows.
 *
 * @param reset     from the update gate of 16 units to their reset gate
 * @param gates     of these two
 * @param candidate of the candidate, and of its recurrent part
 * @param h         of h, and of what the reset gate leaves of it
 * @param dh        of the gradients of both
 */
public record GruStrides(long reset, long gates, long candidate, long h, long dh) {

    /** Of a way forward. */
    public GruStrides(long reset, long gates, long candidate, long h) {
        this(reset, gates, candidate, h, 0);
    }
}
