package dev.gatun.engine.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import dev.gatun.engine.cpu.Lanes;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Product tiles for vectors of 16 floats where {@link MicroKernel6x2} do not fit: single rows of a panel, and strips. Operands as
 * there, with B's rows at their fixed distance.
 */
public final class MicroKernelEdges {

    /** Rows of the tiles of a strip. */
    public static final int STRIP_ROWS = 8;

    private static final VectorSpecies<Float> F = Lanes.FLOATS;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private MicroKernelEdges() {}

    /** 1 row of a 64-wide panel: batch 1 and the rows left over. */
    public static void tile1x64(
            MemorySegment aSegment, long a0, MemorySegment bSegment, long b0, MemorySegment cSegment, long c0,
            MemorySegment sSegment, long s0,
            int k) {
        MemorySegment a = OffHeap.known(aSegment);
        MemorySegment b = OffHeap.known(bSegment);
        MemorySegment c = OffHeap.known(cSegment);
        MemorySegment s = OffHeap.known(sSegment);
        FloatVector c00 = fromMemorySegment(F, s, s0, ORDER);
        FloatVector c01 = fromMemorySegment(F, s, s0 + 64, ORDER);
        FloatVector c02 = fromMemorySegment(F, s, s0 + 128, ORDER);
        FloatVector c03 = fromMemorySegment(F, s, s0 + 192, ORDER);
        for (int i = 0; i < k; i++) {
            long bBytes = b0 + ((long) i << 8);
            FloatVector x = broadcast(F, a.get(JAVA_FLOAT, a0 + ((long) i << 2)));
            c00 = x.fma(fromMemorySegment(F, b, bBytes, ORDER), c00);
            c01 = x.fma(fromMemorySegment(F, b, bBytes + 64, ORDER), c01);
            c02 = x.fma(fromMemorySegment(F, b, bBytes + 128, ORDER), c02);
            c03 = x.fma(fromMemorySegment(F, b, bBytes + 192, ORDER), c03);
        }
        c00.intoMemorySegment(c, c0, ORDER);
        c01.intoMemorySegment(c, c0 + 64, ORDER);
        c02.intoMemorySegment(c, c0 + 128, ORDER);
        c03.intoMemorySegment(c, c0 + 192, ORDER);
    }

    /** 8 rows of a 16-wide strip. */
    public static void tile8x16(
            MemorySegment aSegment, long a0, long aRow, MemorySegment bSegment, long b0, MemorySegment cSegment,
            long c0, long cRow,
            MemorySegment sSegment, long s0, long sRow, int k) {
        MemorySegment a = OffHeap.known(aSegment);
        MemorySegment b = OffHeap.known(bSegment);
        MemorySegment c = OffHeap.known(cSegment);
        MemorySegment s = OffHeap.known(sSegment);
        FloatVector r0 = fromMemorySegment(F, s, s0, ORDER);
        FloatVector r1 = fromMemorySegment(F, s, s0 + sRow, ORDER);
        FloatVector r2 = fromMemorySegment(F, s, s0 + 2 * sRow, ORDER);
        FloatVector r3 = fromMemorySegment(F, s, s0 + 3 * sRow, ORDER);
        FloatVector r4 = fromMemorySegment(F, s, s0 + 4 * sRow, ORDER);
        FloatVector r5 = fromMemorySegment(F, s, s0 + 5 * sRow, ORDER);
        FloatVector r6 = fromMemorySegment(F, s, s0 + 6 * sRow, ORDER);
        FloatVector r7 = fromMemorySegment(F, s, s0 + 7 * sRow, ORDER);
        long a1 = a0 + aRow;
        long a2 = a1 + aRow;
        long a3 = a2 + aRow;
        long a4 = a3 + aRow;
        long a5 = a4 + aRow;
        long a6 = a5 + aRow;
        long a7 = a6 + aRow;
        for (int i = 0; i < k; i++) {
            long aBytes = (long) i << 2;
            FloatVector y = fromMemorySegment(F, b, b0 + ((long) i << 6), ORDER);
            r0 = broadcast(F, a.get(JAVA_FLOAT, a0 + aBytes)).fma(y, r0);
            r1 = broadcast(F, a.get(JAVA_FLOAT, a1 + aBytes)).fma(y, r1);
            r2 = broadcast(F, a.get(JAVA_FLOAT, a2 + aBytes)).fma(y, r2);
            r3 = broadcast(F, a.get(JAVA_FLOAT, a3 + aBytes)).fma(y, r3);
            r4 = broadcast(F, a.get(JAVA_FLOAT, a4 + aBytes)).fma(y, r4);
            r5 = broadcast(F, a.get(JAVA_FLOAT, a5 + aBytes)).fma(y, r5);
            r6 = broadcast(F, a.get(JAVA_FLOAT, a6 + aBytes)).fma(y, r6);
            r7 = broadcast(F, a.get(JAVA_FLOAT, a7 + aBytes)).fma(y, r7);
        }
        r0.intoMemorySegment(c, c0, ORDER);
        r1.intoMemorySegment(c, c0 + cRow, ORDER);
        r2.intoMemorySegment(c, c0 + 2 * cRow, ORDER);
        r3.intoMemorySegment(c, c0 + 3 * cRow, ORDER);
        r4.intoMemorySegment(c, c0 + 4 * cRow, ORDER);
        r5.intoMemorySegment(c, c0 + 5 * cRow, ORDER);
        r6.intoMemorySegment(c, c0 + 6 * cRow, ORDER);
        r7.intoMemorySegment(c, c0 + 7 * cRow, ORDER);
    }

    /** 1 row of a 16-wide strip. */
    public static void tile1x16(
            MemorySegment aSegment, long a0, MemorySegment bSegment, long b0, MemorySegment cSegment, long c0,
            MemorySegment sSegment, long s0,
            int k) {
        MemorySegment a = OffHeap.known(aSegment);
        MemorySegment b = OffHeap.known(bSegment);
        MemorySegment c = OffHeap.known(cSegment);
        MemorySegment s = OffHeap.known(sSegment);
        FloatVector r0 = fromMemorySegment(F, s, s0, ORDER);
        for (int i = 0; i < k; i++) {
            FloatVector y = fromMemorySegment(F, b, b0 + ((long) i << 6), ORDER);
            r0 = broadcast(F, a.get(JAVA_FLOAT, a0 + ((long) i << 2))).fma(y, r0);
        }
        r0.intoMemorySegment(c, c0, ORDER);
    }

    /** {@code C[8,16] += A[R,8]^T * B[R,16]}, an outer product for each of R rows: A, B and C are parts of strips. */
    public static void outer8x16(
            MemorySegment aSegment, long a0, MemorySegment bSegment, long b0, MemorySegment cSegment, long c0,
            int rows) {
        MemorySegment a = OffHeap.known(aSegment);
        MemorySegment b = OffHeap.known(bSegment);
        MemorySegment c = OffHeap.known(cSegment);
        FloatVector r0 = fromMemorySegment(F, c, c0, ORDER);
        FloatVector r1 = fromMemorySegment(F, c, c0 + 64, ORDER);
        FloatVector r2 = fromMemorySegment(F, c, c0 + 128, ORDER);
        FloatVector r3 = fromMemorySegment(F, c, c0 + 192, ORDER);
        FloatVector r4 = fromMemorySegment(F, c, c0 + 256, ORDER);
        FloatVector r5 = fromMemorySegment(F, c, c0 + 320, ORDER);
        FloatVector r6 = fromMemorySegment(F, c, c0 + 384, ORDER);
        FloatVector r7 = fromMemorySegment(F, c, c0 + 448, ORDER);
        for (int i = 0; i < rows; i++) {
            long aBytes = a0 + ((long) i << 6);
            FloatVector y = fromMemorySegment(F, b, b0 + ((long) i << 6), ORDER);
            r0 = broadcast(F, a.get(JAVA_FLOAT, aBytes)).fma(y, r0);
            r1 = broadcast(F, a.get(JAVA_FLOAT, aBytes + 4)).fma(y, r1);
            r2 = broadcast(F, a.get(JAVA_FLOAT, aBytes + 8)).fma(y, r2);
            r3 = broadcast(F, a.get(JAVA_FLOAT, aBytes + 12)).fma(y, r3);
            r4 = broadcast(F, a.get(JAVA_FLOAT, aBytes + 16)).fma(y, r4);
            r5 = broadcast(F, a.get(JAVA_FLOAT, aBytes + 20)).fma(y, r5);
            r6 = broadcast(F, a.get(JAVA_FLOAT, aBytes + 24)).fma(y, r6);
            r7 = broadcast(F, a.get(JAVA_FLOAT, aBytes + 28)).fma(y, r7);
        }
        r0.intoMemorySegment(c, c0, ORDER);
        r1.intoMemorySegment(c, c0 + 64, ORDER);
        r2.intoMemorySegment(c, c0 + 128, ORDER);
        r3.intoMemorySegment(c, c0 + 192, ORDER);
        r4.intoMemorySegment(c, c0 + 256, ORDER);
        r5.intoMemorySegment(c, c0 + 320, ORDER);
        r6.intoMemorySegment(c, c0 + 384, ORDER);
        r7.intoMemorySegment(c, c0 + 448, ORDER);
    }
}
