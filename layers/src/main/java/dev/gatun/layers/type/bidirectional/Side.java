package dev.gatun.layers.type.bidirectional;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.Value;
import java.lang.foreign.MemorySegment;

/**
 * One half of a Bidirectional and the place of it in what is made of both.
 *
 * @param x       rows of the half
 * @param dx      their gradient; null if none is wanted or there is none
 * @param add     whether it already holds something to add to
 * @param y       rows of what is made
 * @param dy      their gradient, with dx
 * @param columns features of the half
 * @param offset  bytes of a row of y before the half's place
 */
record Side(RowsView x, RowsView dx, boolean add, RowsView y, RowsView dy, int columns, long offset) {

    static Side of(Value half, Value made, int columnsBefore, MemorySegment w) {
        boolean goesBack = half.requiresGradient() && made.requiresGradient() && made.hasGradient();
        boolean add = goesBack && half.claimGradient();
        return new Side(half.rows(w), goesBack ? half.gradient(w) : null, add, made.rows(w),
                goesBack ? made.gradient(w) : null, half.columns(), (long) columnsBefore * Float.BYTES);
    }

    float number(long row, int column) {
        return x.segment().get(JAVA_FLOAT, x.at(row) + (long) column * Float.BYTES);
    }

    void put(long row, int column, float value) {
        y.segment().set(JAVA_FLOAT, y.at(row) + offset + (long) column * Float.BYTES, value);
    }

    /** A row of the half to its place. */
    void place(long own, long row) {
        MemorySegment.copy(x.segment(), x.at(own), y.segment(), y.at(row) + offset, (long) columns * Float.BYTES);
    }

    /** Zeros in its place. */
    void clear(long row) {
        for (int column = 0; column < columns; column++) {
            put(row, column, 0f);
        }
    }

    /** The gradient of a row of the half: that of its place, times a part. */
    void give(long own, long row, float part) {
        for (int column = 0; dx != null && column < columns; column++) {
            give(own, column, part * gradient(row, column));
        }
    }

    /** The same where both halves were multiplied. */
    void giveProduct(long own, long row, Side other, long otherRow) {
        for (int column = 0; dx != null && column < columns; column++) {
            give(own, column, other.number(otherRow, column) * gradient(row, column));
        }
    }

    /** The gradient of a row whose step does not count. */
    void giveNothing(long own) {
        if (dx != null && !add) {
            RowCopy.clearRow(dx, own, columns);
        }
    }

    private float gradient(long row, int column) {
        return dy.segment().get(JAVA_FLOAT, dy.at(row) + offset + (long) column * Float.BYTES);
    }

    private void give(long own, int column, float gradient) {
        long at = dx.at(own) + (long) column * Float.BYTES;
        dx.segment().set(JAVA_FLOAT, at, add ? dx.segment().get(JAVA_FLOAT, at) + gradient : gradient);
    }
}
