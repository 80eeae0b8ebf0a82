package dev.gatun.engine.kernel;

import static dev.gatun.engine.cpu.Lanes.FLOATS;
import static dev.gatun.engine.cpu.Lanes.LANES;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Activations over rows of floats in native memory, {@link dev.gatun.engine.cpu.Lanes#LANES} at a time. Scalar twin:
 * {@link dev.gatun.engine.kernel.scalar.ScalarActivations}.
 *
 * <p>Every method takes a segment and a byte offset for x and for y, and {@code count} elements: always a multiple of 16,
 * for rows are padded. x and y are the same region or do not overlap. Nothing is checked here beyond the segment's bounds.
 */
public final class Activations {

    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private Activations() {}

    /** y = e^x. */
    public static void exp(MemorySegment x, long xBytes, MemorySegment y, long yBytes, int count) {
        MemorySegment from = OffHeap.known(x);
        MemorySegment to = OffHeap.known(y);
        for (int i = 0; i < count; i += LANES) {
            long at = (long) i << 2;
            var value = FloatVector.fromMemorySegment(FLOATS, from, xBytes + at, ORDER);
            VectorMath.exp(value).intoMemorySegment(to, yBytes + at, ORDER);
        }
    }

    /** y = tanh(x). */
    public static void tanh(MemorySegment x, long xBytes, MemorySegment y, long yBytes, int count) {
        MemorySegment from = OffHeap.known(x);
        MemorySegment to = OffHeap.known(y);
        for (int i = 0; i < count; i += LANES) {
            long at = (long) i << 2;
            var value = FloatVector.fromMemorySegment(FLOATS, from, xBytes + at, ORDER);
            VectorMath.tanh(value).intoMemorySegment(to, yBytes + at, ORDER);
        }
    }

    /** y = 1 / (1 + e^-x). */
    public static void sigmoid(MemorySegment x, long xBytes, MemorySegment y, long yBytes, int count) {
        MemorySegment from = OffHeap.known(x);
        MemorySegment to = OffHeap.known(y);
        for (int i = 0; i < count; i += LANES) {
            long at = (long) i << 2;
            var value = FloatVector.fromMemorySegment(FLOATS, from, xBytes + at, ORDER);
            VectorMath.sigmoid(value).intoMemorySegment(to, yBytes + at, ORDER);
        }
    }

    /** y = 0 where x < 0, otherwise x: NaN stays NaN, -0 stays -0. */
    public static void relu(MemorySegment x, long xBytes, MemorySegment y, long yBytes, int count) {
        MemorySegment from = OffHeap.known(x);
        MemorySegment to = OffHeap.known(y);
        for (int i = 0; i < count; i += LANES) {
            long at = (long) i << 2;
            var value = FloatVector.fromMemorySegment(FLOATS, from, xBytes + at, ORDER);
            value = value.blend(0f, value.compare(VectorOperators.LT, 0f));
            value.intoMemorySegment(to, yBytes + at, ORDER);
        }
    }
}
