package dev.gatun.layers.train;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.RowsView;

/** One number of a row of predictions, targets, weights or gradients; read as double, written as float. */
final class RowCell {

    private RowCell() {}

    static double get(RowsView rows, int row, int column) {
        return rows.segment().get(JAVA_FLOAT, rows.at(row) + (long) column * Float.BYTES);
    }

    static void set(RowsView rows, int row, int column, double value) {
        rows.segment().set(JAVA_FLOAT, rows.at(row) + (long) column * Float.BYTES, (float) value);
    }

    /** The weight of a row: what the user gave, or 1. */
    static double weight(RowsView weights, int row) {
        return weights == null ? 1 : get(weights, row, 0);
    }
}
