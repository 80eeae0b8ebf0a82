package dev.gatun.engine.conv;

import dev.gatun.engine.gemm.LeadingDimension;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import java.lang.foreign.MemorySegment;

/**
 * Memory in which each thread gathers some rows at a time, few enough to stay in its second-level cache while a product reads
 * them, and beside them as many rows of what the product makes, where that cannot be written to its place.
 *
 * @param rows  the gathered ones, of all threads
 * @param piece the others, of all threads
 * @param most  how many a thread has of each
 */
public record TapScratch(RowsView rows, RowsView piece, int most) {

    /** 192 KiB. */
    private static final int FLOATS = 48 << 10;
    /** Whole tiles, which are 4 or 6 rows high. */
    private static final int WHOLE_TILES = 12;
    private static final int HIGHEST = 384;

    /**
     * In memory of {@link #bytes}.
     *
     * @param widest columns that are gathered into a row
     * @param pieces columns of a row beside
     */
    public static TapScratch of(MemorySegment memory, long baseBytes, int widest, int pieces, int threads) {
        int most = most(widest);
        long rowBytes = rowBytes(widest);
        return new TapScratch(new RowsView(memory, baseBytes, rowBytes),
                new RowsView(memory, baseBytes + threads * most * rowBytes, pieceBytes(pieces)), most);
    }

    /** How much memory so many threads need. */
    public static long bytes(int widest, int pieces, int threads) {
        return Math.multiplyExact((long) threads * most(widest), rowBytes(widest) + pieceBytes(pieces));
    }

    /** A row is written in whole strips, the last of which may begin with its last column. */
    private static long rowBytes(int widest) {
        return (long) LeadingDimension.of(Math.addExact(widest, Strips.WIDTH - 1)) * Float.BYTES;
    }

    private static long pieceBytes(int pieces) {
        return (long) Strips.padded(pieces) * Float.BYTES;
    }

    private static int most(int widest) {
        long fit = FLOATS * (long) Float.BYTES / rowBytes(widest);
        return Math.clamp(fit / WHOLE_TILES * WHOLE_TILES, WHOLE_TILES, HIGHEST);
    }

    /** A thread's first row. */
    int first(int member) {
        return member * most;
    }
}
