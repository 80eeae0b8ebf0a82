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

    /** Scratch for one thread. */
    public static long scratchBytes() {
        return BlockOuterProduct.SCRATCH_BYTES;
    }

    /**
     * Blocks {@code firstBlock .. endBlock - 1} of G over all rows.
     *
     * @param rows   R
     * @param member which thread's scratch to use
     */
    public void blocks(long rows, int firstBlock, int endBlock, int member) {
        long own = scratch.at(member);
        for (int m = 0; m < layout.depth(); m += BlockOuterProduct.M_BLOCK) {
            int height = Math.min(BlockOuterProduct.M_BLOCK, layout.depth() - m);
            for (long r = 0; r < rows; r += BlockOuterProduct.R_BLOCK) {
                int length = (int) Math.min(BlockOuterProduct.R_BLOCK, rows - r);
                for (int column = 0; column < height; column += Panels.STRIP) {
                    pack(a, r, m + column, Panels.STRIP, length, BlockOuterProduct.strip(own, column));
                }
                for (int block = firstBlock; block < endBlock; block++) {
                    int width = layout.width(block);
                    pack(d, r, layout.column(block), width, length, BlockOuterProduct.panel(own));
                    long target = gBytes + layout.blockBytes(block) + (long) m * width * Float.BYTES;
                    BlockOuterProduct.add(scratch.segment(), own, g, target, height, width, length);
                }
            }
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
