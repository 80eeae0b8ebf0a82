package dev.gatun.engine.kernel;

import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import dev.gatun.engine.cpu.Lanes;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * What gradient clipping and the door need of a run of floats: sum of squares, scaling, clipping, is every number finite.
 * Counts are multiples of 16, offsets in bytes. A sum has 16 virtual lanes, element i in lane i % 16, so that its bits do
 * not depend on the width of a vector; the lanes lie in the caller's memory and are added up by {@code ScalarReductions.total}.
 */
public final class Reductions {

    /** Virtual lanes of a sum, doubles. */
    public static final int LANES = 16;
    /** Bytes the caller provides for them. */
    public static final int LANES_BYTES = LANES * Double.BYTES;

    private static final VectorSpecies<Float> F = Lanes.FLOATS;
    private static final VectorSpecies<Double> D = VectorSpecies.of(double.class, F.vectorShape());
    /** As many floats as D has lanes. */
    private static final VectorSpecies<Float> HALF = VectorSpecies.of(float.class,
            VectorShape.forBitSize(F.vectorBitSize() / 2));
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final int ROW_BYTES = LANES * Float.BYTES;

    private Reductions() {}

    /**
     * {@code lanes[i % 16] += x[i]^2} over {@code x[count]}, in double, where the square of a float is exact and no sum of
     * squares overflows.
     */
    public static void addSquares(MemorySegment x, long xBytes, int count, MemorySegment lanes, long lanesBytes) {
        int rows = count / LANES;
        for (int lane = 0; lane < LANES; lane += 2 * D.length()) {
            addSquareColumns(x, xBytes + (long) lane * Float.BYTES, rows, lanes,
                    lanesBytes + (long) lane * Double.BYTES);
        }
    }

    /** Two vectors of lanes over all rows. */
    private static void addSquareColumns(MemorySegment xSegment, long xBytes, int rows, MemorySegment lanesSegment,
            long lanesBytes) {
        MemorySegment x = OffHeap.known(xSegment);
        MemorySegment lanes = OffHeap.known(lanesSegment);
        DoubleVector sum0 = DoubleVector.fromMemorySegment(D, lanes, lanesBytes, ORDER);
        DoubleVector sum1 = DoubleVector.fromMemorySegment(D, lanes, lanesBytes + D.vectorByteSize(), ORDER);
        for (int row = 0; row < rows; row++) {
            long at = xBytes + (long) row * ROW_BYTES;
            DoubleVector x0 = (DoubleVector) fromMemorySegment(HALF, x, at, ORDER)
                    .convertShape(VectorOperators.F2D, D, 0);
            DoubleVector x1 = (DoubleVector) fromMemorySegment(HALF, x, at + HALF.vectorByteSize(), ORDER)
                    .convertShape(VectorOperators.F2D, D, 0);
            sum0 = x0.fma(x0, sum0);
            sum1 = x1.fma(x1, sum1);
        }
        sum0.intoMemorySegment(lanes, lanesBytes, ORDER);
        sum1.intoMemorySegment(lanes, lanesBytes + D.vectorByteSize(), ORDER);
    }

    /** x = factor x over {@code x[count]}. */
    public static void scale(MemorySegment xSegment, long xBytes, int count, float factor) {
        MemorySegment x = OffHeap.known(xSegment);
        FloatVector factors = FloatVector.broadcast(F, factor);
        for (int i = 0; i < count; i += Lanes.LANES) {
            long at = xBytes + ((long) i << 2);
            fromMemorySegment(F, x, at, ORDER).mul(factors).intoMemorySegment(x, at, ORDER);
        }
    }

    /** x = min(max(x, -limit), limit) over {@code x[count]}; NaN stays NaN. */
    public static void clip(MemorySegment xSegment, long xBytes, int count, float limit) {
        MemorySegment x = OffHeap.known(xSegment);
        FloatVector low = FloatVector.broadcast(F, -limit);
        FloatVector high = FloatVector.broadcast(F, limit);
        for (int i = 0; i < count; i += Lanes.LANES) {
            long at = xBytes + ((long) i << 2);
            fromMemorySegment(F, x, at, ORDER).max(low).min(high).intoMemorySegment(x, at, ORDER);
        }
    }

    /** Whether {@code x[count]} holds neither NaN nor infinity: 0 x is 0 for finite x only. */
    public static boolean allFinite(MemorySegment xSegment, long xBytes, int count) {
        MemorySegment x = OffHeap.known(xSegment);
        FloatVector zeros = FloatVector.zero(F);
        FloatVector sum = zeros;
        for (int i = 0; i < count; i += Lanes.LANES) {
            sum = fromMemorySegment(F, x, xBytes + ((long) i << 2), ORDER).fma(zeros, sum);
        }
        return sum.reduceLanes(VectorOperators.ADD) == 0f;
    }
}
