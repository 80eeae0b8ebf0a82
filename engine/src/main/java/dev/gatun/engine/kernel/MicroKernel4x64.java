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
 * Product tiles of 4 rows over a whole panel, for vectors of 16 floats: 16 accumulators, so that both FMA units of a core
 * always have eight chains to work on, and 8 loads for 16 fma. Operands as in {@link MicroKernel6x2}, with B's rows at their fixed
 * distance of 256 bytes.
 *
 * <p>A tile has 56 vector operations. C1 gives up on as many ("out of virtual registers in linear scan") once a process has
 * loaded more than a benchmark does, because everything in the Vector API is inlined by force; C2 then never gets the
 * profile it waits for, and the product runs at 1 % of its speed for ever. So {@link #load} is a method of ours that C1 calls
 * instead of inlining, which leaves 36 operations to it. Stores and broadcasts must stay where they are: after 18,000 nodes
 * C2 inlines nothing but what it is forced to (NodeCountInliningCutoff), and a broadcast in a method of ours is boxed.
 */
public final class MicroKernel4x64 {

    /** Rows of a tile. */
    public static final int ROWS = 4;

    private static final VectorSpecies<Float> F = Lanes.FLOATS;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    /** Bytes of a vector. */
    private static final long V = 64;
    /** Bytes of a row of a panel. */
    private static final long PANEL_ROW = 256;
    /** Binary logarithm of the bytes of a row of a strip. */
    private static final int STRIP_SHIFT = 6;

    private MicroKernel4x64() {}

    /**
     * Vector {@code column} of a row. Must have 36 bytes of byte code or more: C1 inlines up to 35 (C1MaxInlineSize), C2 up to
     * 325 where it is hot. Locals make it that long.
     */
    private static FloatVector load(MemorySegment segment, long bytes, long row, long rowBytes, long column) {
        long rowAt = row * rowBytes;
        long columnAt = column * V;
        long at = bytes + rowAt + columnAt;
        return fromMemorySegment(F, segment, at, ORDER);
    }

    /** {@code C[4,64] = start + A[4,K] * B[K,64]}, A row-major. */
    public static void tile4x4(
            MemorySegment aSegment, long a0, long aRow, MemorySegment bSegment, long b0, MemorySegment cSegment,
            long c0, long cRow, MemorySegment sSegment, long s0, long sRow, int k) {
        MemorySegment a = OffHeap.known(aSegment);
        MemorySegment b = OffHeap.known(bSegment);
        MemorySegment c = OffHeap.known(cSegment);
        MemorySegment s = OffHeap.known(sSegment);
        FloatVector c00 = load(s, s0, 0, sRow, 0);
        FloatVector c01 = load(s, s0, 0, sRow, 1);
        FloatVector c02 = load(s, s0, 0, sRow, 2);
        FloatVector c03 = load(s, s0, 0, sRow, 3);
        FloatVector c10 = load(s, s0, 1, sRow, 0);
        FloatVector c11 = load(s, s0, 1, sRow, 1);
        FloatVector c12 = load(s, s0, 1, sRow, 2);
        FloatVector c13 = load(s, s0, 1, sRow, 3);
        FloatVector c20 = load(s, s0, 2, sRow, 0);
        FloatVector c21 = load(s, s0, 2, sRow, 1);
        FloatVector c22 = load(s, s0, 2, sRow, 2);
        FloatVector c23 = load(s, s0, 2, sRow, 3);
        FloatVector c30 = load(s, s0, 3, sRow, 0);
        FloatVector c31 = load(s, s0, 3, sRow, 1);
        FloatVector c32 = load(s, s0, 3, sRow, 2);
        FloatVector c33 = load(s, s0, 3, sRow, 3);
        long a1 = a0 + aRow;
        long a2 = a1 + aRow;
        long a3 = a2 + aRow;
        for (int i = 0; i < k; i++) {
            long aBytes = (long) i << 2;
            FloatVector y0 = load(b, b0, i, PANEL_ROW, 0);
            FloatVector y1 = load(b, b0, i, PANEL_ROW, 1);
            FloatVector y2 = load(b, b0, i, PANEL_ROW, 2);
            FloatVector y3 = load(b, b0, i, PANEL_ROW, 3);
            FloatVector x = broadcast(F, a.get(JAVA_FLOAT, a0 + aBytes));
            c00 = x.fma(y0, c00);
            c01 = x.fma(y1, c01);
            c02 = x.fma(y2, c02);
            c03 = x.fma(y3, c03);
            x = broadcast(F, a.get(JAVA_FLOAT, a1 + aBytes));
            c10 = x.fma(y0, c10);
            c11 = x.fma(y1, c11);
            c12 = x.fma(y2, c12);
            c13 = x.fma(y3, c13);
            x = broadcast(F, a.get(JAVA_FLOAT, a2 + aBytes));
            c20 = x.fma(y0, c20);
            c21 = x.fma(y1, c21);
            c22 = x.fma(y2, c22);
            c23 = x.fma(y3, c23);
            x = broadcast(F, a.get(JAVA_FLOAT, a3 + aBytes));
            c30 = x.fma(y0, c30);
            c31 = x.fma(y1, c31);
            c32 = x.fma(y2, c32);
            c33 = x.fma(y3, c33);
        }
        c00.intoMemorySegment(c, c0, ORDER);
        c01.intoMemorySegment(c, c0 + V, ORDER);
        c02.intoMemorySegment(c, c0 + 2 * V, ORDER);
        c03.intoMemorySegment(c, c0 + 3 * V, ORDER);
        c10.intoMemorySegment(c, c0 + cRow, ORDER);
        c11.intoMemorySegment(c, c0 + cRow + V, ORDER);
        c12.intoMemorySegment(c, c0 + cRow + 2 * V, ORDER);
        c13.intoMemorySegment(c, c0 + cRow + 3 * V, ORDER);
        c20.intoMemorySegment(c, c0 + 2 * cRow, ORDER);
        c21.intoMemorySegment(c, c0 + 2 * cRow + V, ORDER);
        c22.intoMemorySegment(c, c0 + 2 * cRow + 2 * V, ORDER);
        c23.intoMemorySegment(c, c0 + 2 * cRow + 3 * V, ORDER);
        c30.intoMemorySegment(c, c0 + 3 * cRow, ORDER);
        c31.intoMemorySegment(c, c0 + 3 * cRow + V, ORDER);
        c32.intoMemorySegment(c, c0 + 3 * cRow + 2 * V, ORDER);
        c33.intoMemorySegment(c, c0 + 3 * cRow + 3 * V, ORDER);
    }

    /**
     * {@code C[4,64] += A[R,4]^T * B[R,64]}, an outer product for each of R rows: A is part of a strip, C of a panel.
     */
    public static void outer4x4(
            MemorySegment aSegment, long a0, MemorySegment bSegment, long b0, MemorySegment cSegment, long c0,
            int rows) {
        MemorySegment a = OffHeap.known(aSegment);
        MemorySegment b = OffHeap.known(bSegment);
        MemorySegment c = OffHeap.known(cSegment);
        FloatVector c00 = load(c, c0, 0, PANEL_ROW, 0);
        FloatVector c01 = load(c, c0, 0, PANEL_ROW, 1);
        FloatVector c02 = load(c, c0, 0, PANEL_ROW, 2);
        FloatVector c03 = load(c, c0, 0, PANEL_ROW, 3);
        FloatVector c10 = load(c, c0, 1, PANEL_ROW, 0);
        FloatVector c11 = load(c, c0, 1, PANEL_ROW, 1);
        FloatVector c12 = load(c, c0, 1, PANEL_ROW, 2);
        FloatVector c13 = load(c, c0, 1, PANEL_ROW, 3);
        FloatVector c20 = load(c, c0, 2, PANEL_ROW, 0);
        FloatVector c21 = load(c, c0, 2, PANEL_ROW, 1);
        FloatVector c22 = load(c, c0, 2, PANEL_ROW, 2);
        FloatVector c23 = load(c, c0, 2, PANEL_ROW, 3);
        FloatVector c30 = load(c, c0, 3, PANEL_ROW, 0);
        FloatVector c31 = load(c, c0, 3, PANEL_ROW, 1);
        FloatVector c32 = load(c, c0, 3, PANEL_ROW, 2);
        FloatVector c33 = load(c, c0, 3, PANEL_ROW, 3);
        for (int i = 0; i < rows; i++) {
            long aBytes = a0 + ((long) i << STRIP_SHIFT);
            FloatVector y0 = load(b, b0, i, PANEL_ROW, 0);
            FloatVector y1 = load(b, b0, i, PANEL_ROW, 1);
            FloatVector y2 = load(b, b0, i, PANEL_ROW, 2);
            FloatVector y3 = load(b, b0, i, PANEL_ROW, 3);
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
        c01.intoMemorySegment(c, c0 + V, ORDER);
        c02.intoMemorySegment(c, c0 + 2 * V, ORDER);
        c03.intoMemorySegment(c, c0 + 3 * V, ORDER);
        c10.intoMemorySegment(c, c0 + PANEL_ROW, ORDER);
        c11.intoMemorySegment(c, c0 + PANEL_ROW + V, ORDER);
        c12.intoMemorySegment(c, c0 + PANEL_ROW + 2 * V, ORDER);
        c13.intoMemorySegment(c, c0 + PANEL_ROW + 3 * V, ORDER);
        c20.intoMemorySegment(c, c0 + 2 * PANEL_ROW, ORDER);
        c21.intoMemorySegment(c, c0 + 2 * PANEL_ROW + V, ORDER);
        c22.intoMemorySegment(c, c0 + 2 * PANEL_ROW + 2 * V, ORDER);
        c23.intoMemorySegment(c, c0 + 2 * PANEL_ROW + 3 * V, ORDER);
        c30.intoMemorySegment(c, c0 + 3 * PANEL_ROW, ORDER);
        c31.intoMemorySegment(c, c0 + 3 * PANEL_ROW + V, ORDER);
        c32.intoMemorySegment(c, c0 + 3 * PANEL_ROW + 2 * V, ORDER);
        c33.intoMemorySegment(c, c0 + 3 * PANEL_ROW + 3 * V, ORDER);
    }
}
