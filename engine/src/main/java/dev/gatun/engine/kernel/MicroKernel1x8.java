package dev.gatun.engine.kernel;

import static dev.gatun.engine.kernel.StripVector.inner;
import static dev.gatun.engine.kernel.StripVector.strip;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import dev.gatun.engine.cpu.Lanes;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * One row times many strips, what a step of batch 1 is made of: every weight is read once, so the speed of the second-level
 * cache is all there is to win. Eight vectors of columns at a time, which are two, four or eight strips side by side: with four
 * vectors the chains of fma are hardly ahead of the loads. One call for all strips, because there is little to do for each.
 */
public final class MicroKernel1x8 {

    private static final VectorSpecies<Float> F = Lanes.FLOATS;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    /** Strips of eight vectors: 8, 4 or 2. */
    private static final int STRIPS = StripVector.strips(8);
    /** Binary logarithm of the bytes of a row of a strip. */
    private static final int ROW_SHIFT = 6;

    private MicroKernel1x8() {}

    /**
     * {@code C[1,N] = start + A[1,K] * B[K,N]}; offsets in bytes, those of B, C and the start values of the first strip. Where
     * strips are left that are too few, the last is computed more than once.
     *
     * @param fromLast whether the last strips come first
     */
    public static void row(
            TilePlaces places, long a0, long b0, long c0, long s0, int k, int strips, boolean fromLast) {
        MemorySegment a = OffHeap.known(places.a());
        MemorySegment b = OffHeap.known(places.b());
        MemorySegment c = OffHeap.known(places.c());
        MemorySegment s = OffHeap.known(places.s());
        int groups = (strips + STRIPS - 1) / STRIPS;
        for (int i = 0; i < groups; i++) {
            int first = (fromLast ? groups - 1 - i : i) * STRIPS;
            int last = strips - 1;
            long strip0 = strip(first, 0, last);
            long strip1 = strip(first, 1, last);
            long strip2 = strip(first, 2, last);
            long strip3 = strip(first, 3, last);
            long strip4 = strip(first, 4, last);
            long strip5 = strip(first, 5, last);
            long strip6 = strip(first, 6, last);
            long strip7 = strip(first, 7, last);
            FloatVector r0 = fromMemorySegment(F, s, s0 + strip0 * places.sStrip() + inner(0), ORDER);
            FloatVector r1 = fromMemorySegment(F, s, s0 + strip1 * places.sStrip() + inner(1), ORDER);
            FloatVector r2 = fromMemorySegment(F, s, s0 + strip2 * places.sStrip() + inner(2), ORDER);
            FloatVector r3 = fromMemorySegment(F, s, s0 + strip3 * places.sStrip() + inner(3), ORDER);
            FloatVector r4 = fromMemorySegment(F, s, s0 + strip4 * places.sStrip() + inner(4), ORDER);
            FloatVector r5 = fromMemorySegment(F, s, s0 + strip5 * places.sStrip() + inner(5), ORDER);
            FloatVector r6 = fromMemorySegment(F, s, s0 + strip6 * places.sStrip() + inner(6), ORDER);
            FloatVector r7 = fromMemorySegment(F, s, s0 + strip7 * places.sStrip() + inner(7), ORDER);
            long bFirst = b0 + strip0 * places.bStrip() + inner(0);
            long b1 = b0 + strip1 * places.bStrip() + inner(1);
            long b2 = b0 + strip2 * places.bStrip() + inner(2);
            long b3 = b0 + strip3 * places.bStrip() + inner(3);
            long b4 = b0 + strip4 * places.bStrip() + inner(4);
            long b5 = b0 + strip5 * places.bStrip() + inner(5);
            long b6 = b0 + strip6 * places.bStrip() + inner(6);
            long b7 = b0 + strip7 * places.bStrip() + inner(7);
            for (int j = 0; j < k; j++) {
                long at = (long) j << ROW_SHIFT;
                FloatVector x = broadcast(F, a.get(JAVA_FLOAT, a0 + ((long) j << 2)));
                r0 = x.fma(fromMemorySegment(F, b, bFirst + at, ORDER), r0);
                r1 = x.fma(fromMemorySegment(F, b, second(bFirst + at, b1 + at), ORDER), r1);
                r2 = x.fma(fromMemorySegment(F, b, b2 + at, ORDER), r2);
                r3 = x.fma(fromMemorySegment(F, b, second(b2 + at, b3 + at), ORDER), r3);
                r4 = x.fma(fromMemorySegment(F, b, b4 + at, ORDER), r4);
                r5 = x.fma(fromMemorySegment(F, b, second(b4 + at, b5 + at), ORDER), r5);
                r6 = x.fma(fromMemorySegment(F, b, b6 + at, ORDER), r6);
                r7 = x.fma(fromMemorySegment(F, b, second(b6 + at, b7 + at), ORDER), r7);
            }
            r0.intoMemorySegment(c, c0 + strip0 * places.cStrip() + inner(0), ORDER);
            r1.intoMemorySegment(c, c0 + strip1 * places.cStrip() + inner(1), ORDER);
            r2.intoMemorySegment(c, c0 + strip2 * places.cStrip() + inner(2), ORDER);
            r3.intoMemorySegment(c, c0 + strip3 * places.cStrip() + inner(3), ORDER);
            r4.intoMemorySegment(c, c0 + strip4 * places.cStrip() + inner(4), ORDER);
            r5.intoMemorySegment(c, c0 + strip5 * places.cStrip() + inner(5), ORDER);
            r6.intoMemorySegment(c, c0 + strip6 * places.cStrip() + inner(6), ORDER);
            r7.intoMemorySegment(c, c0 + strip7 * places.cStrip() + inner(7), ORDER);
        }
    }

    /** The second of two vectors: next to the first, at a distance C2 knows, or in a strip of its own. */
    private static long second(long first, long own) {
        return StripVector.BYTES == TilePlaces.STRIP_ROW ? own : first + StripVector.BYTES;
    }
}
