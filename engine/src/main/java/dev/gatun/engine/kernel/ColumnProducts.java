package dev.gatun.engine.kernel;

import static dev.gatun.engine.cpu.Lanes.FLOATS;
import static dev.gatun.engine.cpu.Lanes.LANES;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;

/**
 * Products of 16 columns, each with a number of its own: what a convolution of single features is made of. Offsets and strides in
 * bytes. Scalar twin: {@link dev.gatun.engine.kernel.scalar.ScalarColumnProducts}.
 */
public final class ColumnProducts {

    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long STEP = (long) LANES * Float.BYTES;
    private static final long STRIP = TilePlaces.STRIP_ROW;

    private ColumnProducts() {}

    /** {@code y[rows,16] += x[rows,16] w[16]}. */
    public static void scale(
            MemorySegment xSegment, long xBytes, long xRow, MemorySegment wSegment, long wBytes, MemorySegment ySegment,
            long yBytes, long yRow, int rows) {
        MemorySegment x = OffHeap.known(xSegment);
        MemorySegment w = OffHeap.known(wSegment);
        MemorySegment y = OffHeap.known(ySegment);
        for (long inner = 0; inner < STRIP; inner += STEP) {
            FloatVector factor = fromMemorySegment(FLOATS, w, wBytes + inner, ORDER);
            for (int row = 0; row < rows; row++) {
                long at = yBytes + row * yRow + inner;
                fromMemorySegment(FLOATS, x, xBytes + row * xRow + inner, ORDER)
                        .fma(factor, fromMemorySegment(FLOATS, y, at, ORDER))
                        .intoMemorySegment(y, at, ORDER);
            }
        }
    }

    /** {@code g[16] += sum over rows of x[rows,16] d[rows,16]}, each column one chain of fma over increasing row. */
    public static void sum(
            MemorySegment xSegment, long xBytes, long xRow, MemorySegment dSegment, long dBytes, long dRow,
            MemorySegment gSegment, long gBytes, int rows) {
        MemorySegment x = OffHeap.known(xSegment);
        MemorySegment d = OffHeap.known(dSegment);
        MemorySegment g = OffHeap.known(gSegment);
        for (long inner = 0; inner < STRIP; inner += STEP) {
            FloatVector sum = fromMemorySegment(FLOATS, g, gBytes + inner, ORDER);
            for (int row = 0; row < rows; row++) {
                sum = fromMemorySegment(FLOATS, x, xBytes + row * xRow + inner, ORDER)
                        .fma(fromMemorySegment(FLOATS, d, dBytes + row * dRow + inner, ORDER), sum);
            }
            sum.intoMemorySegment(g, gBytes + inner, ORDER);
        }
    }
}
