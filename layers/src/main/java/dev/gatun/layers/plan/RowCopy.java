package dev.gatun.layers.plan;

import dev.gatun.engine.block.BlockArithmetic;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import java.lang.foreign.MemorySegment;

/** Moves rows between values. */
public final class RowCopy {

    /** Copied in the place of rows that are cleared: a start needs 20 ms to set float by float. */
    private static final MemorySegment ZEROS = MemorySegment.ofArray(new float[1024]).asReadOnly();

    private RowCopy() {}

    /** {@code to[rows,columns] = from[rows,columns]}; paddings of the target stay. */
    public static void copy(RowsView from, RowsView to, int rows, int columns) {
        copyRows(from, 0, to, 0, rows, columns);
    }

    /** As {@link #copy}, from and to later rows. */
    public static void copyRows(RowsView from, long fromRow, RowsView to, long toRow, int rows, int columns) {
        for (int row = 0; row < rows; row++) {
            copyRow(from, fromRow + row, to, toRow + row, columns);
        }
    }

    public static void copyRow(RowsView from, long fromRow, RowsView to, long toRow, int columns) {
        MemorySegment.copy(from.segment(), from.at(fromRow), to.segment(), to.at(toRow), (long) columns * Float.BYTES);
    }

    /** {@code to = from} or {@code to += from} for gradients, whose paddings are zero on both sides. */
    public static void pass(RowsView from, RowsView to, boolean add, int rows, int columns) {
        for (int row = 0; row < rows; row++) {
            passRow(from, row, to, row, add, columns);
        }
    }

    /** One row of {@link #pass}. */
    public static void passRow(RowsView from, long fromRow, RowsView to, long toRow, boolean add, int columns) {
        if (!add) {
            copyRow(from, fromRow, to, toRow, columns);
        } else {
            BlockArithmetic.add(from.segment(), from.at(fromRow), to.segment(), to.at(toRow), Strips.padded(columns));
        }
    }

    /** One row {@code to *= by}; paddings of both are zero or harmless. */
    public static void multiplyRow(RowsView by, long byRow, RowsView to, long toRow, int columns) {
        BlockArithmetic.multiply(by.segment(), by.at(byRow), to.segment(), to.at(toRow), Strips.padded(columns));
    }

    /** {@code to[rows,columns] = 0}, paddings included. */
    public static void clear(RowsView to, int rows, int columns) {
        clearRows(to, 0, rows, columns);
    }

    /** As {@link #clear}, from a later row on. */
    public static void clearRows(RowsView to, long firstRow, int rows, int columns) {
        for (int row = 0; row < rows; row++) {
            clearRow(to, firstRow + row, columns);
        }
    }

    /** One row of {@link #clear}. */
    public static void clearRow(RowsView to, long row, int columns) {
        long left = (long) Strips.padded(columns) * Float.BYTES;
        for (long at = to.at(row); left > 0; at += ZEROS.byteSize()) {
            MemorySegment.copy(ZEROS, 0, to.segment(), at, Math.min(left, ZEROS.byteSize()));
            left -= ZEROS.byteSize();
        }
    }
}
