package dev.gatun.tests.kernels;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;

/** Rows as they lie in strips: all rows of the first 16 columns, then all rows of the next. */
record StripRows(int rows, int columns) {

    /** Numbers in all strips. */
    int length() {
        return columns / Strips.WIDTH * strip();
    }

    /** Writes rows that lie whole, {@code stride} numbers apart, into strips. */
    void place(float[] whole, int stride, float[] placed) {
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int at = column / Strips.WIDTH * strip() + row * Strips.WIDTH + column % Strips.WIDTH;
                placed[at] = whole[row * stride + column];
            }
        }
    }

    private int strip() {
        return (int) RowsView.stripFloats(rows);
    }
}
