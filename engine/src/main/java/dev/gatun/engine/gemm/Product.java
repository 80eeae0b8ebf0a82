package dev.gatun.engine.gemm;

import dev.gatun.engine.cpu.Caches;
import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.engine.kernel.MicroKernel1x128;
import dev.gatun.engine.team.Partition;
import java.lang.foreign.MemorySegment;

/**
 * {@code C[M,N] = start + A[M,K] * B[K,N]} with B packed in {@link Panels}; C and start in rows of either form. Every element is
 * one chain of fma over increasing k that begins at its start value; blocking over k stores and reloads the partial value,
 * which does not change it. So any split of the rows or blocks over calls or threads gives the same bits.
 *
 * <p>Operands are fixed when the product is planned; calls name rows only, and allocate nothing.
 *
 * @param a      A, whole rows
 * @param b      where B lies
 * @param bBytes byte offset of B
 * @param panels B's sizes: K and N
 * @param c      C
 * @param start  start values: C itself, a bias with row stride 0, or zeros with row stride 0
 * @param lasting whether SIMD kernels run before the JVM has compiled them: for work that takes longer than that
 */
public record Product(
        RowsView a, MemorySegment b, long bBytes, Panels panels, RowsView c, RowsView start, boolean lasting) {

    /** Depth of a block of k. Each further block reads and writes C once more; panels come from L2 in any case. */
    private static final int K_BLOCK = 1024;
    /** Of L2, what a group of B's blocks may fill while rows of A and C pass. */
    private static final double B_SHARE = 0.25;
    /** Rows that pass through a group at a time: each row of C is then written in one stretch, which the hardware foresees. */
    private static final int ROW_GROUP = 16;
    /** Rows that may all go through one block before the next; these are few enough for A and C to stay near. */
    private static final int FEW_ROWS = 96;
    /** Rows that {@link #share} does not cut. */
    private static final int SHARE_TILE = 4;

    public Product {
        if (!a.areWhole()) {
            throw new IllegalArgumentException("A product reads the rows of A whole, got rows in panels");
        }
    }

    /** A product that runs by the twins until the JVM has compiled the SIMD kernels. */
    public Product(RowsView a, MemorySegment b, long bBytes, Panels panels, RowsView c, RowsView start) {
        this(a, b, bBytes, panels, c, start, false);
    }

    private boolean isScalarNow() {
        return lasting ? KernelChoice.SCALAR : KernelChoice.isScalarNow();
    }

    public int blocks() {
        return panels.blocks();
    }

    /**
     * A team member's share of the given rows: whole tiles of rows, or blocks of columns if there are too few rows for all.
     */
    public void share(long aRow, long cRow, long startRow, int rows, int member, int size) {
        if (rows >= SHARE_TILE * size) {
            int first = Partition.first(rows, SHARE_TILE, member, size);
            int count = Partition.first(rows, SHARE_TILE, member + 1, size) - first;
            rows(aRow + first, cRow + first, startRow + first, count);
        } else {
            rows(aRow, cRow, startRow, rows, Partition.first(blocks(), member, size),
                    Partition.first(blocks(), member + 1, size));
        }
    }

    /** All columns of the given rows; a, c and start each have their own first row. */
    public void rows(long aRow, long cRow, long startRow, int rows) {
        rows(aRow, cRow, startRow, rows, 0, blocks());
    }

    /** Columns of blocks {@code firstBlock .. endBlock - 1} of the given rows. */
    public void rows(long aRow, long cRow, long startRow, int rows, int firstBlock, int endBlock) {
        rows(aRow, cRow, startRow, rows, firstBlock, endBlock, false);
    }

    /**
     * Columns of blocks {@code firstBlock .. endBlock - 1} of the given rows.
     *
     * @param fromLast whether the last block comes first; a caller that changes this from call to call finds in the cache what
     *                 it read last, of weights that do not all fit
     */
    public void rows(
            long aRow, long cRow, long startRow, int rows, int firstBlock, int endBlock, boolean fromLast) {
        if (rows == 1 && panels.depth() >= BlockProduct.SHORTEST && !isScalarNow()) {
            row(aRow, cRow, startRow, firstBlock, endBlock, fromLast);
            return;
        }
        int rowGroup = rows > FEW_ROWS ? ROW_GROUP : rows;
        int k = 0;
        do {
            int length = Math.min(K_BLOCK, panels.depth() - k);
            int group = blocksOfGroup(length);
            for (int done = firstBlock; done < endBlock; done += group) {
                int count = Math.min(group, endBlock - done);
                int from = fromLast ? firstBlock + endBlock - done - count : done;
                for (int row = 0; row < rows; row += rowGroup) {
                    int height = Math.min(rowGroup, rows - row);
                    group(aRow + row, k, length, cRow + row, startRow + row, height, from, count, fromLast);
                }
            }
            k += length;
        } while (k < panels.depth());
    }

    /** One row reads every weight once, and no blocks of k help. Strips, and a panel too many, come last. */
    private void row(long aRow, long cRow, long startRow, int firstBlock, int endBlock, boolean fromLast) {
        int whole = Math.clamp(panels.panels() - firstBlock, 0, endBlock - firstBlock);
        int count = whole - whole % MicroKernel1x128.PANELS;
        int first = fromLast ? firstBlock + count - 1 : firstBlock;
        int step = fromLast ? -1 : 1;
        if (count > 0) {
            int column = panels.column(first);
            MicroKernel1x128.row(
                    a.segment(), a.at(aRow), b, bBytes + panels.blockBytes(first), step * panels.panelBytes(),
                    c.segment(), c.at(cRow, column), step * c.panelBytes(),
                    start.segment(), start.at(startRow, column), step * start.panelBytes(), panels.depth(), count);
        }
        for (int block = firstBlock + count; block < endBlock; block++) {
            block(aRow, 0, panels.depth(), block, cRow, start, startRow, 1);
        }
    }

    private static int blocksOfGroup(int depth) {
        long blockBytes = (long) Math.max(1, depth) * Panels.PANEL * Float.BYTES;
        return (int) Math.max(1, (long) (Caches.HERE.l2() * B_SHARE) / blockBytes);
    }

    private void group(
            long aRow, int k, int length, long cRow, long startRow, int height, int firstBlock, int count,
            boolean fromLast) {
        RowsView from = k == 0 ? start : c;
        long fromRow = k == 0 ? startRow : cRow;
        int block = fromLast ? firstBlock + count - 1 : firstBlock;
        for (int i = 0; i < count; i++) {
            block(aRow, k, length, block, cRow, from, fromRow, height);
            block += fromLast ? -1 : 1;
        }
    }

    private void block(long aRow, int k, int length, int block, long cRow, RowsView from, long fromRow, int height) {
        int width = panels.width(block);
        int column = panels.column(block);
        BlockProduct.multiply(
                a.segment(), a.at(aRow) + (long) k * Float.BYTES, a.rowBytes(),
                b, bBytes + panels.blockBytes(block) + (long) k * width * Float.BYTES,
                c.segment(), c.at(cRow, column), c.rowBytes(),
                from.segment(), from.at(fromRow, column), from.rowBytes(),
                length, height, width, isScalarNow());
    }
}
