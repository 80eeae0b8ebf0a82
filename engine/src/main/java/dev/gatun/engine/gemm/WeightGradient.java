package dev.gatun.engine.gemm;

import java.lang.foreign.MemorySegment;

/**
 * {@code G[M,N] += A[R,M]^T * D[R,N]}: the gradient of a weight from the rows that went in (A) and the gradients of
 * the rows that came out (D) over R = time x batch. G has the packed layout of the weight. Each element is one chain of
 * fma over increasing row. Some hundred rows at a time, A is packed in strips and so is D, unless it lies in strips
 * already, so that the outer products read both at fixed distances. Of rows some of which do not count only the others are
 * packed, so that the chain is that of the rows that count and costs no more.
 */
public final class WeightGradient {

    private final RowsView a;
    private final RowsView d;
    private final Strips layout;
    private final long gBytes;
    private final long gStrip;
    private final RowsView scratch;
    private final OuterProduct outer;
    /** Of D packed. */
    private final OuterProduct packed;

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
        this.packed = OuterProduct.of(scratch.segment(), scratch.segment(), OuterProduct.STRIP_BYTES, g, gStrip);
        this.outer = d.areInStrips()
                ? OuterProduct.of(scratch.segment(), d.segment(), d.stripBytes(), g, gStrip)
                : packed;
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
        strips(aRow, 0, rows, firstStrip, endStrip, member);
    }

    /**
     * As {@link #strips(long, long, int, int, int)}, from a later row of D on.
     *
     * @param aRow   first row of A
     * @param dRow   first row of D
     * @param rows   R
     * @param member which thread's scratch to use
     */
    public void strips(long aRow, long dRow, long rows, int firstStrip, int endStrip, int member) {
        long own = scratch.at(member);
        for (int m = 0; m < layout.depth(); m += OuterProduct.M_BLOCK) {
            int height = Math.min(OuterProduct.M_BLOCK, layout.depth() - m);
            for (long r = 0; r < rows; r += OuterProduct.R_BLOCK) {
                int length = (int) Math.min(OuterProduct.R_BLOCK, rows - r);
                packA(aRow + r, m, height, length, own);
                for (int strip = firstStrip; strip < endStrip; strip += OuterProduct.GROUP) {
                    int count = Math.min(OuterProduct.GROUP, endStrip - strip);
                    long target = gBytes + strip * gStrip + m * Strips.ROW_BYTES;
                    outer.add(own, dBytes(strip, count, dRow + r, length, own), target, height, length, count);
                }
            }
        }
    }

    /**
     * As {@link #strips(long, long, int, int, int)}, over some of the rows.
     *
     * @param aRow   first row of A, that belongs to row 0 of D
     * @param chosen rows of D
     * @param member which thread's scratch to use
     */
    public void strips(long aRow, ChosenRows chosen, int firstStrip, int endStrip, int member) {
        long own = scratch.at(member);
        for (int m = 0; m < layout.depth(); m += OuterProduct.M_BLOCK) {
            int height = Math.min(OuterProduct.M_BLOCK, layout.depth() - m);
            for (int r = 0; r < chosen.count(); r += OuterProduct.R_BLOCK) {
                int length = Math.min(OuterProduct.R_BLOCK, chosen.count() - r);
                boolean whole = chosen.run(r, length) == length;
                packA(aRow, chosen, r, m, height, length, own);
                for (int strip = firstStrip; strip < endStrip; strip += OuterProduct.GROUP) {
                    int count = Math.min(OuterProduct.GROUP, endStrip - strip);
                    long target = gBytes + strip * gStrip + m * Strips.ROW_BYTES;
                    if (whole) {
                        outer.add(own, dBytes(strip, count, chosen.row(r), length, own), target, height, length, count);
                    } else {
                        packD(strip, count, chosen, r, length, own);
                        packed.add(own, OuterProduct.packedD(own), target, height, length, count);
                    }
                }
            }
        }
    }

    private void packA(long aRow, ChosenRows chosen, int firstIndex, int firstColumn, int height, int length,
            long own) {
        int strips = Strips.padded(height) / Strips.WIDTH;
        for (int i = 0; i < length; i++) {
            packRow(aRow + chosen.row(firstIndex + i), i, firstColumn, strips, own);
        }
    }

    private void packD(int firstStrip, int count, ChosenRows chosen, int firstIndex, int length, long own) {
        for (int strip = 0; strip < count; strip++) {
            long to = OuterProduct.packedD(own) + strip * OuterProduct.STRIP_BYTES;
            int column = (firstStrip + strip) * Strips.WIDTH;
            int done = 0;
            while (done < length) {
                int run = chosen.run(firstIndex + done, length - done);
                RowPacking.copy(d.segment(), d.at(chosen.row(firstIndex + done), column), d.rowBytes(),
                        scratch.segment(), to + done * Strips.ROW_BYTES, Strips.ROW_BYTES, run, Strips.WIDTH);
                done += run;
            }
        }
    }

    /** Row by row: a row's strips are neighbours, and the next row lies far away. */
    private void packA(long firstRow, int firstColumn, int height, int length, long own) {
        int strips = Strips.padded(height) / Strips.WIDTH;
        for (int row = 0; row < length; row++) {
            packRow(firstRow + row, row, firstColumn, strips, own);
        }
    }

    private void packRow(long row, int place, int firstColumn, int strips, long own) {
        RowPacking.copy(
                a.segment(), a.at(row, firstColumn), Strips.ROW_BYTES, scratch.segment(),
                OuterProduct.strip(own, 0) + place * Strips.ROW_BYTES, OuterProduct.STRIP_BYTES, strips, Strips.WIDTH);
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
