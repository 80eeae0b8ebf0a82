package dev.gatun.engine.kernel;

import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import dev.gatun.engine.cpu.Lanes;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Sums over rows, the gradient of a bias: each column is one chain of additions over increasing row. */
public final class ColumnSums {

    private static final VectorSpecies<Float> F = Lanes.FLOATS;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final int V = Lanes.LANES * Float.BYTES;

    private ColumnSums() {}

    /**
     * {@code y[columns] += sum over rows of x[rows,columns]}; columns a multiple of 16, {@code xRow} in bytes. Columns are
     * taken four vectors at a time to hide the latency of an addition.
     */
    public static void add(MemorySegment xSegment, long xBytes, long xRow, MemorySegment ySegment, long yBytes,
            long rows,
            int columns) {
        MemorySegment x = OffHeap.known(xSegment);
        MemorySegment y = OffHeap.known(ySegment);
        long bytes = (long) columns * Float.BYTES;
        long at = 0;
        for (; at + 4 * V <= bytes; at += 4 * V) {
            four(x, xBytes + at, xRow, y, yBytes + at, rows);
        }
        for (; at < bytes; at += V) {
            one(x, xBytes + at, xRow, y, yBytes + at, rows);
        }
    }

    private static void four(MemorySegment x, long xBytes, long xRow, MemorySegment y, long yBytes, long rows) {
        FloatVector s0 = fromMemorySegment(F, y, yBytes, ORDER);
        FloatVector s1 = fromMemorySegment(F, y, yBytes + V, ORDER);
        FloatVector s2 = fromMemorySegment(F, y, yBytes + 2 * V, ORDER);
        FloatVector s3 = fromMemorySegment(F, y, yBytes + 3 * V, ORDER);
        for (long row = 0; row < rows; row++) {
            long at = xBytes + row * xRow;
            s0 = s0.add(fromMemorySegment(F, x, at, ORDER));
            s1 = s1.add(fromMemorySegment(F, x, at + V, ORDER));
            s2 = s2.add(fromMemorySegment(F, x, at + 2 * V, ORDER));
            s3 = s3.add(fromMemorySegment(F, x, at + 3 * V, ORDER));
        }
        s0.intoMemorySegment(y, yBytes, ORDER);
        s1.intoMemorySegment(y, yBytes + V, ORDER);
        s2.intoMemorySegment(y, yBytes + 2 * V, ORDER);
        s3.intoMemorySegment(y, yBytes + 3 * V, ORDER);
    }

    private static void one(MemorySegment x, long xBytes, long xRow, MemorySegment y, long yBytes, long rows) {
        FloatVector sum = fromMemorySegment(F, y, yBytes, ORDER);
        for (long row = 0; row < rows; row++) {
            sum = sum.add(fromMemorySegment(F, x, xBytes + row * xRow, ORDER));
        }
        sum.intoMemorySegment(y, yBytes, ORDER);
    }
}
