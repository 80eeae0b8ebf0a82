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
 * One row times many panels, what a step of batch 1 is made of: every weight is read once, so the speed of the second-level
 * cache is all there is to win. Eight vectors of columns at a time: with four, the chains of fma are hardly ahead of the
 * loads. One call for all panels, because there is little to do for each.
 */
public final class MicroKernel1x128 {

    private static final VectorSpecies<Float> F = Lanes.FLOATS;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long V = Lanes.LANES * (long) Float.BYTES;
    /** Binary logarithm of the bytes of a row of a panel. */
    private static final int PANEL_SHIFT = 8;
    /** Four vectors are a panel or a part of one. */
    private static final int PARTS = 64 / (4 * Lanes.LANES);

    /** Panels come in multiples of this. */
    public static final int PANELS = PARTS == 1 ? 2 : 1;

    private MicroKernel1x128() {}

    /**
     * {@code C[1,N] = start + A[1,K] * B[K,N]} for {@code panels} panels of 64 columns; offsets and steps in bytes.
     *
     * @param bStep from one panel of B to the next; negative to go from the last to the first
     * @param cStep the same for C's pieces of 64 columns
     * @param sStep the same for those of the start values
     */
    public static void row(
            MemorySegment aSegment, long a0, MemorySegment bSegment, long b0, long bStep, MemorySegment cSegment,
            long c0, long cStep, MemorySegment sSegment, long s0, long sStep, int k, int panels) {
        MemorySegment a = OffHeap.known(aSegment);
        MemorySegment b = OffHeap.known(bSegment);
        MemorySegment c = OffHeap.known(cSegment);
        MemorySegment s = OffHeap.known(sSegment);
        for (int part = 0; part < panels * PARTS; part += 2) {
            long panel = part / PARTS;
            long x = part % PARTS * 4 * V;
            long sFirst = s0 + panel * sStep + x;
            long sSecond = sFirst + (PARTS == 1 ? sStep : 4 * V);
            FloatVector r0 = fromMemorySegment(F, s, sFirst, ORDER);
            FloatVector r1 = fromMemorySegment(F, s, sFirst + V, ORDER);
            FloatVector r2 = fromMemorySegment(F, s, sFirst + 2 * V, ORDER);
            FloatVector r3 = fromMemorySegment(F, s, sFirst + 3 * V, ORDER);
            FloatVector r4 = fromMemorySegment(F, s, sSecond, ORDER);
            FloatVector r5 = fromMemorySegment(F, s, sSecond + V, ORDER);
            FloatVector r6 = fromMemorySegment(F, s, sSecond + 2 * V, ORDER);
            FloatVector r7 = fromMemorySegment(F, s, sSecond + 3 * V, ORDER);
            long bFirst = b0 + panel * bStep + x;
            long bSecond = bFirst + (PARTS == 1 ? bStep : 4 * V);
            for (int i = 0; i < k; i++) {
                long at = (long) i << PANEL_SHIFT;
                FloatVector y = broadcast(F, a.get(JAVA_FLOAT, a0 + ((long) i << 2)));
                r0 = y.fma(fromMemorySegment(F, b, bFirst + at, ORDER), r0);
                r1 = y.fma(fromMemorySegment(F, b, bFirst + at + V, ORDER), r1);
                r2 = y.fma(fromMemorySegment(F, b, bFirst + at + 2 * V, ORDER), r2);
                r3 = y.fma(fromMemorySegment(F, b, bFirst + at + 3 * V, ORDER), r3);
                r4 = y.fma(fromMemorySegment(F, b, bSecond + at, ORDER), r4);
                r5 = y.fma(fromMemorySegment(F, b, bSecond + at + V, ORDER), r5);
                r6 = y.fma(fromMemorySegment(F, b, bSecond + at + 2 * V, ORDER), r6);
                r7 = y.fma(fromMemorySegment(F, b, bSecond + at + 3 * V, ORDER), r7);
            }
            long cFirst = c0 + panel * cStep + x;
            long cSecond = cFirst + (PARTS == 1 ? cStep : 4 * V);
            r0.intoMemorySegment(c, cFirst, ORDER);
            r1.intoMemorySegment(c, cFirst + V, ORDER);
            r2.intoMemorySegment(c, cFirst + 2 * V, ORDER);
            r3.intoMemorySegment(c, cFirst + 3 * V, ORDER);
            r4.intoMemorySegment(c, cSecond, ORDER);
            r5.intoMemorySegment(c, cSecond + V, ORDER);
            r6.intoMemorySegment(c, cSecond + 2 * V, ORDER);
            r7.intoMemorySegment(c, cSecond + 3 * V, ORDER);
        }
    }
}
