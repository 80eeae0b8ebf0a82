package dev.gatun.engine.conv;

import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.engine.kernel.ColumnProducts;
import dev.gatun.engine.kernel.scalar.ScalarColumnProducts;
import java.lang.foreign.MemorySegment;

/** Products of 16 columns, by the kernel or its twin; offsets and strides in bytes. */
final class StripProducts {

    private StripProducts() {}

    /** {@code y[rows,16] += x[rows,16] w[16]}. */
    static void scale(
            MemorySegment x, long xBytes, long xRow, MemorySegment w, long wBytes, MemorySegment y, long yBytes,
            long yRow, int rows) {
        if (KernelChoice.SCALAR) {
            ScalarColumnProducts.scale(x, xBytes, xRow, w, wBytes, y, yBytes, yRow, rows);
        } else {
            ColumnProducts.scale(x, xBytes, xRow, w, wBytes, y, yBytes, yRow, rows);
        }
    }

    /** {@code g[16] += sum over rows of x[rows,16] d[rows,16]}. */
    static void sum(
            MemorySegment x, long xBytes, long xRow, MemorySegment d, long dBytes, long dRow, MemorySegment g,
            long gBytes, int rows) {
        if (KernelChoice.SCALAR) {
            ScalarColumnProducts.sum(x, xBytes, xRow, d, dBytes, dRow, g, gBytes, rows);
        } else {
            ColumnProducts.sum(x, xBytes, xRow, d, dBytes, dRow, g, gBytes, rows);
        }
    }
}
