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
 * Product tiles two vectors wide, for any vector. A tile adds {@code A[rows,K] * B[K,width]} to a start value and stores it in
 * C: for each element one chain of fma over increasing k. A is row-major with {@code aRow} bytes from row to row; B is a packed
 * block with {@code bRow} bytes from row to row: 256 in a panel, 64 in a strip; start and C have {@code sRow} and {@code cRow}
 * (start may be C itself; stride 0 repeats a bias).
 *
 * <p>Six rows: 12 accumulators, two vectors of B and one of A fill the 16 registers of AVX2. For vectors of 16 floats see
 * {@link MicroKernel4x64}.
 */
public final class MicroKernel6x2 {

    /** Columns of a tile. */
    public static final int WIDTH = 2 * Lanes.LANES;

    private static final VectorSpecies<Float> F = Lanes.FLOATS;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final int V = Lanes.LANES * Float.BYTES;

    private MicroKernel6x2() {}

    /** 6 rows, two vectors. */
    public static void tile6x2(
            MemorySegment aSegment, long a0, long aRow, MemorySegment bSegment, long b0, long bRow,
            MemorySegment cSegment, long c0,
            long cRow,
            MemorySegment sSegment, long s0, long sRow, int k) {
        MemorySegment a = OffHeap.known(aSegment);
        MemorySegment b = OffHeap.known(bSegment);
        MemorySegment c = OffHeap.known(cSegment);
        MemorySegment s = OffHeap.known(sSegment);
        FloatVector c00 = fromMemorySegment(F, s, s0, ORDER);
        FloatVector c01 = fromMemorySegment(F, s, s0 + V, ORDER);
        FloatVector c10 = fromMemorySegment(F, s, s0 + sRow, ORDER);
        FloatVector c11 = fromMemorySegment(F, s, s0 + sRow + V, ORDER);
        FloatVector c20 = fromMemorySegment(F, s, s0 + 2 * sRow, ORDER);
        FloatVector c21 = fromMemorySegment(F, s, s0 + 2 * sRow + V, ORDER);
        FloatVector c30 = fromMemorySegment(F, s, s0 + 3 * sRow, ORDER);
        FloatVector c31 = fromMemorySegment(F, s, s0 + 3 * sRow + V, ORDER);
        FloatVector c40 = fromMemorySegment(F, s, s0 + 4 * sRow, ORDER);
        FloatVector c41 = fromMemorySegment(F, s, s0 + 4 * sRow + V, ORDER);
        FloatVector c50 = fromMemorySegment(F, s, s0 + 5 * sRow, ORDER);
        FloatVector c51 = fromMemorySegment(F, s, s0 + 5 * sRow + V, ORDER);
        long a1 = a0 + aRow;
        long a2 = a1 + aRow;
        long a3 = a2 + aRow;
        long a4 = a3 + aRow;
        long a5 = a4 + aRow;
        for (int i = 0; i < k; i++) {
            long aBytes = (long) i << 2;
            long bBytes = b0 + i * bRow;
            FloatVector y0 = fromMemorySegment(F, b, bBytes, ORDER);
            FloatVector y1 = fromMemorySegment(F, b, bBytes + V, ORDER);
            FloatVector x = broadcast(F, a.get(JAVA_FLOAT, a0 + aBytes));
            c00 = x.fma(y0, c00);
            c01 = x.fma(y1, c01);
            x = broadcast(F, a.get(JAVA_FLOAT, a1 + aBytes));
            c10 = x.fma(y0, c10);
            c11 = x.fma(y1, c11);
            x = broadcast(F, a.get(JAVA_FLOAT, a2 + aBytes));
            c20 = x.fma(y0, c20);
            c21 = x.fma(y1, c21);
            x = broadcast(F, a.get(JAVA_FLOAT, a3 + aBytes));
            c30 = x.fma(y0, c30);
            c31 = x.fma(y1, c31);
            x = broadcast(F, a.get(JAVA_FLOAT, a4 + aBytes));
            c40 = x.fma(y0, c40);
            c41 = x.fma(y1, c41);
            x = broadcast(F, a.get(JAVA_FLOAT, a5 + aBytes));
            c50 = x.fma(y0, c50);
            c51 = x.fma(y1, c51);
        }
        c00.intoMemorySegment(c, c0, ORDER);
        c01.intoMemorySegment(c, c0 + V, ORDER);
        c10.intoMemorySegment(c, c0 + cRow, ORDER);
        c11.intoMemorySegment(c, c0 + cRow + V, ORDER);
        c20.intoMemorySegment(c, c0 + 2 * cRow, ORDER);
        c21.intoMemorySegment(c, c0 + 2 * cRow + V, ORDER);
        c30.intoMemorySegment(c, c0 + 3 * cRow, ORDER);
        c31.intoMemorySegment(c, c0 + 3 * cRow + V, ORDER);
        c40.intoMemorySegment(c, c0 + 4 * cRow, ORDER);
        c41.intoMemorySegment(c, c0 + 4 * cRow + V, ORDER);
        c50.intoMemorySegment(c, c0 + 5 * cRow, ORDER);
        c51.intoMemorySegment(c, c0 + 5 * cRow + V, ORDER);
    }

    /** 4 rows, two vectors. */
    public static void tile4x2(
            MemorySegment aSegment, long a0, long aRow, MemorySegment bSegment, long b0, long bRow,
            MemorySegment cSegment, long c0,
            long cRow,
            MemorySegment sSegment, long s0, long sRow, int k) {
        MemorySegment a = OffHeap.known(aSegment);
        MemorySegment b = OffHeap.known(bSegment);
        MemorySegment c = OffHeap.known(cSegment);
        MemorySegment s = OffHeap.known(sSegment);
        FloatVector c00 = fromMemorySegment(F, s, s0, ORDER);
        FloatVector c01 = fromMemorySegment(F, s, s0 + V, ORDER);
        FloatVector c10 = fromMemorySegment(F, s, s0 + sRow, ORDER);
        FloatVector c11 = fromMemorySegment(F, s, s0 + sRow + V, ORDER);
        FloatVector c20 = fromMemorySegment(F, s, s0 + 2 * sRow, ORDER);
        FloatVector c21 = fromMemorySegment(F, s, s0 + 2 * sRow + V, ORDER);
        FloatVector c30 = fromMemorySegment(F, s, s0 + 3 * sRow, ORDER);
        FloatVector c31 = fromMemorySegment(F, s, s0 + 3 * sRow + V, ORDER);
        long a1 = a0 + aRow;
        long a2 = a1 + aRow;
        long a3 = a2 + aRow;
        for (int i = 0; i < k; i++) {
            long aBytes = (long) i << 2;
            long bBytes = b0 + i * bRow;
            FloatVector y0 = fromMemorySegment(F, b, bBytes, ORDER);
            FloatVector y1 = fromMemorySegment(F, b, bBytes + V, ORDER);
            FloatVector x = broadcast(F, a.get(JAVA_FLOAT, a0 + aBytes));
            c00 = x.fma(y0, c00);
            c01 = x.fma(y1, c01);
            x = broadcast(F, a.get(JAVA_FLOAT, a1 + aBytes));
            c10 = x.fma(y0, c10);
            c11 = x.fma(y1, c11);
            x = broadcast(F, a.get(JAVA_FLOAT, a2 + aBytes));
            c20 = x.fma(y0, c20);
            c21 = x.fma(y1, c21);
            x = broadcast(F, a.get(JAVA_FLOAT, a3 + aBytes));
            c30 = x.fma(y0, c30);
            c31 = x.fma(y1, c31);
        }
        c00.intoMemorySegment(c, c0, ORDER);
        c01.intoMemorySegment(c, c0 + V, ORDER);
        c10.intoMemorySegment(c, c0 + cRow, ORDER);
        c11.intoMemorySegment(c, c0 + cRow + V, ORDER);
        c20.intoMemorySegment(c, c0 + 2 * cRow, ORDER);
        c21.intoMemorySegment(c, c0 + 2 * cRow + V, ORDER);
        c30.intoMemorySegment(c, c0 + 3 * cRow, ORDER);
        c31.intoMemorySegment(c, c0 + 3 * cRow + V, ORDER);
    }

    /** 1 row, two vectors. */
    public static void tile1x2(
            MemorySegment aSegment, long a0, MemorySegment bSegment, long b0, long bRow, MemorySegment cSegment,
            long c0,
            MemorySegment sSegment, long s0, int k) {
        MemorySegment a = OffHeap.known(aSegment);
        MemorySegment b = OffHeap.known(bSegment);
        MemorySegment c = OffHeap.known(cSegment);
        MemorySegment s = OffHeap.known(sSegment);
        FloatVector c0v = fromMemorySegment(F, s, s0, ORDER);
        FloatVector c1v = fromMemorySegment(F, s, s0 + V, ORDER);
        for (int i = 0; i < k; i++) {
            long bBytes = b0 + i * bRow;
            FloatVector x = broadcast(F, a.get(JAVA_FLOAT, a0 + ((long) i << 2)));
            c0v = x.fma(fromMemorySegment(F, b, bBytes, ORDER), c0v);
            c1v = x.fma(fromMemorySegment(F, b, bBytes + V, ORDER), c1v);
        }
        c0v.intoMemorySegment(c, c0, ORDER);
        c1v.intoMemorySegment(c, c0 + V, ORDER);
    }

    /** {@code C[6,2V] += A[R,6]^T * B[R,2V]}, an outer product for each of R rows: A is part of a strip. */
    public static void outer6x2(
            MemorySegment aSegment, long a0, MemorySegment bSegment, long b0, long bRow, MemorySegment cSegment,
            long c0, long cRow, int rows) {
        MemorySegment a = OffHeap.known(aSegment);
        MemorySegment b = OffHeap.known(bSegment);
        MemorySegment c = OffHeap.known(cSegment);
        FloatVector c00 = fromMemorySegment(F, c, c0, ORDER);
        FloatVector c01 = fromMemorySegment(F, c, c0 + V, ORDER);
        FloatVector c10 = fromMemorySegment(F, c, c0 + cRow, ORDER);
        FloatVector c11 = fromMemorySegment(F, c, c0 + cRow + V, ORDER);
        FloatVector c20 = fromMemorySegment(F, c, c0 + 2 * cRow, ORDER);
        FloatVector c21 = fromMemorySegment(F, c, c0 + 2 * cRow + V, ORDER);
        FloatVector c30 = fromMemorySegment(F, c, c0 + 3 * cRow, ORDER);
        FloatVector c31 = fromMemorySegment(F, c, c0 + 3 * cRow + V, ORDER);
        FloatVector c40 = fromMemorySegment(F, c, c0 + 4 * cRow, ORDER);
        FloatVector c41 = fromMemorySegment(F, c, c0 + 4 * cRow + V, ORDER);
        FloatVector c50 = fromMemorySegment(F, c, c0 + 5 * cRow, ORDER);
        FloatVector c51 = fromMemorySegment(F, c, c0 + 5 * cRow + V, ORDER);
        for (int i = 0; i < rows; i++) {
            long aBytes = a0 + ((long) i << 6);
            long bBytes = b0 + i * bRow;
            FloatVector y0 = fromMemorySegment(F, b, bBytes, ORDER);
            FloatVector y1 = fromMemorySegment(F, b, bBytes + V, ORDER);
            FloatVector x = broadcast(F, a.get(JAVA_FLOAT, aBytes));
            c00 = x.fma(y0, c00);
            c01 = x.fma(y1, c01);
            x = broadcast(F, a.get(JAVA_FLOAT, aBytes + 4));
            c10 = x.fma(y0, c10);
            c11 = x.fma(y1, c11);
            x = broadcast(F, a.get(JAVA_FLOAT, aBytes + 8));
            c20 = x.fma(y0, c20);
            c21 = x.fma(y1, c21);
            x = broadcast(F, a.get(JAVA_FLOAT, aBytes + 12));
            c30 = x.fma(y0, c30);
            c31 = x.fma(y1, c31);
            x = broadcast(F, a.get(JAVA_FLOAT, aBytes + 16));
            c40 = x.fma(y0, c40);
            c41 = x.fma(y1, c41);
            x = broadcast(F, a.get(JAVA_FLOAT, aBytes + 20));
            c50 = x.fma(y0, c50);
            c51 = x.fma(y1, c51);
        }
        c00.intoMemorySegment(c, c0, ORDER);
        c01.intoMemorySegment(c, c0 + V, ORDER);
        c10.intoMemorySegment(c, c0 + cRow, ORDER);
        c11.intoMemorySegment(c, c0 + cRow + V, ORDER);
        c20.intoMemorySegment(c, c0 + 2 * cRow, ORDER);
        c21.intoMemorySegment(c, c0 + 2 * cRow + V, ORDER);
        c30.intoMemorySegment(c, c0 + 3 * cRow, ORDER);
        c31.intoMemorySegment(c, c0 + 3 * cRow + V, ORDER);
        c40.intoMemorySegment(c, c0 + 4 * cRow, ORDER);
        c41.intoMemorySegment(c, c0 + 4 * cRow + V, ORDER);
        c50.intoMemorySegment(c, c0 + 5 * cRow, ORDER);
        c51.intoMemorySegment(c, c0 + 5 * cRow + V, ORDER);
    }

    /** {@code C[4,2V] += A[R,4]^T * B[R,2V]}, an outer product for each of R rows: A is part of a strip. */
    public static void outer4x2(
            MemorySegment aSegment, long a0, MemorySegment bSegment, long b0, long bRow, MemorySegment cSegment,
            long c0, long cRow, int rows) {
        MemorySegment a = OffHeap.known(aSegment);
        MemorySegment b = OffHeap.known(bSegment);
        MemorySegment c = OffHeap.known(cSegment);
        FloatVector c00 = fromMemorySegment(F, c, c0, ORDER);
        FloatVector c01 = fromMemorySegment(F, c, c0 + V, ORDER);
        FloatVector c10 = fromMemorySegment(F, c, c0 + cRow, ORDER);
        FloatVector c11 = fromMemorySegment(F, c, c0 + cRow + V, ORDER);
        FloatVector c20 = fromMemorySegment(F, c, c0 + 2 * cRow, ORDER);
        FloatVector c21 = fromMemorySegment(F, c, c0 + 2 * cRow + V, ORDER);
        FloatVector c30 = fromMemorySegment(F, c, c0 + 3 * cRow, ORDER);
        FloatVector c31 = fromMemorySegment(F, c, c0 + 3 * cRow + V, ORDER);
        for (int i = 0; i < rows; i++) {
            long aBytes = a0 + ((long) i << 6);
            long bBytes = b0 + i * bRow;
            FloatVector y0 = fromMemorySegment(F, b, bBytes, ORDER);
            FloatVector y1 = fromMemorySegment(F, b, bBytes + V, ORDER);
            FloatVector x = broadcast(F, a.get(JAVA_FLOAT, aBytes));
            c00 = x.fma(y0, c00);
            c01 = x.fma(y1, c01);
            x = broadcast(F, a.get(JAVA_FLOAT, aBytes + 4));
            c10 = x.fma(y0, c10);
            c11 = x.fma(y1, c11);
            x = broadcast(F, a.get(JAVA_FLOAT, aBytes + 8));
            c20 = x.fma(y0, c20);
            c21 = x.fma(y1, c21);
            x = broadcast(F, a.get(JAVA_FLOAT, aBytes + 12));
            c30 = x.fma(y0, c30);
            c31 = x.fma(y1, c31);
        }
        c00.intoMemorySegment(c, c0, ORDER);
        c01.intoMemorySegment(c, c0 + V, ORDER);
        c10.intoMemorySegment(c, c0 + cRow, ORDER);
        c11.intoMemorySegment(c, c0 + cRow + V, ORDER);
        c20.intoMemorySegment(c, c0 + 2 * cRow, ORDER);
        c21.intoMemorySegment(c, c0 + 2 * cRow + V, ORDER);
        c30.intoMemorySegment(c, c0 + 3 * cRow, ORDER);
        c31.intoMemorySegment(c, c0 + 3 * cRow + V, ORDER);
    }
}
