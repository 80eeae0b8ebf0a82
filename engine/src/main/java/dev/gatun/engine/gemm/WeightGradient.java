package dev.gatun.engine.gemm;

import java.lang.foreign.MemorySegment;

/**
 * {@code G[M,N] += A[R,M]^T * D[R,N]}: the gradient of a weight from the rows that went in (A) and the gradients of
 * the rows that came out (D) over R = time x batch. G has the packed layout of the weight. Each element is one chain of
 * fma over increasing row. Some hundred rows at a time, A is packed in strips and D in panels, unless it lies in panels
 * already, so that the outer products read both at fixed distances.
 *
 * @param a       A, whole rows, columns 0 .. M-1 used; they reach to the next multiple of 16
 * @param d       D, rows of either form, columns 0 .. N-1 used, paddings zero
 * @param layout  sizes M and N, and the place of G's blocks
 * @param g       where G lies
 * @param gBytes  byte offset of G
 * @param scratch memory for the packs, {@link #scratchBytes} for each thread
 */
public record WeightGradient(RowsView a, RowsView d, Panels layout, MemorySegment g, long gBytes, RowsView scratch) {

    private static final long STRIP_ROW = (long) Panels.STRIP * Float.BYTES;

    /** Scratch for one thread. */
    public static long scratchBytes() {
        return BlockOuterProduct.SCRATCH_BYTES;
    }

    /**
     * Blocks {@code firstBlock .. endBlock - 1} of G over all rows.
     *
     * @param aRow   first row of A; D begins at its first
     * @param rows   R
     * @param member which thread's scratch to use
     */
    public void blocks(long aRow, long rows, int firstBlock, int endBlock, int member) {
        long own = scratch.at(member);
        for (int m = 0; m < layout.depth(); m += BlockOuterProduct.M_BLOCK) {
            int height = Math.min(BlockOuterProduct.M_BLOCK, layout.depth() - m);
            for (long r = 0; r < rows; r += BlockOuterProduct.R_BLOCK) {
                int length = (int) Math.min(BlockOuterProduct.R_BLOCK, rows - r);
                packStrips(aRow + r, m, height, length, own);
                for (int block = firstBlock; block < endBlock; block++) {
                    long target = gBytes + layout.blockBytes(block) + (long) m * layout.width(block) * Float.BYTES;
                    add(block, r, length, own, target, height);
                }
            }
        }
    }

    /** Row by row: a row's strips are neighbours, and the next row lies far away. */
    private void packStrips(long firstRow, int firstColumn, int height, int length, long own) {
        int strips = Panels.padded(height) / Panels.STRIP;
        for (int row = 0; row < length; row++) {
            RowPacking.copy(
                    a.segment(), a.at(firstRow + row, firstColumn), STRIP_ROW, scratch.segment(),
                    BlockOuterProduct.strip(own, 0) + row * STRIP_ROW, BlockOuterProduct.STRIP_BYTES, strips,
                    Panels.STRIP);
        }
    }

    private void add(int block, long firstRow, int length, long own, long target, int height) {
        int width = layout.width(block);
        long from = d.at(firstRow, layout.column(block));
        if (!d.areWhole() && width == Panels.PANEL) {
            BlockOuterProduct.add(scratch.segment(), own, d.segment(), from, g, target, height, width, length);
            return;
        }
        long panel = BlockOuterProduct.panel(own);
        long panelRow = (long) width * Float.BYTES;
        RowPacking.copy(d.segment(), from, d.rowBytes(), scratch.segment(), panel, panelRow, length, width);
        BlockOuterProduct.add(scratch.segment(), own, scratch.segment(), panel, g, target, height, width, length);
    }
}
