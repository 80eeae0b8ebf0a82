package dev.gatun.engine.function;

import static dev.gatun.engine.cpu.Fma.fma;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.kernel.SoftmaxRows;
import dev.gatun.engine.kernel.scalar.ScalarMath;
import java.lang.foreign.MemorySegment;

/** Softmax of one row, and its logarithm. Offsets in bytes; sums run left to right. */
final class Softmax {

    private Softmax() {}

    /** Shifted by the row's largest element, which leaves the result and prevents overflow. */
    static void forward(MemorySegment x, long xBytes, MemorySegment y, long yBytes, int columns) {
        int whole = byKernel(columns);
        float largest = largest(x, xBytes, columns);
        if (whole > 0) {
            SoftmaxRows.exp(x, xBytes, y, yBytes, whole, largest);
        }
        for (int i = whole; i < columns; i++) {
            long at = (long) i << 2;
            y.set(JAVA_FLOAT, yBytes + at, ScalarMath.exp(x.get(JAVA_FLOAT, xBytes + at) - largest));
        }
        float sum = 0;
        for (int i = 0; i < columns; i++) {
            sum += y.get(JAVA_FLOAT, yBytes + ((long) i << 2));
        }
        if (whole > 0) {
            SoftmaxRows.divide(y, yBytes, whole, sum);
        }
        for (int i = whole; i < columns; i++) {
            long at = yBytes + ((long) i << 2);
            y.set(JAVA_FLOAT, at, y.get(JAVA_FLOAT, at) / sum);
        }
    }

    /** How many of the first columns vectors take: no padding behind them is read, since it may hold anything. */
    private static int byKernel(int columns) {
        return KernelChoice.isScalarNow() ? 0 : columns / Strips.WIDTH * Strips.WIDTH;
    }

    static float largest(MemorySegment x, long xBytes, int columns) {
        int whole = byKernel(columns);
        float largest = whole > 0 ? SoftmaxRows.largest(x, xBytes, whole) : Float.NEGATIVE_INFINITY;
        for (int i = whole; i < columns; i++) {
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
        int whole = byKernel(columns);
        if (whole > 0) {
            SoftmaxRows.backward(w, y, dy, dx, whole, sum);
        }
        for (int i = whole; i < columns; i++) {
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
