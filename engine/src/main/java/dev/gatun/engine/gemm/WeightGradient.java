package dev.gatun.engine.gemm;

import java.lang.foreign.MemorySegment;

/**
 * {@code G[M,N] += A[R,M]^T * D[R,N]}: the gradient of a weight from the rows that went in (A) and the gradients of
 * the rows that came out (D) over R = time x batch. G has the packed layout of the weight. Each element is one chain of
 * fma over increasing row. Some hundred rows at a time, A is packed in strips and so is D, unless it lies in strips
 * already, so that the outer products read both at fixed distances.
 */
public final class WeightGradient {

    private final RowsView a;
    private final RowsView d;
    private final Strips layout;
    private final long gBytes;
    private final long gStrip;
    private final RowsView scratch;
    private final OuterProduct outer;

    /**
     * @param a       A, whole rows, columns 0 .. M-1 used; they reach to the next multiple of 16
     * @param d       D, rows of either form, columns 0 .. N-1 used, paddings zero
     * @param layout  sizes M and N, and the place of G's strips
     * @param g       where G lies
     * @param gBytes  byte offset of G
     * @param gStrip  bytes from one strip of G to the next, more than its own where strips of others lie between them
     * @param scratch memory for the packs, {@link #scratchBytes} for each thread
     */
    public WeightGradient(
            RowsView a, RowsView d, Strips layout, MemorySegment g, long gBytes, long gStrip, RowsView scratch) {
        this.a = a;
        this.d = d;
        this.layout = layout;
        this.gBytes = gBytes;
        this.gStrip = gStrip;
        this.scratch = scratch;
        MemorySegment from = d.areInStrips() ? d.segment() : scratch.segment();
        long fromStrip = d.areInStrips() ? d.stripBytes() : OuterProduct.STRIP_BYTES;
        this.outer = OuterProduct.of(scratch.segment(), from, fromStrip, g, gStrip);
    }

    /** A gradient that lies in one piece. */
    public WeightGradient(RowsView a, RowsView d, Strips layout, MemorySegment g, long gBytes, RowsView scratch) {
        this(a, d, layout, g, gBytes, layout.stripBytes(), scratch);
    }

    /** Scratch for one thread. */
    public static long scratchBytes() {
        return OuterProduct.SCRATCH_BYTES;
    }

    /**
     * Strips {@code firstStrip .. endStrip - 1} of G over all rows.
     *
     * @param aRow   first row of A; D begins at its first
     * @param rows   R
     * @param member which thread's scratch to use
     */
    public void strips(long aRow, long rows, int firstStrip, int endStrip, int member) {
        long own = scratch.at(member);
        for (int m = 0; m < layout.depth(); m += OuterProduct.M_BLOCK) {
            int height = Math.min(OuterProduct.M_BLOCK, layout.depth() - m);
            for (long r = 0; r < rows; r += OuterProduct.R_BLOCK) {
                int length = (int) Math.min(OuterProduct.R_BLOCK, rows - r);
                packA(aRow + r, m, height, length, own);
                for (int strip = firstStrip; strip < endStrip; strip += OuterProduct.GROUP) {
                    int count = Math.min(OuterProduct.GROUP, endStrip - strip);
                    long target = gBytes + strip * gStrip + m * Strips.ROW_BYTES;
                    outer.add(own, dBytes(strip, count, r, length, own), target, height, length, count);
                }
            }
        }
    }

    /** Row by row: a row's strips are neighbours, and the next row lies far away. */
    private void packA(long firstRow, int firstColumn, int height, int length, long own) {
        int strips = Strips.padded(height) / Strips.WIDTH;
        for (int row = 0; row < length; row++) {
            RowPacking.copy(
                    a.segment(), a.at(firstRow + row, firstColumn), Strips.ROW_BYTES, scratch.segment(),
                    OuterProduct.strip(own, 0) + row * Strips.ROW_BYTES, OuterProduct.STRIP_BYTES, strips,
                    Strips.WIDTH);
        }
    }

    /** Where the strips of D begin that a tile reads: where they lie, or where they have been packed now. */
    private long dBytes(int firstStrip, int count, long firstRow, int length, long own) {
        if (d.areInStrips()) {
            return d.at(firstRow, firstStrip * Strips.WIDTH);
        }
        long packed = OuterProduct.packedD(own);
        for (int strip = 0; strip < count; strip++) {
            RowPacking.copy(d.segment(), d.at(firstRow, (firstStrip + strip) * Strips.WIDTH), d.rowBytes(),
                    scratch.segment(), packed + strip * OuterProduct.STRIP_BYTES, Strips.ROW_BYTES, length,
                    Strips.WIDTH);
        }
        return packed;
    }
}
