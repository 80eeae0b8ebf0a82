package dev.gatun.engine.kernel;

import static dev.gatun.engine.kernel.TilePlaces.STRIP_ROW;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import dev.gatun.engine.cpu.Lanes;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Outer-product tiles two vectors wide, for any vector: {@code C[columns,N] += A[R,columns]^T * B[R,N]}, for each element one
 * chain of fma over increasing row. A is part of a strip {@code [R][16]}, B and C are strips. What a tile is, and why it has six
 * columns of A, is told of {@link MicroKernel6x2}; 16 columns are six, five and five.
 *
 * <p>Every method takes byte offsets of the first row of A, B and C, the number R of rows, and how many strips of B.
 */
public final class OuterKernel6x2 {

    private static final VectorSpecies<Float> F = Lanes.FLOATS;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private OuterKernel6x2() {}

    /** 6 columns of A. */
    public static void outer6x2(TilePlaces places, long a0, long b0, long c0, int rows, int strips) {
        MemorySegment a = OffHeap.known(places.a());
        MemorySegment b = OffHeap.known(places.b());
        MemorySegment c = OffHeap.known(places.c());
        long bRow = MicroKernel6x2.bRow(places);
        for (int tile = 0; tile < MicroKernel6x2.tiles(strips); tile++) {
            long far = MicroKernel6x2.far(tile, strips);
            long cAt = c0 + MicroKernel6x2.strip(tile) * places.cStrip() + MicroKernel6x2.inner(tile);
            long cFar = cAt + MicroKernel6x2.second(far, places.cStrip());
            FloatVector c00 = fromMemorySegment(F, c, cAt, ORDER);
            FloatVector c01 = fromMemorySegment(F, c, cFar, ORDER);
            FloatVector c10 = fromMemorySegment(F, c, cAt + STRIP_ROW, ORDER);
            FloatVector c11 = fromMemorySegment(F, c, cFar + STRIP_ROW, ORDER);
            FloatVector c20 = fromMemorySegment(F, c, cAt + 2 * STRIP_ROW, ORDER);
            FloatVector c21 = fromMemorySegment(F, c, cFar + 2 * STRIP_ROW, ORDER);
            FloatVector c30 = fromMemorySegment(F, c, cAt + 3 * STRIP_ROW, ORDER);
            FloatVector c31 = fromMemorySegment(F, c, cFar + 3 * STRIP_ROW, ORDER);
            FloatVector c40 = fromMemorySegment(F, c, cAt + 4 * STRIP_ROW, ORDER);
            FloatVector c41 = fromMemorySegment(F, c, cFar + 4 * STRIP_ROW, ORDER);
            FloatVector c50 = fromMemorySegment(F, c, cAt + 5 * STRIP_ROW, ORDER);
            FloatVector c51 = fromMemorySegment(F, c, cFar + 5 * STRIP_ROW, ORDER);
            long bAt = b0 + MicroKernel6x2.strip(tile) * places.bStrip() + MicroKernel6x2.inner(tile);
            long bFar = bAt + MicroKernel6x2.second(far, places.bStrip());
            for (int i = 0; i < rows; i++) {
                long row = i * bRow;
                long aBytes = a0 + row;
                FloatVector y0 = fromMemorySegment(F, b, bAt + row, ORDER);
                FloatVector y1 = fromMemorySegment(F, b, bFar + row, ORDER);
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
            c00.intoMemorySegment(c, cAt, ORDER);
            c01.intoMemorySegment(c, cFar, ORDER);
            c10.intoMemorySegment(c, cAt + STRIP_ROW, ORDER);
            c11.intoMemorySegment(c, cFar + STRIP_ROW, ORDER);
            c20.intoMemorySegment(c, cAt + 2 * STRIP_ROW, ORDER);
            c21.intoMemorySegment(c, cFar + 2 * STRIP_ROW, ORDER);
            c30.intoMemorySegment(c, cAt + 3 * STRIP_ROW, ORDER);
            c31.intoMemorySegment(c, cFar + 3 * STRIP_ROW, ORDER);
            c40.intoMemorySegment(c, cAt + 4 * STRIP_ROW, ORDER);
            c41.intoMemorySegment(c, cFar + 4 * STRIP_ROW, ORDER);
            c50.intoMemorySegment(c, cAt + 5 * STRIP_ROW, ORDER);
            c51.intoMemorySegment(c, cFar + 5 * STRIP_ROW, ORDER);
        }
    }

    /** 5 columns of A. */
    public static void outer5x2(TilePlaces places, long a0, long b0, long c0, int rows, int strips) {
        MemorySegment a = OffHeap.known(places.a());
        MemorySegment b = OffHeap.known(places.b());
        MemorySegment c = OffHeap.known(places.c());
        long bRow = MicroKernel6x2.bRow(places);
        for (int tile = 0; tile < MicroKernel6x2.tiles(strips); tile++) {
            long far = MicroKernel6x2.far(tile, strips);
            long cAt = c0 + MicroKernel6x2.strip(tile) * places.cStrip() + MicroKernel6x2.inner(tile);
            long cFar = cAt + MicroKernel6x2.second(far, places.cStrip());
            FloatVector c00 = fromMemorySegment(F, c, cAt, ORDER);
            FloatVector c01 = fromMemorySegment(F, c, cFar, ORDER);
            FloatVector c10 = fromMemorySegment(F, c, cAt + STRIP_ROW, ORDER);
            FloatVector c11 = fromMemorySegment(F, c, cFar + STRIP_ROW, ORDER);
            FloatVector c20 = fromMemorySegment(F, c, cAt + 2 * STRIP_ROW, ORDER);
            FloatVector c21 = fromMemorySegment(F, c, cFar + 2 * STRIP_ROW, ORDER);
            FloatVector c30 = fromMemorySegment(F, c, cAt + 3 * STRIP_ROW, ORDER);
            FloatVector c31 = fromMemorySegment(F, c, cFar + 3 * STRIP_ROW, ORDER);
            FloatVector c40 = fromMemorySegment(F, c, cAt + 4 * STRIP_ROW, ORDER);
            FloatVector c41 = fromMemorySegment(F, c, cFar + 4 * STRIP_ROW, ORDER);
            long bAt = b0 + MicroKernel6x2.strip(tile) * places.bStrip() + MicroKernel6x2.inner(tile);
            long bFar = bAt + MicroKernel6x2.second(far, places.bStrip());
            for (int i = 0; i < rows; i++) {
                long row = i * bRow;
                long aBytes = a0 + row;
                FloatVector y0 = fromMemorySegment(F, b, bAt + row, ORDER);
                FloatVector y1 = fromMemorySegment(F, b, bFar + row, ORDER);
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
            }
            c00.intoMemorySegment(c, cAt, ORDER);
            c01.intoMemorySegment(c, cFar, ORDER);
            c10.intoMemorySegment(c, cAt + STRIP_ROW, ORDER);
            c11.intoMemorySegment(c, cFar + STRIP_ROW, ORDER);
            c20.intoMemorySegment(c, cAt + 2 * STRIP_ROW, ORDER);
            c21.intoMemorySegment(c, cFar + 2 * STRIP_ROW, ORDER);
            c30.intoMemorySegment(c, cAt + 3 * STRIP_ROW, ORDER);
            c31.intoMemorySegment(c, cFar + 3 * STRIP_ROW, ORDER);
            c40.intoMemorySegment(c, cAt + 4 * STRIP_ROW, ORDER);
            c41.intoMemorySegment(c, cFar + 4 * STRIP_ROW, ORDER);
        }
    }
}
