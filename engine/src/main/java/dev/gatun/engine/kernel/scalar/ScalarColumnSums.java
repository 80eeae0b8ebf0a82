package dev.gatun.engine.kernel.scalar;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/** The exact oracle of {@code ColumnSums}. */
public final class ScalarColumnSums {

    private ScalarColumnSums() {}

    /** {@code y[columns] += sum over rows of x[rows,columns]}, {@code xRow} in bytes. */
    public static void add(MemorySegment x, long xBytes, long xRow, MemorySegment y, long yBytes, long rows,
            int columns) {
        for (int column = 0; column < columns; column++) {
            long at = (long) column * Float.BYTES;
            float sum = y.get(JAVA_FLOAT, yBytes + at);
            for (long row = 0; row < rows; row++) {
                sum += x.get(JAVA_FLOAT, xBytes + row * xRow + at);
            }
            y.set(JAVA_FLOAT, yBytes + at, sum);
        }
    }
}
