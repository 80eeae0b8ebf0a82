package dev.gatun.engine.kernel.scalar;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/** The exact oracle of {@code Reductions}, and the fixed tree over its virtual lanes, which both share. */
public final class ScalarReductions {

    private static final int LANES = 16;

    private ScalarReductions() {}

    /** {@code lanes[i % 16] += x[i]^2} over {@code x[count]}, in double. */
    public static void addSquares(MemorySegment x, long xBytes, int count, MemorySegment lanes, long lanesBytes) {
        for (int i = 0; i < count; i++) {
            double value = x.get(JAVA_FLOAT, xBytes + ((long) i << 2));
            long at = lanesBytes + (long) (i % LANES) * Double.BYTES;
            // The square of a float is exact in double, so this is the kernel's fma.
            lanes.set(JAVA_DOUBLE, at, lanes.get(JAVA_DOUBLE, at) + value * value);
        }
    }

    /** The sum of the 16 lanes by halving: lane i and i + 8, then i + 4, i + 2, i + 1. The lanes are consumed. */
    public static double total(MemorySegment lanes, long lanesBytes) {
        for (int half = LANES / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                long at = lanesBytes + (long) i * Double.BYTES;
                double other = lanes.get(JAVA_DOUBLE, at + (long) half * Double.BYTES);
                lanes.set(JAVA_DOUBLE, at, lanes.get(JAVA_DOUBLE, at) + other);
            }
        }
        return lanes.get(JAVA_DOUBLE, lanesBytes);
    }

    /** x = factor x over {@code x[count]}. */
    public static void scale(MemorySegment x, long xBytes, int count, float factor) {
        for (int i = 0; i < count; i++) {
            long at = xBytes + ((long) i << 2);
            x.set(JAVA_FLOAT, at, x.get(JAVA_FLOAT, at) * factor);
        }
    }

    /** x = min(max(x, -limit), limit) over {@code x[count]}; NaN stays NaN. */
    public static void clip(MemorySegment x, long xBytes, int count, float limit) {
        for (int i = 0; i < count; i++) {
            long at = xBytes + ((long) i << 2);
            x.set(JAVA_FLOAT, at, Math.min(Math.max(x.get(JAVA_FLOAT, at), -limit), limit));
        }
    }

    /** Whether {@code x[count]} holds neither NaN nor infinity. */
    public static boolean allFinite(MemorySegment x, long xBytes, int count) {
        for (int i = 0; i < count; i++) {
            if (!Float.isFinite(x.get(JAVA_FLOAT, xBytes + ((long) i << 2)))) {
                return false;
            }
        }
        return true;
    }
}
