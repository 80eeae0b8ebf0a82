package dev.gatun.engine.gemm;

import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.engine.kernel.RowCopies;
import dev.gatun.engine.kernel.scalar.ScalarRowCopies;
import java.lang.foreign.MemorySegment;

/**
 * {@code G[M,N] += A[R,M]^T * D[R,N]}: the gradient of a weight from the rows that went in (A) and the gradients of
 * the rows that came out (D), both row-major over R = time x batch. G has the packed layout of the weight. Each element is
 * one chain of fma over increasing row. 256 rows at a time, A is packed in strips and D in panels, so that the outer products
 * read both at fixed distances.
 *
 * @param a       A, columns 0 .. M-1 used; its rows reach to the next multiple of 16
 * @param d       D, columns 0 .. N-1 used, paddings zero
 * @param layout  sizes M and N, and the place of G's blocks
 * @param g       where G lies
 * @param gBytes  byte offset of G
 * @param scratch memory for the packs, {@link #scratchBytes} for each thread
 */
public record WeightGradient(Rows a, Rows d, Panels layout, MemorySegment g, long gBytes, Rows scratch) {

    private static final int R_BLOCK = 256;
    private static final int M_BLOCK = 192;
    private static final long STRIP_ROW = (long) Panels.STRIP * Float.BYTES;
    private static final long STRIP_BYTES = R_BLOCK * STRIP_ROW;
    private static final long STRIPS_BYTES = M_BLOCK / Panels.STRIP * STRIP_BYTES;
    private static final long PANEL_BYTES = (long) R_BLOCK * Panels.PANEL * Float.BYTES;

    /** Scratch for one thread. */
    public static long scratchBytes() {
        return STRIPS_BYTES + PANEL_BYTES + BlockOuterProduct.EDGE_BYTES;
    }

    /**
     * Blocks {@code firstBlock .. endBlock - 1} of G over all rows.
     *
     * @param rows   R
     * @param member which thread's scratch to use
     */
    public void blocks(long rows, int firstBlock, int endBlock, int member) {
        long strips = scratch.at(member);
        long panel = strips + STRIPS_BYTES;
        var outer = new BlockOuterProduct(scratch.segment(), strips, STRIP_BYTES, panel, panel + PANEL_BYTES, g);
        for (int m = 0; m < layout.depth(); m += M_BLOCK) {
            int height = Math.min(M_BLOCK, layout.depth() - m);
            for (long r = 0; r < rows; r += R_BLOCK) {
                int length = (int) Math.min(R_BLOCK, rows - r);
                packStrips(r, length, m, height, strips);
                for (int block = firstBlock; block < endBlock; block++) {
                    int width = layout.width(block);
                    pack(d, r, layout.column(block), width, length, panel);
                    outer.add(gBytes + layout.blockBytes(block) + (long) m * width * Float.BYTES, height, width,
                            length);
                }
            }
        }
    }

    private void packStrips(long firstRow, int length, int firstColumn, int height, long strips) {
        for (int column = 0; column < height; column += Panels.STRIP) {
            long strip = strips + column / Panels.STRIP * STRIP_BYTES;
            pack(a, firstRow, firstColumn + column, Panels.STRIP, length, strip);
        }
    }

    private void pack(Rows from, long firstRow, int firstColumn, int width, int length, long to) {
        long source = from.at(firstRow) + (long) firstColumn * Float.BYTES;
        long rowBytes = (long) width * Float.BYTES;
        if (KernelChoice.SCALAR) {
            ScalarRowCopies.copy(
                    from.segment(), source, from.rowBytes(), scratch.segment(), to, rowBytes, length, width);
        } else {
            RowCopies.copy(from.segment(), source, from.rowBytes(), scratch.segment(), to, rowBytes, length, width);
        }
    }
}
