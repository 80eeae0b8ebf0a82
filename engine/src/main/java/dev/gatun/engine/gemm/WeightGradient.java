package dev.gatun.engine.gemm;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/**
 * {@code G[M,N] += A[R,M]^T * D[R,N]}: the gradient of a weight from the rows that went in (A) and the gradients of
 * the rows that came out (D), both row-major over R = time x batch. G has the packed layout of the weight. Each element is
 * one chain of fma over increasing row. A is transposed and D packed into scratch, 256 rows at a time, so that the tiles of
 * the forward product serve here too.
 *
 * @param a       A, columns 0 .. M-1 used
 * @param d       D, columns 0 .. N-1 used, paddings zero
 * @param layout  sizes M and N, and the place of G's blocks
 * @param g       where G lies
 * @param gBytes  byte offset of G
 * @param scratch memory for the packs, {@link #scratchBytes} for each thread
 */
public record WeightGradient(Rows a, Rows d, Panels layout, MemorySegment g, long gBytes, Rows scratch) {

    private static final int R_BLOCK = 256;
    private static final int M_BLOCK = 192;
    private static final int TRANSPOSED_ROW_BYTES = (R_BLOCK + Panels.STRIP) * Float.BYTES;
    private static final long TRANSPOSED_BYTES = (long) M_BLOCK * TRANSPOSED_ROW_BYTES;

    /** Scratch for one thread. */
    public static long scratchBytes() {
        return TRANSPOSED_BYTES + (long) R_BLOCK * Panels.PANEL * Float.BYTES;
    }

    /**
     * Blocks {@code firstBlock .. endBlock - 1} of G over all rows.
     *
     * @param rows   R
     * @param member which thread's scratch to use
     */
    public void blocks(long rows, int firstBlock, int endBlock, int member) {
        long transposed = scratch.at(member);
        long packed = transposed + TRANSPOSED_BYTES;
        for (int m = 0; m < layout.depth(); m += M_BLOCK) {
            int height = Math.min(M_BLOCK, layout.depth() - m);
            long r = 0;
            do {
                int length = (int) Math.min(R_BLOCK, rows - r);
                transpose(r, length, m, height, transposed);
                for (int block = firstBlock; block < endBlock; block++) {
                    int width = layout.width(block);
                    pack(r, length, block, width, packed);
                    long rowBytes = (long) width * Float.BYTES;
                    long target = gBytes + layout.blockBytes(block) + m * rowBytes;
                    BlockProduct.multiply(
                            scratch.segment(), transposed, TRANSPOSED_ROW_BYTES, scratch.segment(), packed, g, target,
                            rowBytes,
                            g, target, rowBytes,
                            length, height, width);
                }
                r += length;
            } while (r < rows);
        }
    }

    private void transpose(long firstRow, int length, int firstColumn, int height, long transposed) {
        MemorySegment from = a.segment();
        MemorySegment to = scratch.segment();
        for (int row = 0; row < length; row++) {
            long source = a.at(firstRow + row) + (long) firstColumn * Float.BYTES;
            long target = transposed + (long) row * Float.BYTES;
            for (int column = 0; column < height; column++) {
                float value = from.get(JAVA_FLOAT, source + (long) column * Float.BYTES);
                to.set(JAVA_FLOAT, target + (long) column * TRANSPOSED_ROW_BYTES, value);
            }
        }
    }

    private void pack(long firstRow, int length, int block, int width, long packed) {
        long column = (long) layout.column(block) * Float.BYTES;
        long bytes = (long) width * Float.BYTES;
        for (int row = 0; row < length; row++) {
            MemorySegment.copy(d.segment(), d.at(firstRow + row) + column, scratch.segment(), packed + row * bytes,
                    bytes);
        }
    }
}
