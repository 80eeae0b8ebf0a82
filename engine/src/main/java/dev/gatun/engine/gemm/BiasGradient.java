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
 * @param gStrip bytes from 16 columns of G to the next, more than their own where another bias lies between them
 */
public record BiasGradient(RowsView d, MemorySegment g, long gBytes, long gStrip) {

    /** Of a bias that lies whole. */
    public BiasGradient(RowsView d, MemorySegment g, long gBytes) {
        this(d, g, gBytes, Strips.ROW_BYTES);
    }

    /** Columns of strips {@code firstStrip ... endStrip - 1}. */
    public void strips(long rows, int firstStrip, int endStrip) {
        strips(0, rows, firstStrip, endStrip);
    }

    /** As {@link #strips(long, int, int)}, over some of the rows. */
    public void strips(ChosenRows chosen, int firstStrip, int endStrip) {
        int done = 0;
        while (done < chosen.count()) {
            int run = chosen.run(done, chosen.count() - done);
            strips(chosen.row(done), run, firstStrip, endStrip);
            done += run;
        }
    }

    private void strips(long firstRow, long rows, int firstStrip, int endStrip) {
        long from = d.at(firstRow, firstStrip * Strips.WIDTH);
        long to = gBytes + firstStrip * gStrip;
        int count = endStrip - firstStrip;
        if (KernelChoice.SCALAR) {
            ScalarColumnSums.add(d.segment(), from, d.rowBytes(), d.stripBytes(), g, to, gStrip, rows, count);
        } else {
            ColumnSums.add(d.segment(), from, d.rowBytes(), d.stripBytes(), g, to, gStrip, rows, count);
        }
    }
}
