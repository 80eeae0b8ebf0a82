package dev.gatun.engine.kernel.scalar;

import static dev.gatun.engine.kernel.TilePlaces.STRIP_ROW;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/** The exact oracle of {@code ColumnSums}. */
public final class ScalarColumnSums {

    private ScalarColumnSums() {}

    /** {@code y[N] += sum over rows of x[rows,N]} for so many strips of 16 columns, offsets and strides in bytes. */
    public static void add(
            MemorySegment x, long xBytes, long xRow, long xStrip, MemorySegment y, long yBytes, long yStrip, long rows,
            int strips) {
        for (int strip = 0; strip < strips; strip++) {
            for (long inner = 0; inner < STRIP_ROW; inner += Float.BYTES) {
                long from = xBytes + strip * xStrip + inner;
                long to = yBytes + strip * yStrip + inner;
                float sum = y.get(JAVA_FLOAT, to);
                for (long row = 0; row < rows; row++) {
                    sum += x.get(JAVA_FLOAT, from + row * xRow);
                }
                y.set(JAVA_FLOAT, to, sum);
            }
        }
    }
}
