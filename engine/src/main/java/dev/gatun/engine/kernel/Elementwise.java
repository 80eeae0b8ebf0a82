package dev.gatun.engine.kernel;

import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import dev.gatun.engine.cpu.Lanes;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.VectorSpecies;

/** Arithmetic on equally long runs of floats; counts are multiples of 16, offsets in bytes. */
public final class Elementwise {

    private static final VectorSpecies<Float> F = Lanes.FLOATS;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private Elementwise() {}

    /** y = y + x. */
    public static void add(MemorySegment xSegment, long xBytes, MemorySegment ySegment, long yBytes, int count) {
        MemorySegment x = OffHeap.known(xSegment);
        MemorySegment y = OffHeap.known(ySegment);
        for (int i = 0; i < count; i += Lanes.LANES) {
            long at = (long) i << 2;
            fromMemorySegment(F, y, yBytes + at, ORDER)
                    .add(fromMemorySegment(F, x, xBytes + at, ORDER))
                    .intoMemorySegment(y, yBytes + at, ORDER);
        }
    }

    /** y = y x. */
    public static void multiply(MemorySegment xSegment, long xBytes, MemorySegment ySegment, long yBytes, int count) {
        MemorySegment x = OffHeap.known(xSegment);
        MemorySegment y = OffHeap.known(ySegment);
        for (int i = 0; i < count; i += Lanes.LANES) {
            long at = (long) i << 2;
            fromMemorySegment(F, y, yBytes + at, ORDER)
                    .mul(fromMemorySegment(F, x, xBytes + at, ORDER))
                    .intoMemorySegment(y, yBytes + at, ORDER);
        }
    }

    /** y = the larger of y and x; of zeros the positive one, and NaN where one of both is. */
    public static void max(MemorySegment xSegment, long xBytes, MemorySegment ySegment, long yBytes, int count) {
        MemorySegment x = OffHeap.known(xSegment);
        MemorySegment y = OffHeap.known(ySegment);
        for (int i = 0; i < count; i += Lanes.LANES) {
            long at = (long) i << 2;
            fromMemorySegment(F, y, yBytes + at, ORDER)
                    .max(fromMemorySegment(F, x, xBytes + at, ORDER))
                    .intoMemorySegment(y, yBytes + at, ORDER);
        }
    }
}
