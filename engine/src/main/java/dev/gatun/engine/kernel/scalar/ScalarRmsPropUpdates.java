package dev.gatun.engine.kernel.scalar;

import static dev.gatun.engine.cpu.Fma.fma;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/** The exact oracle of {@code RmsPropUpdates}. */
public final class ScalarRmsPropUpdates {

    private ScalarRmsPropUpdates() {}

    /**
     * v = rho v + gNew g^2; w -= rate g / (sqrt(v + inner) + outer). {@code gNew} is 1 - rho; Keras 3 has its epsilon
     * at {@code inner} and 0 at {@code outer}, Keras 2 the other way round. With a {@code mean} = rho mean + gNew g the root is
     * taken of the variance v - mean^2; rounding can make that difference negative where Keras then gives NaN: it is held at 0.
     * With an {@code m} the step goes into m = momentum m + step; w -= m. Both are null for none.
     */
    public static void step(
            MemorySegment w, long wBytes, MemorySegment g, long gBytes, MemorySegment v, long vBytes,
            MemorySegment mean, long meanBytes, MemorySegment m, long mBytes, int count, float rate, float rho,
            float gNew, float inner, float outer, float momentum) {
        for (int i = 0; i < count; i++) {
            long at = (long) i << 2;
            float gOld = g.get(JAVA_FLOAT, gBytes + at);
            float square = fma(v.get(JAVA_FLOAT, vBytes + at), rho, gOld * gOld * gNew);
            v.set(JAVA_FLOAT, vBytes + at, square);
            float variance = square;
            if (mean != null) {
                float average = fma(mean.get(JAVA_FLOAT, meanBytes + at), rho, gOld * gNew);
                mean.set(JAVA_FLOAT, meanBytes + at, average);
                variance = Math.max(fma(-average, average, square), 0f);
            }
            float step = gOld * rate / ((float) Math.sqrt(variance + inner) + outer);
            if (m != null) {
                step = fma(m.get(JAVA_FLOAT, mBytes + at), momentum, step);
                m.set(JAVA_FLOAT, mBytes + at, step);
            }
            w.set(JAVA_FLOAT, wBytes + at, w.get(JAVA_FLOAT, wBytes + at) - step);
        }
    }
}
