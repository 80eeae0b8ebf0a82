package dev.gatun.engine.kernel;

import static dev.gatun.engine.kernel.StripVector.inner;
import static dev.gatun.engine.kernel.StripVector.strip;
import static dev.gatun.engine.kernel.TilePlaces.STRIP_ROW;
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

    /** Strips of four vectors: 4, 2 or 1. */
    private static final int STRIPS = StripVector.strips(4);

    private ColumnSums() {}

    /**
     * {@code y[N] += sum over rows of x[rows,N]} for so many strips of 16 columns, offsets and strides in bytes. Four
     * vectors at a time hide the latency of an addition; where fewer are left, the last is computed more than once.
     *
     * @param xStrip from 16 columns of x to the next
     * @param yStrip likewise of y
     */
    public static void add(
            MemorySegment xSegment, long xBytes, long xRow, long xStrip, MemorySegment ySegment, long yBytes,
            long yStrip,
            long rows, int strips) {
        MemorySegment x = OffHeap.known(xSegment);
        MemorySegment y = OffHeap.known(ySegment);
        for (int first = 0; first < strips; first += STRIPS) {
            four(x, xBytes, xRow, xStrip, y, yBytes, yStrip, rows, first, strips - 1);
        }
    }

    private static void four(
            MemorySegment x, long xBytes, long xRow, long xStrip, MemorySegment y, long yBytes, long yStrip, long rows,
            int first, int last) {
        long strip0 = strip(first, 0, last);
        long strip1 = strip(first, 1, last);
        long strip2 = strip(first, 2, last);
        long strip3 = strip(first, 3, last);
        FloatVector s0 = fromMemorySegment(F, y, yBytes + strip0 * yStrip + inner(0), ORDER);
        FloatVector s1 = fromMemorySegment(F, y, yBytes + strip1 * yStrip + inner(1), ORDER);
        FloatVector s2 = fromMemorySegment(F, y, yBytes + strip2 * yStrip + inner(2), ORDER);
        FloatVector s3 = fromMemorySegment(F, y, yBytes + strip3 * yStrip + inner(3), ORDER);
        long x0 = xBytes + strip0 * xStrip + inner(0);
        long x1 = xBytes + strip1 * xStrip + inner(1);
        long x2 = xBytes + strip2 * xStrip + inner(2);
        long x3 = xBytes + strip3 * xStrip + inner(3);
        for (long row = 0; row < rows; row++) {
            long at = row * xRow;
            s0 = s0.add(fromMemorySegment(F, x, x0 + at, ORDER));
            s1 = s1.add(fromMemorySegment(F, x, x1 + at, ORDER));
            s2 = s2.add(fromMemorySegment(F, x, x2 + at, ORDER));
            s3 = s3.add(fromMemorySegment(F, x, x3 + at, ORDER));
        }
        s0.intoMemorySegment(y, yBytes + strip0 * yStrip + inner(0), ORDER);
        s1.intoMemorySegment(y, yBytes + strip1 * yStrip + inner(1), ORDER);
        s2.intoMemorySegment(y, yBytes + strip2 * yStrip + inner(2), ORDER);
        s3.intoMemorySegment(y, yBytes + strip3 * yStrip + inner(3), ORDER);
    }
}
