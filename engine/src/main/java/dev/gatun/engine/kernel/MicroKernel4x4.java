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
 * Tiles of 4 rows over four strips, for vectors of 16 floats: 16 accumulators, so that both FMA units of a core always have
 * eight chains to work on, and 8 loads for 16 fma. With 32 or 64 rows they are a tenth faster than those of
 * {@link MicroKernel6x2} at the same width.
 *
 * <p>A tile has 56 vector operations. C1 gives up on as many ("out of virtual registers in linear scan") once a process has
 * loaded more than a benchmark does, because everything in the Vector API is inlined by force; C2 then never gets the
 * profile it waits for, and the product runs at 1 % of its speed for ever. So {@link #load} is a method of ours that C1 calls
 * instead of inlining, which leaves 36 operations to it. Stores and broadcasts must stay where they are: after 18,000 nodes
 * C2 inlines nothing but what it is forced to (NodeCountInliningCutoff), and a broadcast in a method of ours is boxed.
 */
public final class MicroKernel4x4 {

    /** Rows of a tile, or columns of A in an outer product. */
    public static final int ROWS = 4;
    /** Strips of a tile. */
    public static final int STRIPS = 4;

    private static final VectorSpecies<Float> F = Lanes.FLOATS;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    /** Binary logarithm of the bytes of a row of a strip. */
    private static final int ROW_SHIFT = 6;

    private MicroKernel4x4() {}

    /**
     * Row {@code row} of a strip or of rows so far apart. Must have 36 bytes of byte code or more: C1 inlines up to 35
     * (C1MaxInlineSize), C2 up to 325 where it is hot. Locals make it that long.
     */
    private static FloatVector load(MemorySegment segment, long bytes, long row, long rowBytes, long strip,
            long stripBytes) {
        long rowAt = row * rowBytes;
        long stripAt = strip * stripBytes;
        long at = bytes + rowAt + stripAt;
        return fromMemorySegment(F, segment, at, ORDER);
    }

    /** {@code C[4,N] = start + X * W + A[4,K] * B[K,N]}: as the tiles of {@link MicroKernel6x2}, four strips. */
    public static void tile4x4(
            TilePlaces before, long x0, long w0, int depth, TilePlaces places, long a0, long b0, long c0, long s0,
            int k) {
        MemorySegment a = OffHeap.known(places.a());
        MemorySegment b = OffHeap.known(places.b());
        MemorySegment c = OffHeap.known(places.c());
        MemorySegment s = OffHeap.known(places.s());
        long sRow = places.sRow();
        long sStrip = places.sStrip();
        long cRow = places.cRow();
        long cStrip = places.cStrip();
        FloatVector c00 = load(s, s0, 0, sRow, 0, sStrip);
        FloatVector c01 = load(s, s0, 0, sRow, 1, sStrip);
        FloatVector c02 = load(s, s0, 0, sRow, 2, sStrip);
        FloatVector c03 = load(s, s0, 0, sRow, 3, sStrip);
        FloatVector c10 = load(s, s0, 1, sRow, 0, sStrip);
        FloatVector c11 = load(s, s0, 1, sRow, 1, sStrip);
        FloatVector c12 = load(s, s0, 1, sRow, 2, sStrip);
        FloatVector c13 = load(s, s0, 1, sRow, 3, sStrip);
        FloatVector c20 = load(s, s0, 2, sRow, 0, sStrip);
        FloatVector c21 = load(s, s0, 2, sRow, 1, sStrip);
        FloatVector c22 = load(s, s0, 2, sRow, 2, sStrip);
        FloatVector c23 = load(s, s0, 2, sRow, 3, sStrip);
        FloatVector c30 = load(s, s0, 3, sRow, 0, sStrip);
        FloatVector c31 = load(s, s0, 3, sRow, 1, sStrip);
        FloatVector c32 = load(s, s0, 3, sRow, 2, sStrip);
        FloatVector c33 = load(s, s0, 3, sRow, 3, sStrip);
        for (int part = 0; part < 2; part++) {
            TilePlaces now = part == 0 ? before : places;
            int steps = part == 0 ? depth : k;
            long b00 = part == 0 ? w0 : b0;
            long b01 = b00 + now.bStrip();
            long b02 = b01 + now.bStrip();
            long b03 = b02 + now.bStrip();
            long a00 = part == 0 ? x0 : a0;
            long a01 = a00 + now.aRow();
            long a02 = a01 + now.aRow();
            long a03 = a02 + now.aRow();
            for (int i = 0; i < steps; i++) {
                long aBytes = (long) i << 2;
                FloatVector y0 = load(b, b00, i, STRIP_ROW, 0, 0);
                FloatVector y1 = load(b, b01, i, STRIP_ROW, 0, 0);
                FloatVector y2 = load(b, b02, i, STRIP_ROW, 0, 0);
                FloatVector y3 = load(b, b03, i, STRIP_ROW, 0, 0);
                FloatVector x = broadcast(F, a.get(JAVA_FLOAT, a00 + aBytes));
                c00 = x.fma(y0, c00);
                c01 = x.fma(y1, c01);
                c02 = x.fma(y2, c02);
                c03 = x.fma(y3, c03);
                x = broadcast(F, a.get(JAVA_FLOAT, a01 + aBytes));
                c10 = x.fma(y0, c10);
                c11 = x.fma(y1, c11);
                c12 = x.fma(y2, c12);
                c13 = x.fma(y3, c13);
                x = broadcast(F, a.get(JAVA_FLOAT, a02 + aBytes));
                c20 = x.fma(y0, c20);
                c21 = x.fma(y1, c21);
                c22 = x.fma(y2, c22);
                c23 = x.fma(y3, c23);
                x = broadcast(F, a.get(JAVA_FLOAT, a03 + aBytes));
                c30 = x.fma(y0, c30);
                c31 = x.fma(y1, c31);
                c32 = x.fma(y2, c32);
                c33 = x.fma(y3, c33);
            }
        }
        c00.intoMemorySegment(c, c0, ORDER);
        c01.intoMemorySegment(c, c0 + cStrip, ORDER);
        c02.intoMemorySegment(c, c0 + 2 * cStrip, ORDER);
        c03.intoMemorySegment(c, c0 + 3 * cStrip, ORDER);
        c10.intoMemorySegment(c, c0 + cRow, ORDER);
        c11.intoMemorySegment(c, c0 + cRow + cStrip, ORDER);
        c12.intoMemorySegment(c, c0 + cRow + 2 * cStrip, ORDER);
        c13.intoMemorySegment(c, c0 + cRow + 3 * cStrip, ORDER);
        c20.intoMemorySegment(c, c0 + 2 * cRow, ORDER);
        c21.intoMemorySegment(c, c0 + 2 * cRow + cStrip, ORDER);
        c22.intoMemorySegment(c, c0 + 2 * cRow + 2 * cStrip, ORDER);
        c23.intoMemorySegment(c, c0 + 2 * cRow + 3 * cStrip, ORDER);
        c30.intoMemorySegment(c, c0 + 3 * cRow, ORDER);
        c31.intoMemorySegment(c, c0 + 3 * cRow + cStrip, ORDER);
        c32.intoMemorySegment(c, c0 + 3 * cRow + 2 * cStrip, ORDER);
        c33.intoMemorySegment(c, c0 + 3 * cRow + 3 * cStrip, ORDER);
    }

    /** {@code C[4,N] += A[R,4]^T * B[R,N]}: as the tiles of {@link OuterKernel6x2}, four strips. */
    public static void outer4x4(TilePlaces places, long a0, long b0, long c0, int rows) {
        MemorySegment a = OffHeap.known(places.a());
        MemorySegment b = OffHeap.known(places.b());
        MemorySegment c = OffHeap.known(places.c());
        long cStrip = places.cStrip();
        FloatVector c00 = load(c, c0, 0, STRIP_ROW, 0, cStrip);
        FloatVector c01 = load(c, c0, 0, STRIP_ROW, 1, cStrip);
        FloatVector c02 = load(c, c0, 0, STRIP_ROW, 2, cStrip);
        FloatVector c03 = load(c, c0, 0, STRIP_ROW, 3, cStrip);
        FloatVector c10 = load(c, c0, 1, STRIP_ROW, 0, cStrip);
        FloatVector c11 = load(c, c0, 1, STRIP_ROW, 1, cStrip);
        FloatVector c12 = load(c, c0, 1, STRIP_ROW, 2, cStrip);
        FloatVector c13 = load(c, c0, 1, STRIP_ROW, 3, cStrip);
        FloatVector c20 = load(c, c0, 2, STRIP_ROW, 0, cStrip);
        FloatVector c21 = load(c, c0, 2, STRIP_ROW, 1, cStrip);
        FloatVector c22 = load(c, c0, 2, STRIP_ROW, 2, cStrip);
        FloatVector c23 = load(c, c0, 2, STRIP_ROW, 3, cStrip);
        FloatVector c30 = load(c, c0, 3, STRIP_ROW, 0, cStrip);
        FloatVector c31 = load(c, c0, 3, STRIP_ROW, 1, cStrip);
        FloatVector c32 = load(c, c0, 3, STRIP_ROW, 2, cStrip);
        FloatVector c33 = load(c, c0, 3, STRIP_ROW, 3, cStrip);
        long b01 = b0 + places.bStrip();
        long b02 = b01 + places.bStrip();
        long b03 = b02 + places.bStrip();
        for (int i = 0; i < rows; i++) {
            long aBytes = a0 + ((long) i << ROW_SHIFT);
            FloatVector y0 = load(b, b0, i, STRIP_ROW, 0, 0);
            FloatVector y1 = load(b, b01, i, STRIP_ROW, 0, 0);
            FloatVector y2 = load(b, b02, i, STRIP_ROW, 0, 0);
            FloatVector y3 = load(b, b03, i, STRIP_ROW, 0, 0);
            FloatVector x = broadcast(F, a.get(JAVA_FLOAT, aBytes));
            c00 = x.fma(y0, c00);
            c01 = x.fma(y1, c01);
            c02 = x.fma(y2, c02);
            c03 = x.fma(y3, c03);
            x = broadcast(F, a.get(JAVA_FLOAT, aBytes + 4));
            c10 = x.fma(y0, c10);
            c11 = x.fma(y1, c11);
            c12 = x.fma(y2, c12);
            c13 = x.fma(y3, c13);
            x = broadcast(F, a.get(JAVA_FLOAT, aBytes + 8));
            c20 = x.fma(y0, c20);
            c21 = x.fma(y1, c21);
            c22 = x.fma(y2, c22);
            c23 = x.fma(y3, c23);
            x = broadcast(F, a.get(JAVA_FLOAT, aBytes + 12));
            c30 = x.fma(y0, c30);
            c31 = x.fma(y1, c31);
            c32 = x.fma(y2, c32);
            c33 = x.fma(y3, c33);
        }
        c00.intoMemorySegment(c, c0, ORDER);
        c01.intoMemorySegment(c, c0 + cStrip, ORDER);
        c02.intoMemorySegment(c, c0 + 2 * cStrip, ORDER);
        c03.intoMemorySegment(c, c0 + 3 * cStrip, ORDER);
        c10.intoMemorySegment(c, c0 + STRIP_ROW, ORDER);
        c11.intoMemorySegment(c, c0 + STRIP_ROW + cStrip, ORDER);
        c12.intoMemorySegment(c, c0 + STRIP_ROW + 2 * cStrip, ORDER);
        c13.intoMemorySegment(c, c0 + STRIP_ROW + 3 * cStrip, ORDER);
        c20.intoMemorySegment(c, c0 + 2 * STRIP_ROW, ORDER);
        c21.intoMemorySegment(c, c0 + 2 * STRIP_ROW + cStrip, ORDER);
        c22.intoMemorySegment(c, c0 + 2 * STRIP_ROW + 2 * cStrip, ORDER);
        c23.intoMemorySegment(c, c0 + 2 * STRIP_ROW + 3 * cStrip, ORDER);
        c30.intoMemorySegment(c, c0 + 3 * STRIP_ROW, ORDER);
        c31.intoMemorySegment(c, c0 + 3 * STRIP_ROW + cStrip, ORDER);
        c32.intoMemorySegment(c, c0 + 3 * STRIP_ROW + 2 * cStrip, ORDER);
        c33.intoMemorySegment(c, c0 + 3 * STRIP_ROW + 3 * cStrip, ORDER);
    }
}
