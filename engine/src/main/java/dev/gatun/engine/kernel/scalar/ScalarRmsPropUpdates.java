package dev.gatun.engine.kernel.scalar;

import static dev.gatun.engine.cpu.Fma.fma;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/** The exact oracle of {@code RmsPropUpdates}. */
public final class ScalarRmsPropUpdates {

    private ScalarRmsPropUpdates() {}

    /**
     * v = rho v + gNew g^2; w -= rate g / (sqrt(v + inner) + outer). {@code gNew} is 1 - rho; Keras 3 has its epsilon
     * at {@code inner} and 0 at {@code outer}, Keras 2 the other way round.
     */
    public static void plain(
            MemorySegment w, long wBytes, MemorySegment g, long gBytes, MemorySegment v, long vBytes, int count,
            float rate, float rho, float gNew, float inner, float outer) {
        for (int i = 0; i < count; i++) {
            long at = (long) i << 2;
            float wOld = w.get(JAVA_FLOAT, wBytes + at);
            float gOld = g.get(JAVA_FLOAT, gBytes + at);
            float vOld = v.get(JAVA_FLOAT, vBytes + at);
            float square = fma(vOld, rho, gOld * gOld * gNew);
            v.set(JAVA_FLOAT, vBytes + at, square);
            float step = gOld * rate / ((float) Math.sqrt(square + inner) + outer);
            w.set(JAVA_FLOAT, wBytes + at, wOld - step);
        }
    }

    /** As {@link #plain}, but the step goes into m = momentum m + step; w -= m. */
    public static void momentum(
            MemorySegment w, long wBytes, MemorySegment g, long gBytes, MemorySegment v, long vBytes,
            MemorySegment m, long mBytes, int count, float rate, float rho, float gNew, float inner, float outer,
            float momentum) {
        for (int i = 0; i < count; i++) {
            long at = (long) i << 2;
            float wOld = w.get(JAVA_FLOAT, wBytes + at);
            float gOld = g.get(JAVA_FLOAT, gBytes + at);
            float vOld = v.get(JAVA_FLOAT, vBytes + at);
            float mOld = m.get(JAVA_FLOAT, mBytes + at);
            float square = fma(vOld, rho, gOld * gOld * gNew);
            v.set(JAVA_FLOAT, vBytes + at, square);
            float step = gOld * rate / ((float) Math.sqrt(square + inner) + outer);
            float next = fma(mOld, momentum, step);
            m.set(JAVA_FLOAT, mBytes + at, next);
            w.set(JAVA_FLOAT, wBytes + at, wOld - next);
        }
    }

    /**
     * As {@link #plain}, but with mean = rho mean + gNew g and the root taken of the variance v - mean^2. Rounding can
     * make that difference negative where Keras then gives NaN: it is held at 0.
     */
    public static void centered(
            MemorySegment w, long wBytes, MemorySegment g, long gBytes, MemorySegment v, long vBytes,
            MemorySegment mean, long meanBytes, int count, float rate, float rho, float gNew, float inner,
            float outer) {
        for (int i = 0; i < count; i++) {
            long at = (long) i << 2;
            float wOld = w.get(JAVA_FLOAT, wBytes + at);
            float gOld = g.get(JAVA_FLOAT, gBytes + at);
            float vOld = v.get(JAVA_FLOAT, vBytes + at);
            float meanOld = mean.get(JAVA_FLOAT, meanBytes + at);
            float square = fma(vOld, rho, gOld * gOld * gNew);
            v.set(JAVA_FLOAT, vBytes + at, square);
            float average = fma(meanOld, rho, gOld * gNew);
            mean.set(JAVA_FLOAT, meanBytes + at, average);
            float variance = Math.max(fma(-average, average, square), 0f);
            float step = gOld * rate / ((float) Math.sqrt(variance + inner) + outer);
            w.set(JAVA_FLOAT, wBytes + at, wOld - step);
        }
    }

    /** As {@link #centered}, but the step goes into m = momentum m + step; w -= m. */
    public static void centeredMomentum(
            MemorySegment w, long wBytes, MemorySegment g, long gBytes, MemorySegment v, long vBytes,
            MemorySegment mean, long meanBytes, MemorySegment m, long mBytes, int count, float rate, float rho,
            float gNew, float inner, float outer, float momentum) {
        for (int i = 0; i < count; i++) {
            long at = (long) i << 2;
            float wOld = w.get(JAVA_FLOAT, wBytes + at);
            float gOld = g.get(JAVA_FLOAT, gBytes + at);
            float vOld = v.get(JAVA_FLOAT, vBytes + at);
            float meanOld = mean.get(JAVA_FLOAT, meanBytes + at);
            float mOld = m.get(JAVA_FLOAT, mBytes + at);
            float square = fma(vOld, rho, gOld * gOld * gNew);
            v.set(JAVA_FLOAT, vBytes + at, square);
            float average = fma(meanOld, rho, gOld * gNew);
            mean.set(JAVA_FLOAT, meanBytes + at, average);
            float variance = Math.max(fma(-average, average, square), 0f);
            float step = gOld * rate / ((float) Math.sqrt(variance + inner) + outer);
            float next = fma(mOld, momentum, step);
            m.set(JAVA_FLOAT, mBytes + at, next);
            w.set(JAVA_FLOAT, wBytes + at, wOld - next);
        }
    }
}
