package dev.gatun.engine.conv;

import dev.gatun.engine.gemm.RowsView;

/**
 * What taps read.
 *
 * @param taps    how
 * @param rows    of the sequence, whole
 * @param earlier rows of the steps before its first, or null if those are zeros
 * @param zeros   a row of zeros, as long as a row of the sequence
 */
record TapRead(Taps taps, RowsView rows, RowsView earlier, RowsView zeros) {

    /** Of a group of so many columns what its taps gather. */
    TapRows group(int group, int columns, TapScratch scratch) {
        return new TapRows(taps, columns(rows, group * columns), earlier == null
                ? null
                : columns(earlier, group * columns), zeros, columns, scratch.rows());
    }

    /** Rows as they go on from a later column, whatever it is. */
    static RowsView columns(RowsView rows, int first) {
        return new RowsView(rows.segment(), rows.baseBytes() + (long) first * Float.BYTES, rows.rowBytes());
    }
}
