package dev.gatun.engine.gemm;

import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.engine.kernel.ColumnSums;
import dev.gatun.engine.kernel.scalar.ScalarColumnSums;
import java.lang.foreign.MemorySegment;

/**
 * {@code G[N] += sum over rows of D[R,N]}: the gradient of a bias, each element one chain of additions over increasing row.
 *
 * @param d      gradients of the rows that came out
 * @param g      where G lies, columns in the order of D
 * @param gBytes byte offset of G
 */
public record BiasGradient(Rows d, MemorySegment g, long gBytes) {

    /** Columns {@code firstColumn ... endColumn - 1}, both multiples of 16. */
    public void columns(long rows, int firstColumn, int endColumn) {
        long from = (long) firstColumn * Float.BYTES;
        int count = endColumn - firstColumn;
        if (KernelChoice.SCALAR) {
            ScalarColumnSums.add(d.segment(), d.baseBytes() + from, d.rowBytes(), g, gBytes + from, rows, count);
        } else {
            ColumnSums.add(d.segment(), d.baseBytes() + from, d.rowBytes(), g, gBytes + from, rows, count);
        }
    }
}
