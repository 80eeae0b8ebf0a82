package dev.gatun.engine.kernel.scalar;

import static dev.gatun.engine.cpu.Fma.fma;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/** The exact oracle of {@code SgdUpdates}. */
public final class ScalarSgdUpdates {

    private ScalarSgdUpdates() {}

    /** w -= rate g. */
    public static void plain(MemorySegment w, long wBytes, MemorySegment g, long gBytes, int count, float rate) {
        for (int i = 0; i < count; i++) {
            long at = (long) i << 2;
            float wOld = w.get(JAVA_FLOAT, wBytes + at);
            float gOld = g.get(JAVA_FLOAT, gBytes + at);
            w.set(JAVA_FLOAT, wBytes + at, fma(gOld, -rate, wOld));
        }
    }

    /** m = momentum m - rate g; w += m, or with Nesterov's look ahead w += momentum m - rate g, with the new m. */
    public static void momentum(
            MemorySegment w, long wBytes, MemorySegment g, long gBytes, MemorySegment m, long mBytes, int count,
            float rate, float momentum, boolean ahead) {
        for (int i = 0; i < count; i++) {
            long at = (long) i << 2;
            float step = -(g.get(JAVA_FLOAT, gBytes + at) * rate);
            float next = fma(m.get(JAVA_FLOAT, mBytes + at), momentum, step);
            m.set(JAVA_FLOAT, mBytes + at, next);
            float move = ahead ? fma(next, momentum, step) : next;
            w.set(JAVA_FLOAT, wBytes + at, w.get(JAVA_FLOAT, wBytes + at) + move);
        }
    }
}
