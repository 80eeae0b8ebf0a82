package dev.gatun.engine.kernel.scalar;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Activations over rows of floats in native memory: the scalar twin and exact oracle of
 * {@code dev.gatun.engine.kernel.Activations}.
 *
 * <p>Every method takes a segment and a byte offset for x and for y, and {@code count} elements: always a multiple of 16,
 * for rows are padded. x and y are the same region or do not overlap. Nothing is checked here beyond the segment's bounds.
 */
public final class ScalarActivations {

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private ScalarActivations() {}

    /** y = e^x. */
    public static void exp(MemorySegment x, long xBytes, MemorySegment y, long yBytes, int count) {
        for (int i = 0; i < count; i++) {
            long at = (long) i << 2;
            y.set(FLOAT, yBytes + at, ScalarMath.exp(x.get(FLOAT, xBytes + at)));
        }
    }

    /** y = tanh(x). */
    public static void tanh(MemorySegment x, long xBytes, MemorySegment y, long yBytes, int count) {
        for (int i = 0; i < count; i++) {
            long at = (long) i << 2;
            y.set(FLOAT, yBytes + at, ScalarMath.tanh(x.get(FLOAT, xBytes + at)));
        }
    }

    /** y = 1 / (1 + e^-x). */
    public static void sigmoid(MemorySegment x, long xBytes, MemorySegment y, long yBytes, int count) {
        for (int i = 0; i < count; i++) {
            long at = (long) i << 2;
            y.set(FLOAT, yBytes + at, ScalarMath.sigmoid(x.get(FLOAT, xBytes + at)));
        }
    }

    /** y = 0 where x < 0, otherwise x: NaN stays NaN, -0 stays -0. */
    public static void relu(MemorySegment x, long xBytes, MemorySegment y, long yBytes, int count) {
        for (int i = 0; i < count; i++) {
            long at = (long) i << 2;
            float value = x.get(FLOAT, xBytes + at);
            y.set(FLOAT, yBytes + at, value < 0 ? 0 : value);
        }
    }
}
