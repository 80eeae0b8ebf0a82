package dev.gatun.engine.kernel.scalar;

import static dev.gatun.engine.cpu.Fma.fma;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/** The exact oracle of {@code AdamUpdates}. */
public final class ScalarAdamUpdates {

    private ScalarAdamUpdates() {}

    /**
     * w -= decay w; m += (g - m) mNew; v += (g^2 - v) vNew; w -= rate m / (sqrt(v) + epsilon). {@code rate} already
     * holds the bias correction, learning rate * sqrt(1 - beta2^t) / (1 - beta1^t); {@code mNew} and {@code vNew} are
     * 1 - beta1 and 1 - beta2; {@code decay} is learning rate * weight decay, 0 for Adam. With a {@code top} the root is
     * taken of top = max(top, v), the largest v so far (Reddi, Kale, Kumar 2018); null for none.
     */
    public static void step(
            MemorySegment w, long wBytes, MemorySegment g, long gBytes, MemorySegment m, long mBytes,
            MemorySegment v, long vBytes, MemorySegment top, long topBytes, int count, float rate, float mNew,
            float vNew, float epsilon, float decay) {
        for (int i = 0; i < count; i++) {
            long at = (long) i << 2;
            float wOld = w.get(JAVA_FLOAT, wBytes + at);
            float gOld = g.get(JAVA_FLOAT, gBytes + at);
            float mOld = m.get(JAVA_FLOAT, mBytes + at);
            float vOld = v.get(JAVA_FLOAT, vBytes + at);
            float mean = fma(gOld - mOld, mNew, mOld);
            float square = fma(fma(gOld, gOld, -vOld), vNew, vOld);
            float highest = square;
            if (top != null) {
                highest = Math.max(top.get(JAVA_FLOAT, topBytes + at), square);
                top.set(JAVA_FLOAT, topBytes + at, highest);
            }
            float step = mean * rate / ((float) Math.sqrt(highest) + epsilon);
            m.set(JAVA_FLOAT, mBytes + at, mean);
            v.set(JAVA_FLOAT, vBytes + at, square);
            w.set(JAVA_FLOAT, wBytes + at, fma(wOld, -decay, wOld) - step);
        }
    }
}
