package dev.gatun.tests.kernels;

import dev.gatun.engine.gemm.Panels;
import dev.gatun.engine.gemm.RowsView;

/** Rows as they lie in panels: all rows of the first 64 columns, then all rows of the next. */
record PanelRows(int rows, int columns) {

    /** Numbers in all panels, the last one whole. */
    int length() {
        return (columns + Panels.PANEL - 1) / Panels.PANEL * panel();
    }

    /** Writes rows that lie whole, {@code stride} numbers apart, into panels. */
    void place(float[] whole, int stride, float[] placed) {
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int at = column / Panels.PANEL * panel() + row * Panels.PANEL + column % Panels.PANEL;
                placed[at] = whole[row * stride + column];
            }
        }
    }

    private int panel() {
        return (int) RowsView.panelFloats(rows);
    }
}
