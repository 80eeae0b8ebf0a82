package dev.gatun.engine.function;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/**
 * The projection of a row onto probabilities (Martins and Astudillo 2016): y = max(x - t, 0) with t such that the sum is 1.
 * Offsets in bytes.
 */
final class Sparsemax {

    private Sparsemax() {}

    static void forward(MemorySegment x, long xBytes, MemorySegment y, long yBytes, int columns) {
        float largest = Softmax.largest(x, xBytes, columns);
        float threshold = threshold(x, xBytes, columns, largest);
        for (int i = 0; i < columns; i++) {
            long at = (long) i << 2;
            y.set(JAVA_FLOAT, yBytes + at, Math.max(x.get(JAVA_FLOAT, xBytes + at) - largest - threshold, 0f));
        }
    }

    /**
     * Of the numbers less the largest: those at or below the threshold leave, and it rises, until none is left to go (Michelot
     * 1986). The largest never leaves, but where it is infinite or NaN, and then the row is NaN.
     */
    private static float threshold(MemorySegment x, long xBytes, int columns, float largest) {
        double threshold = Double.NEGATIVE_INFINITY;
        int before;
        int count = columns + 1;
        do {
            before = count;
            count = 0;
            double sum = 0;
            for (int i = 0; i < columns; i++) {
                float value = x.get(JAVA_FLOAT, xBytes + ((long) i << 2)) - largest;
                // NaN is never at or below, so it stays.
                if (!(value <= threshold)) {
                    sum += value;
                    count++;
                }
            }
            threshold = (sum - 1) / count;
        } while (count < before);
        return (float) threshold;
    }

    /** dx = dy - mean of dy where y is above 0, and 0 elsewhere. */
    static void backward(MemorySegment w, long y, long dy, long dx, int columns) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < columns; i++) {
            long at = (long) i << 2;
            if (w.get(JAVA_FLOAT, y + at) > 0) {
                sum += w.get(JAVA_FLOAT, dy + at);
                count++;
            }
        }
        float mean = (float) (sum / Math.max(1, count));
        for (int i = 0; i < columns; i++) {
            long at = (long) i << 2;
            boolean isAbove = w.get(JAVA_FLOAT, y + at) > 0;
            w.set(JAVA_FLOAT, dx + at, isAbove ? w.get(JAVA_FLOAT, dy + at) - mean : 0f);
        }
    }
}
