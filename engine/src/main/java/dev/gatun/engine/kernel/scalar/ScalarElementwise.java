package dev.gatun.engine.kernel.scalar;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/** The exact oracle of {@code Elementwise}. */
public final class ScalarElementwise {

    private ScalarElementwise() {}

    /** y = y + x. */
    public static void add(MemorySegment x, long xBytes, MemorySegment y, long yBytes, int count) {
        for (int i = 0; i < count; i++) {
            long at = (long) i << 2;
            y.set(JAVA_FLOAT, yBytes + at, y.get(JAVA_FLOAT, yBytes + at) + x.get(JAVA_FLOAT, xBytes + at));
        }
    }

    /** y = y x. */
    public static void multiply(MemorySegment x, long xBytes, MemorySegment y, long yBytes, int count) {
        for (int i = 0; i < count; i++) {
            long at = (long) i << 2;
            y.set(JAVA_FLOAT, yBytes + at, y.get(JAVA_FLOAT, yBytes + at) * x.get(JAVA_FLOAT, xBytes + at));
        }
    }

    /** y = the larger of y and x; of zeros the positive one, and NaN where one of both is. */
    public static void max(MemorySegment x, long xBytes, MemorySegment y, long yBytes, int count) {
        for (int i = 0; i < count; i++) {
            long at = (long) i << 2;
            y.set(JAVA_FLOAT, yBytes + at, Math.max(y.get(JAVA_FLOAT, yBytes + at), x.get(JAVA_FLOAT, xBytes + at)));
        }
    }
}
