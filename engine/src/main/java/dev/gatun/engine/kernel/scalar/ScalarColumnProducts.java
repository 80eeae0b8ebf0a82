package dev.gatun.engine.kernel.scalar;

import static dev.gatun.engine.cpu.Fma.fma;
import static dev.gatun.engine.kernel.TilePlaces.STRIP_ROW;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/** The exact oracle of {@code ColumnProducts}. */
public final class ScalarColumnProducts {

    private ScalarColumnProducts() {}

    /** {@code y[rows,16] += x[rows,16] w[16]}. */
    public static void scale(
            MemorySegment x, long xBytes, long xRow, MemorySegment w, long wBytes, MemorySegment y, long yBytes,
            long yRow, int rows) {
        for (int row = 0; row < rows; row++) {
            for (long inner = 0; inner < STRIP_ROW; inner += Float.BYTES) {
                long at = yBytes + row * yRow + inner;
                y.set(JAVA_FLOAT, at, fma(x.get(JAVA_FLOAT, xBytes + row * xRow + inner),
                        w.get(JAVA_FLOAT, wBytes + inner), y.get(JAVA_FLOAT, at)));
            }
        }
    }

    /** {@code g[16] += sum over rows of x[rows,16] d[rows,16]}, each column one chain of fma over increasing row. */
    public static void sum(
            MemorySegment x, long xBytes, long xRow, MemorySegment d, long dBytes, long dRow, MemorySegment g,
            long gBytes, int rows) {
        for (long inner = 0; inner < STRIP_ROW; inner += Float.BYTES) {
            float sum = g.get(JAVA_FLOAT, gBytes + inner);
            for (int row = 0; row < rows; row++) {
                sum = fma(x.get(JAVA_FLOAT, xBytes + row * xRow + inner),
                        d.get(JAVA_FLOAT, dBytes + row * dRow + inner), sum);
            }
            g.set(JAVA_FLOAT, gBytes + inner, sum);
        }
    }
}
