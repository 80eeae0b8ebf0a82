package dev.gatun.engine.function;

import static dev.gatun.engine.cpu.Fma.fma;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.kernel.scalar.ScalarMath;
import java.lang.foreign.MemorySegment;

/** Softmax of one row, and its logarithm. Offsets in bytes; sums run left to right. */
final class Softmax {

    private Softmax() {}

    /** Shifted by the row's largest element, which leaves the result and prevents overflow. */
    static void forward(MemorySegment x, long xBytes, MemorySegment y, long yBytes, int columns) {
        float largest = largest(x, xBytes, columns);
        float sum = 0;
        for (int i = 0; i < columns; i++) {
            long at = (long) i << 2;
            float e = ScalarMath.exp(x.get(JAVA_FLOAT, xBytes + at) - largest);
            y.set(JAVA_FLOAT, yBytes + at, e);
            sum += e;
        }
        for (int i = 0; i < columns; i++) {
            long at = yBytes + ((long) i << 2);
            y.set(JAVA_FLOAT, at, y.get(JAVA_FLOAT, at) / sum);
        }
    }

    static float largest(MemorySegment x, long xBytes, int columns) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < columns; i++) {
            largest = Math.max(largest, x.get(JAVA_FLOAT, xBytes + ((long) i << 2)));
        }
        return largest;
    }

    /** dx = y (dy - sum of dy y). */
    static void backward(MemorySegment w, long y, long dy, long dx, int columns) {
        float sum = 0;
        for (int i = 0; i < columns; i++) {
            long at = (long) i << 2;
            sum = fma(w.get(JAVA_FLOAT, dy + at), w.get(JAVA_FLOAT, y + at), sum);
        }
        for (int i = 0; i < columns; i++) {
            long at = (long) i << 2;
            w.set(JAVA_FLOAT, dx + at, w.get(JAVA_FLOAT, y + at) * (w.get(JAVA_FLOAT, dy + at) - sum));
        }
    }

    /** y = x - largest - log(sum of e^(x - largest)). */
    static void logForward(MemorySegment x, long xBytes, MemorySegment y, long yBytes, int columns) {
        float largest = largest(x, xBytes, columns);
        double sum = 0;
        for (int i = 0; i < columns; i++) {
            sum += ScalarMath.exp(x.get(JAVA_FLOAT, xBytes + ((long) i << 2)) - largest);
        }
        float logarithm = (float) StrictMath.log(sum);
        for (int i = 0; i < columns; i++) {
            long at = (long) i << 2;
            y.set(JAVA_FLOAT, yBytes + at, x.get(JAVA_FLOAT, xBytes + at) - largest - logarithm);
        }
    }

    /** dx = dy - e^y sum of dy. */
    static void logBackward(MemorySegment w, long y, long dy, long dx, int columns) {
        float sum = 0;
        for (int i = 0; i < columns; i++) {
            sum += w.get(JAVA_FLOAT, dy + ((long) i << 2));
        }
        for (int i = 0; i < columns; i++) {
            long at = (long) i << 2;
            float share = ScalarMath.exp(w.get(JAVA_FLOAT, y + at));
            w.set(JAVA_FLOAT, dx + at, fma(-share, sum, w.get(JAVA_FLOAT, dy + at)));
        }
    }
}
