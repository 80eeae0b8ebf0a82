package dev.gatun.engine.kernel.scalar;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;

/** The exact oracle of {@code RowCopies}; whole words, so that every NaN keeps its bits. */
public final class ScalarRowCopies {

    private ScalarRowCopies() {}

    public static void copy(
            MemorySegment from, long fromBytes, long fromRow, MemorySegment to, long toBytes, long toRow, int rows,
            int columns) {
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                long x = (long) column * Float.BYTES;
                to.set(JAVA_INT, toBytes + row * toRow + x, from.get(JAVA_INT, fromBytes + row * fromRow + x));
            }
        }
    }
}
