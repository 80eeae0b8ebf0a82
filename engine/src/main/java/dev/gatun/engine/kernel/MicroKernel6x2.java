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
 * Product tiles two vectors wide, for any vector: {@code C[rows,N] = start + A[rows,K] * B[K,N]}, for each element one chain of
 * fma over increasing k. A is row-major, B in strips of 16 columns; a tile is half a strip with vectors of 4 floats, a strip
 * with 8, and two strips with 16. One call runs over all strips, so that the head of a call is paid once for a handful of rows.
 *
 * <p>Six rows: 12 accumulators, two vectors of B and one of A fill the 16 registers of AVX2, and both FMA units of a core have
 * six chains each. Five and four rows serve numbers that six does not divide.
 *
 * <p>A chain may begin in another product, whose A and B lie in the same two segments: {@code start + X * W + A * B}, as in a
 * step of a recurrent layer. Its depth is 0 where there is none. Then C is neither stored nor read between the two.
 *
 * <p>Every method takes the places of X and W, byte offsets of X's first row and W's first strip, and their depth; then the
 * places of A, B, C and the start values, byte offsets of the first row and strip of each, K, and how many strips.
 */
public final class MicroKernel6x2 {

    /** Rows of the tallest tile. */
    public static final int MOST_ROWS = 6;
    /** Rows of the lowest tile. */
    public static final int LEAST_ROWS = 4;

    private static final VectorSpecies<Float> F = Lanes.FLOATS;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final boolean IS_STRIP = StripVector.BYTES == TilePlaces.STRIP_ROW;

    private MicroKernel6x2() {}

    static int tiles(int strips) {
        return (int) Math.ceilDiv(strips * TilePlaces.STRIP_ROW, 2 * StripVector.BYTES);
    }

    /** The strip of a tile's first vector. */
    static long strip(int tile) {
        return StripVector.strip(2 * tile);
    }

    /** Where in a row of the strip the tile begins. */
    static long inner(int tile) {
        return StripVector.inner(2 * tile);
    }

    /**
     * Strips from the first vector to the second: if there is no other, the tile computes the same one twice. Without a branch,
     * of which C2 would compile but the side it has seen.
     */
    static long far(int tile, int strips) {
        return IS_STRIP ? Math.min(1, strips - 1 - strip(tile)) : 0;
    }

    static long second(long far, long stripBytes) {
        return IS_STRIP ? far * stripBytes : StripVector.BYTES;
    }

    /** With vectors of 16 floats C2 shall know the distance, with narrower ones it must not: see {@link TilePlaces}. */
    static long bRow(TilePlaces places) {
        return IS_STRIP ? TilePlaces.STRIP_ROW : places.bRow();
    }

    /** 6 rows. */
    public static void tile6x2(
            TilePlaces before, long x0, long w0, int depth, TilePlaces places, long a0, long b0, long c0, long s0,
            int k, int strips) {
        MemorySegment a = OffHeap.known(places.a());
        MemorySegment b = OffHeap.known(places.b());
        MemorySegment c = OffHeap.known(places.c());
        MemorySegment s = OffHeap.known(places.s());
        long bRow = bRow(places);
        long cRow = places.cRow();
        long sRow = places.sRow();
        for (int tile = 0; tile < tiles(strips); tile++) {
            long far = far(tile, strips);
            long sAt = s0 + strip(tile) * places.sStrip() + inner(tile);
            long sFar = sAt + second(far, places.sStrip());
            FloatVector c00 = fromMemorySegment(F, s, sAt, ORDER);
            FloatVector c01 = fromMemorySegment(F, s, sFar, ORDER);
            FloatVector c10 = fromMemorySegment(F, s, sAt + sRow, ORDER);
            FloatVector c11 = fromMemorySegment(F, s, sFar + sRow, ORDER);
            FloatVector c20 = fromMemorySegment(F, s, sAt + 2 * sRow, ORDER);
            FloatVector c21 = fromMemorySegment(F, s, sFar + 2 * sRow, ORDER);
            FloatVector c30 = fromMemorySegment(F, s, sAt + 3 * sRow, ORDER);
            FloatVector c31 = fromMemorySegment(F, s, sFar + 3 * sRow, ORDER);
            FloatVector c40 = fromMemorySegment(F, s, sAt + 4 * sRow, ORDER);
            FloatVector c41 = fromMemorySegment(F, s, sFar + 4 * sRow, ORDER);
            FloatVector c50 = fromMemorySegment(F, s, sAt + 5 * sRow, ORDER);
            FloatVector c51 = fromMemorySegment(F, s, sFar + 5 * sRow, ORDER);
            for (int part = 0; part < 2; part++) {
                TilePlaces now = part == 0 ? before : places;
                int steps = part == 0 ? depth : k;
                long bAt = (part == 0 ? w0 : b0) + strip(tile) * now.bStrip() + inner(tile);
                long bFar = bAt + second(far, now.bStrip());
                long a00 = part == 0 ? x0 : a0;
                long a01 = a00 + now.aRow();
                long a02 = a01 + now.aRow();
                long a03 = a02 + now.aRow();
                long a04 = a03 + now.aRow();
                long a05 = a04 + now.aRow();
                for (int i = 0; i < steps; i++) {
                    long aBytes = (long) i << 2;
                    long row = i * bRow;
                    FloatVector y0 = fromMemorySegment(F, b, bAt + row, ORDER);
                    FloatVector y1 = fromMemorySegment(F, b, bFar + row, ORDER);
                    FloatVector x = broadcast(F, a.get(JAVA_FLOAT, a00 + aBytes));
                    c00 = x.fma(y0, c00);
                    c01 = x.fma(y1, c01);
                    x = broadcast(F, a.get(JAVA_FLOAT, a01 + aBytes));
                    c10 = x.fma(y0, c10);
                    c11 = x.fma(y1, c11);
                    x = broadcast(F, a.get(JAVA_FLOAT, a02 + aBytes));
                    c20 = x.fma(y0, c20);
                    c21 = x.fma(y1, c21);
                    x = broadcast(F, a.get(JAVA_FLOAT, a03 + aBytes));
                    c30 = x.fma(y0, c30);
                    c31 = x.fma(y1, c31);
                    x = broadcast(F, a.get(JAVA_FLOAT, a04 + aBytes));
                    c40 = x.fma(y0, c40);
                    c41 = x.fma(y1, c41);
                    x = broadcast(F, a.get(JAVA_FLOAT, a05 + aBytes));
                    c50 = x.fma(y0, c50);
                    c51 = x.fma(y1, c51);
                }
            }
            long cAt = c0 + strip(tile) * places.cStrip() + inner(tile);
            long cFar = cAt + second(far, places.cStrip());
            c00.intoMemorySegment(c, cAt, ORDER);
            c01.intoMemorySegment(c, cFar, ORDER);
            c10.intoMemorySegment(c, cAt + cRow, ORDER);
            c11.intoMemorySegment(c, cFar + cRow, ORDER);
            c20.intoMemorySegment(c, cAt + 2 * cRow, ORDER);
            c21.intoMemorySegment(c, cFar + 2 * cRow, ORDER);
            c30.intoMemorySegment(c, cAt + 3 * cRow, ORDER);
            c31.intoMemorySegment(c, cFar + 3 * cRow, ORDER);
            c40.intoMemorySegment(c, cAt + 4 * cRow, ORDER);
            c41.intoMemorySegment(c, cFar + 4 * cRow, ORDER);
            c50.intoMemorySegment(c, cAt + 5 * cRow, ORDER);
            c51.intoMemorySegment(c, cFar + 5 * cRow, ORDER);
        }
    }

    /** 5 rows. */
    public static void tile5x2(
            TilePlaces before, long x0, long w0, int depth, TilePlaces places, long a0, long b0, long c0, long s0,
            int k, int strips) {
        MemorySegment a = OffHeap.known(places.a());
        MemorySegment b = OffHeap.known(places.b());
        MemorySegment c = OffHeap.known(places.c());
        MemorySegment s = OffHeap.known(places.s());
        long bRow = bRow(places);
        long cRow = places.cRow();
        long sRow = places.sRow();
        for (int tile = 0; tile < tiles(strips); tile++) {
            long far = far(tile, strips);
            long sAt = s0 + strip(tile) * places.sStrip() + inner(tile);
            long sFar = sAt + second(far, places.sStrip());
            FloatVector c00 = fromMemorySegment(F, s, sAt, ORDER);
            FloatVector c01 = fromMemorySegment(F, s, sFar, ORDER);
            FloatVector c10 = fromMemorySegment(F, s, sAt + sRow, ORDER);
            FloatVector c11 = fromMemorySegment(F, s, sFar + sRow, ORDER);
            FloatVector c20 = fromMemorySegment(F, s, sAt + 2 * sRow, ORDER);
            FloatVector c21 = fromMemorySegment(F, s, sFar + 2 * sRow, ORDER);
            FloatVector c30 = fromMemorySegment(F, s, sAt + 3 * sRow, ORDER);
            FloatVector c31 = fromMemorySegment(F, s, sFar + 3 * sRow, ORDER);
            FloatVector c40 = fromMemorySegment(F, s, sAt + 4 * sRow, ORDER);
            FloatVector c41 = fromMemorySegment(F, s, sFar + 4 * sRow, ORDER);
            for (int part = 0; part < 2; part++) {
                TilePlaces now = part == 0 ? before : places;
                int steps = part == 0 ? depth : k;
                long bAt = (part == 0 ? w0 : b0) + strip(tile) * now.bStrip() + inner(tile);
                long bFar = bAt + second(far, now.bStrip());
                long a00 = part == 0 ? x0 : a0;
                long a01 = a00 + now.aRow();
                long a02 = a01 + now.aRow();
                long a03 = a02 + now.aRow();
                long a04 = a03 + now.aRow();
                for (int i = 0; i < steps; i++) {
                    long aBytes = (long) i << 2;
                    long row = i * bRow;
                    FloatVector y0 = fromMemorySegment(F, b, bAt + row, ORDER);
                    FloatVector y1 = fromMemorySegment(F, b, bFar + row, ORDER);
                    FloatVector x = broadcast(F, a.get(JAVA_FLOAT, a00 + aBytes));
                    c00 = x.fma(y0, c00);
                    c01 = x.fma(y1, c01);
                    x = broadcast(F, a.get(JAVA_FLOAT, a01 + aBytes));
                    c10 = x.fma(y0, c10);
                    c11 = x.fma(y1, c11);
                    x = broadcast(F, a.get(JAVA_FLOAT, a02 + aBytes));
                    c20 = x.fma(y0, c20);
                    c21 = x.fma(y1, c21);
                    x = broadcast(F, a.get(JAVA_FLOAT, a03 + aBytes));
                    c30 = x.fma(y0, c30);
                    c31 = x.fma(y1, c31);
                    x = broadcast(F, a.get(JAVA_FLOAT, a04 + aBytes));
                    c40 = x.fma(y0, c40);
                    c41 = x.fma(y1, c41);
                }
            }
            long cAt = c0 + strip(tile) * places.cStrip() + inner(tile);
            long cFar = cAt + second(far, places.cStrip());
            c00.intoMemorySegment(c, cAt, ORDER);
            c01.intoMemorySegment(c, cFar, ORDER);
            c10.intoMemorySegment(c, cAt + cRow, ORDER);
            c11.intoMemorySegment(c, cFar + cRow, ORDER);
            c20.intoMemorySegment(c, cAt + 2 * cRow, ORDER);
            c21.intoMemorySegment(c, cFar + 2 * cRow, ORDER);
            c30.intoMemorySegment(c, cAt + 3 * cRow, ORDER);
            c31.intoMemorySegment(c, cFar + 3 * cRow, ORDER);
            c40.intoMemorySegment(c, cAt + 4 * cRow, ORDER);
            c41.intoMemorySegment(c, cFar + 4 * cRow, ORDER);
        }
    }

    /** 4 rows. */
    public static void tile4x2(
            TilePlaces before, long x0, long w0, int depth, TilePlaces places, long a0, long b0, long c0, long s0,
            int k, int strips) {
        MemorySegment a = OffHeap.known(places.a());
        MemorySegment b = OffHeap.known(places.b());
        MemorySegment c = OffHeap.known(places.c());
        MemorySegment s = OffHeap.known(places.s());
        long bRow = bRow(places);
        long cRow = places.cRow();
        long sRow = places.sRow();
        for (int tile = 0; tile < tiles(strips); tile++) {
            long far = far(tile, strips);
            long sAt = s0 + strip(tile) * places.sStrip() + inner(tile);
            long sFar = sAt + second(far, places.sStrip());
            FloatVector c00 = fromMemorySegment(F, s, sAt, ORDER);
            FloatVector c01 = fromMemorySegment(F, s, sFar, ORDER);
            FloatVector c10 = fromMemorySegment(F, s, sAt + sRow, ORDER);
            FloatVector c11 = fromMemorySegment(F, s, sFar + sRow, ORDER);
            FloatVector c20 = fromMemorySegment(F, s, sAt + 2 * sRow, ORDER);
            FloatVector c21 = fromMemorySegment(F, s, sFar + 2 * sRow, ORDER);
            FloatVector c30 = fromMemorySegment(F, s, sAt + 3 * sRow, ORDER);
            FloatVector c31 = fromMemorySegment(F, s, sFar + 3 * sRow, ORDER);
            for (int part = 0; part < 2; part++) {
                TilePlaces now = part == 0 ? before : places;
                int steps = part == 0 ? depth : k;
                long bAt = (part == 0 ? w0 : b0) + strip(tile) * now.bStrip() + inner(tile);
                long bFar = bAt + second(far, now.bStrip());
                long a00 = part == 0 ? x0 : a0;
                long a01 = a00 + now.aRow();
                long a02 = a01 + now.aRow();
                long a03 = a02 + now.aRow();
                for (int i = 0; i < steps; i++) {
                    long aBytes = (long) i << 2;
                    long row = i * bRow;
                    FloatVector y0 = fromMemorySegment(F, b, bAt + row, ORDER);
                    FloatVector y1 = fromMemorySegment(F, b, bFar + row, ORDER);
                    FloatVector x = broadcast(F, a.get(JAVA_FLOAT, a00 + aBytes));
                    c00 = x.fma(y0, c00);
                    c01 = x.fma(y1, c01);
                    x = broadcast(F, a.get(JAVA_FLOAT, a01 + aBytes));
                    c10 = x.fma(y0, c10);
                    c11 = x.fma(y1, c11);
                    x = broadcast(F, a.get(JAVA_FLOAT, a02 + aBytes));
                    c20 = x.fma(y0, c20);
                    c21 = x.fma(y1, c21);
                    x = broadcast(F, a.get(JAVA_FLOAT, a03 + aBytes));
                    c30 = x.fma(y0, c30);
                    c31 = x.fma(y1, c31);
                }
            }
            long cAt = c0 + strip(tile) * places.cStrip() + inner(tile);
            long cFar = cAt + second(far, places.cStrip());
            c00.intoMemorySegment(c, cAt, ORDER);
            c01.intoMemorySegment(c, cFar, ORDER);
            c10.intoMemorySegment(c, cAt + cRow, ORDER);
            c11.intoMemorySegment(c, cFar + cRow, ORDER);
            c20.intoMemorySegment(c, cAt + 2 * cRow, ORDER);
            c21.intoMemorySegment(c, cFar + 2 * cRow, ORDER);
            c30.intoMemorySegment(c, cAt + 3 * cRow, ORDER);
            c31.intoMemorySegment(c, cFar + 3 * cRow, ORDER);
        }
    }
}
