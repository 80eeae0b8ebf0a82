package dev.gatun.engine.kernel.scalar;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/**
 * exp, tanh, sigmoid and relu over columns of 16 floats: the scalar twin and exact oracle of
 * {@code dev.gatun.engine.kernel.Activations}, where the arguments are explained.
 */
public final class ScalarActivations {

    private static final int COLUMNS = 16;

    private ScalarActivations() {}

    /** y = e^x. */
    public static void exp(MemorySegment x, long xBytes, long xRow, MemorySegment y, long yBytes, long yRow, int rows) {
        for (int i = 0; i < rows * COLUMNS; i++) {
            y.set(JAVA_FLOAT, at(yBytes, yRow, i), ScalarMath.exp(x.get(JAVA_FLOAT, at(xBytes, xRow, i))));
        }
    }

    /** y = 1 / (1 + e^-x). */
    public static void sigmoid(MemorySegment x, long xBytes, long xRow, MemorySegment y, long yBytes, long yRow,
            int rows) {
        for (int i = 0; i < rows * COLUMNS; i++) {
            y.set(JAVA_FLOAT, at(yBytes, yRow, i), ScalarMath.sigmoid(x.get(JAVA_FLOAT, at(xBytes, xRow, i))));
        }
    }

    /** y = tanh x. */
    public static void tanh(MemorySegment x, long xBytes, long xRow, MemorySegment y, long yBytes, long yRow,
            int rows) {
        for (int i = 0; i < rows * COLUMNS; i++) {
            y.set(JAVA_FLOAT, at(yBytes, yRow, i), ScalarMath.tanh(x.get(JAVA_FLOAT, at(xBytes, xRow, i))));
        }
    }

    /** y = 0 where x < 0, otherwise x: NaN stays NaN, -0 stays -0. */
    public static void relu(MemorySegment x, long xBytes, long xRow, MemorySegment y, long yBytes, long yRow,
            int rows) {
        for (int i = 0; i < rows * COLUMNS; i++) {
            float value = x.get(JAVA_FLOAT, at(xBytes, xRow, i));
            y.set(JAVA_FLOAT, at(yBytes, yRow, i), value < 0 ? 0 : value);
        }
    }

    private static long at(long base, long row, int i) {
        return base + i / COLUMNS * row + (long) (i % COLUMNS) * Float.BYTES;
    }
}
