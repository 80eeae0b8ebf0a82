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
public record BiasGradient(RowsView d, MemorySegment g, long gBytes) {

    /** Columns {@code firstColumn ... endColumn - 1}: from a multiple of 64 to one of 16. */
    public void columns(long rows, int firstColumn, int endColumn) {
        for (int column = firstColumn; column < endColumn; column += Panels.PANEL) {
            panel(rows, column, Math.min(Panels.PANEL, endColumn - column));
        }
    }

    private void panel(long rows, int column, int count) {
        long from = d.at(0, column);
        long to = gBytes + (long) column * Float.BYTES;
        if (KernelChoice.SCALAR) {
            ScalarColumnSums.add(d.segment(), from, d.rowBytes(), g, to, rows, count);
        } else {
            ColumnSums.add(d.segment(), from, d.rowBytes(), g, to, rows, count);
        }
    }
}
