package dev.gatun.engine.gemm;

import dev.gatun.engine.cpu.Caches;
import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.engine.kernel.MicroKernel1x8;
import dev.gatun.engine.kernel.TilePlaces;
import dev.gatun.engine.team.Partition;
import java.lang.foreign.MemorySegment;

/**
 * {@code C[M,N] = start + A[M,K] * B[K,N]} with B packed in {@link Strips}; C and start in rows of either form. Every element is
 * one chain of fma over increasing k that begins at its start value; blocking over k stores and reloads the partial value,
 * which does not change it. So any split of the rows or strips over calls or threads gives the same bits.
 *
 * <p>Operands are fixed when the product is planned; calls name rows only, and allocate nothing.
 */
public final class Product {

    /** Depth of a block of k. Each further block reads and writes C once more; strips come from L2 in any case. */
    private static final int K_BLOCK = 1024;
    /** Of L2, what a group of B's strips may fill while rows of A and C pass. */
    private static final double B_SHARE = 0.25;

    private final RowsView a;
    private final long bBytes;
    private final long bStrip;
    private final Strips strips;
    private final RowsView c;
    private final RowsView start;
    private final boolean lasting;
    private final TilePlaces places;
    private final TileProduct fromStart;
    private final TileProduct fromC;

    /**
     * @param a       A, whole rows
     * @param b       where B lies
     * @param bBytes  byte offset of B
     * @param bStrip  bytes from one strip of B to the next, more than its own where strips of others lie between them
     * @param strips  B's sizes: K and N
     * @param c       C
     * @param start   start values: C itself, a bias with row stride 0, or zeros with row stride 0
     * @param lasting whether SIMD kernels run before the JVM has compiled them: for work that takes longer than that
     * @throws IllegalArgumentException if A's rows do not lie whole
     */
    public Product(
            RowsView a, MemorySegment b, long bBytes, long bStrip, Strips strips, RowsView c, RowsView start,
            boolean lasting) {
        if (!a.areWhole()) {
            throw new IllegalArgumentException("A product reads the rows of A whole, got rows in strips");
        }
        this.a = a;
        this.bBytes = bBytes;
        this.bStrip = bStrip;
        this.strips = strips;
        this.c = c;
        this.start = start;
        this.lasting = lasting;
        this.places = new TilePlaces(a.segment(), a.rowBytes(), b, Strips.ROW_BYTES, bStrip,
                c.segment(), c.rowBytes(), c.stripBytes(), start.segment(), start.rowBytes(), start.stripBytes());
        this.fromStart = TileProduct.of(places);
        this.fromC = TileProduct.of(places.inPlace());
    }

    /** A product whose B lies in one piece. */
    public Product(
            RowsView a, MemorySegment b, long bBytes, Strips strips, RowsView c, RowsView start, boolean lasting) {
        this(a, b, bBytes, strips.stripBytes(), strips, c, start, lasting);
    }

    /** A product that runs by the twins until the JVM has compiled the SIMD kernels. */
    public Product(RowsView a, MemorySegment b, long bBytes, Strips strips, RowsView c, RowsView start) {
        this(a, b, bBytes, strips, c, start, false);
    }

    private boolean isScalarNow() {
        return lasting ? KernelChoice.SCALAR : KernelChoice.isScalarNow();
    }

    /** Strips of B: 16 columns each. */
    public int strips() {
        return strips.count();
    }

    /**
     * A team member's share of the given rows, or strips of columns if there are too few rows for all.
     */
    public void share(long aRow, long cRow, long startRow, int rows, int member, int size) {
        if (Partition.hasRowsForAll(rows, size)) {
            int first = Partition.firstRow(rows, member, size);
            rows(aRow + first, cRow + first, startRow + first, Partition.rowsOf(rows, member, size));
        } else {
            rows(aRow, cRow, startRow, rows, Partition.first(strips(), member, size),
                    Partition.first(strips(), member + 1, size));
        }
    }

    /** All columns of the given rows; a, c and start each have their own first row. */
    public void rows(long aRow, long cRow, long startRow, int rows) {
        rows(aRow, cRow, startRow, rows, 0, strips());
    }

    /** Columns of strips {@code firstStrip .. endStrip - 1} of the given rows. */
    public void rows(long aRow, long cRow, long startRow, int rows, int firstStrip, int endStrip) {
        rows(aRow, cRow, startRow, rows, firstStrip, endStrip, false);
    }

    /**
     * Columns of strips {@code firstStrip .. endStrip - 1} of the given rows.
     *
     * @param fromLast whether the last strips come first; a caller that changes this from call to call finds in the cache what
     *                 it read last, of weights that do not all fit
     */
    public void rows(
            long aRow, long cRow, long startRow, int rows, int firstStrip, int endStrip, boolean fromLast) {
        if (rows == 1 && strips.depth() >= TileProduct.SHORTEST && !isScalarNow()) {
            MicroKernel1x8.row(places, a.at(aRow), stripBytes(firstStrip), cBytes(cRow, firstStrip),
                    startBytes(startRow, firstStrip), strips.depth(), endStrip - firstStrip, fromLast);
            return;
        }
        int k = 0;
        do {
            int length = Math.min(K_BLOCK, strips.depth() - k);
            int group = stripsOfGroup(length);
            for (int done = firstStrip; done < endStrip; done += group) {
                int count = Math.min(group, endStrip - done);
                int from = fromLast ? firstStrip + endStrip - done - count : done;
                group(aRow, k, length, cRow, startRow, rows, from, count);
            }
            k += length;
        } while (k < strips.depth());
    }

    /** A multiple of four, since a tile may be four strips wide. */
    private static int stripsOfGroup(int depth) {
        long stripBytes = Math.max(1, depth) * Strips.ROW_BYTES;
        return (int) Math.max(1, (long) (Caches.HERE.l2() * B_SHARE) / (4 * stripBytes)) * 4;
    }

    private void group(long aRow, int k, int length, long cRow, long startRow, int rows, int firstStrip, int count) {
        long cAt = cBytes(cRow, firstStrip);
        TileProduct tiles = k == 0 ? fromStart : fromC;
        tiles.multiply(
                a.at(aRow) + (long) k * Float.BYTES, stripBytes(firstStrip) + k * Strips.ROW_BYTES, cAt,
                k == 0 ? startBytes(startRow, firstStrip) : cAt, length, rows, count, isScalarNow());
    }

    /**
     * {@code C = start + X * W + A * B} by one chain over both depths, where this product goes on from what another leaves in C.
     *
     * @param before the product that begins; its A and B lie in the segments of this one's, its C is this one's C and start
     * @throws IllegalArgumentException if that is not so
     */
    public ChainedProduct after(Product before) {
        if (before.places.a() != places.a() || before.places.b() != places.b() || !before.c.isPlaceOf(c)
                || !start.isPlaceOf(c) || before.strips() != strips()) {
            throw new IllegalArgumentException(
                    "A chain needs two products of the same segments, the second one going on in the C of the first");
        }
        return new ChainedProduct(before, this, TileProduct.of(before.places, places.beginningAt(before.places)));
    }

    int depth() {
        return strips.depth();
    }

    long aBytes(long row) {
        return a.at(row);
    }

    /** Where a strip of B begins. */
    long stripBytes(int strip) {
        return bBytes + strip * bStrip;
    }

    long cBytes(long row, int strip) {
        return c.at(row, strip * Strips.WIDTH);
    }

    long startBytes(long row, int strip) {
        return start.at(row, strip * Strips.WIDTH);
    }
}
