package dev.gatun.engine.kernel.scalar;

import java.lang.foreign.MemorySegment;

/** The exact oracle of {@code RowCopies}; whole words, so that every NaN keeps its bits. */
public final class ScalarRowCopies {

    private ScalarRowCopies() {}

    public static void copy(
            MemorySegment from, long fromBytes, long fromRow, MemorySegment to, long toBytes, long toRow, int rows,
            int columns) {
        for (int row = 0; row < rows; row++) {
            MemorySegment.copy(
                    from, fromBytes + row * fromRow, to, toBytes + row * toRow, (long) columns * Float.BYTES);
        }
    }
}
