package dev.gatun.engine.kernel.scalar;

import static dev.gatun.engine.cpu.Fma.fma;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/** The exact oracle of {@code AdagradUpdates}. */
public final class ScalarAdagradUpdates {

    private ScalarAdagradUpdates() {}

    /** s += g^2; w -= rate g / sqrt(s + epsilon). */
    public static void step(
            MemorySegment w, long wBytes, MemorySegment g, long gBytes, MemorySegment s, long sBytes, int count,
            float rate, float epsilon) {
        for (int i = 0; i < count; i++) {
            long at = (long) i << 2;
            float wOld = w.get(JAVA_FLOAT, wBytes + at);
            float gOld = g.get(JAVA_FLOAT, gBytes + at);
            float sOld = s.get(JAVA_FLOAT, sBytes + at);
            float sum = fma(gOld, gOld, sOld);
            s.set(JAVA_FLOAT, sBytes + at, sum);
            w.set(JAVA_FLOAT, wBytes + at, wOld - gOld * rate / (float) Math.sqrt(sum + epsilon));
        }
    }
}
