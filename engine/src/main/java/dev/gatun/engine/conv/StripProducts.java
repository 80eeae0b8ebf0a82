package dev.gatun.engine.conv;

import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.engine.kernel.ColumnProducts;
import dev.gatun.engine.kernel.scalar.ScalarColumnProducts;
import java.lang.foreign.MemorySegment;

/**
 * Products of 16 columns, by the kernel or its twin; offsets and strides in bytes. Some rows at a time, so that no loop is compiled
 * in its midst: see {@link dev.gatun.engine.block.Chunk}.
 */
final class StripProducts {

    private static final int ROWS = 256;

    private StripProducts() {}

    /** {@code y[rows,16] += x[rows,16] w[16]}. */
    static void scale(
            MemorySegment x, long xBytes, long xRow, MemorySegment w, long wBytes, MemorySegment y, long yBytes,
            long yRow, int rows) {
        for (int row = 0; row < rows; row += ROWS) {
            int some = Math.min(ROWS, rows - row);
            if (KernelChoice.SCALAR) {
                ScalarColumnProducts.scale(x, xBytes + row * xRow, xRow, w, wBytes, y, yBytes + row * yRow, yRow,
                        some);
            } else {
                ColumnProducts.scale(x, xBytes + row * xRow, xRow, w, wBytes, y, yBytes + row * yRow, yRow, some);
            }
        }
    }

    /** {@code g[16] += sum over rows of x[rows,16] d[rows,16]}. */
    static void sum(
            MemorySegment x, long xBytes, long xRow, MemorySegment d, long dBytes, long dRow, MemorySegment g,
            long gBytes, int rows) {
        for (int row = 0; row < rows; row += ROWS) {
            int some = Math.min(ROWS, rows - row);
            if (KernelChoice.SCALAR) {
                ScalarColumnProducts.sum(x, xBytes + row * xRow, xRow, d, dBytes + row * dRow, dRow, g, gBytes, some);
            } else {
                ColumnProducts.sum(x, xBytes + row * xRow, xRow, d, dBytes + row * dRow, dRow, g, gBytes, some);
            }
        }
    }
}
