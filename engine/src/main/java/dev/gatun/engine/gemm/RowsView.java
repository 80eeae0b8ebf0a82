package dev.gatun.engine.gemm;

import java.lang.foreign.MemorySegment;

/**
 * Rows of numbers in native memory: what kernels read and write. Made when a plan is made, never in a loop.
 *
 * <p>Usually rows lie whole. Many wide rows, of which a kernel wants 64 columns at a time, lie in panels instead: all rows of
 * the first 64 columns, then all rows of the next. Then what belongs together is one stretch of memory, not a piece of
 * 256 bytes on each of many pages.
 *
 * @param segment    native memory
 * @param baseBytes  byte offset of row 0
 * @param rowBytes   bytes from one row to the next; 0 repeats one row (a bias)
 * @param panelBytes bytes from 64 columns to the next 64; {@link #WHOLE} if rows lie whole
 */
public record RowsView(MemorySegment segment, long baseBytes, long rowBytes, long panelBytes) {

    /** Of rows that lie whole: the bytes of 64 columns. */
    public static final long WHOLE = (long) Panels.PANEL * Float.BYTES;

    /** Rows that lie whole. */
    public RowsView(MemorySegment segment, long baseBytes, long rowBytes) {
        this(segment, baseBytes, rowBytes, WHOLE);
    }

    /** So many rows in panels, each of {@link #panelFloats}. */
    public static RowsView inPanels(MemorySegment segment, long baseBytes, int rows) {
        return new RowsView(segment, baseBytes, WHOLE, panelFloats(rows) * Float.BYTES);
    }

    /** Floats from one panel of so many rows to the next. */
    public static long panelFloats(int rows) {
        return LeadingDimension.apart((long) rows * Panels.PANEL);
    }

    public boolean areWhole() {
        return panelBytes == WHOLE;
    }

    public long at(long row) {
        return baseBytes + row * rowBytes;
    }

    /** Where a row's columns {@code column ...} begin, as far as the next multiple of 64. */
    public long at(long row, int column) {
        return at(row) + column / Panels.PANEL * panelBytes + (long) (column % Panels.PANEL) * Float.BYTES;
    }

    /** The same rows counted from a later one, and as they go on from a later column: whole rows only, a multiple of 16. */
    public RowsView from(long row, int column) {
        return new RowsView(segment, at(row) + (long) column * Float.BYTES, rowBytes);
    }

    /** The same rows counted from a later one. */
    public RowsView from(long row) {
        return new RowsView(segment, at(row), rowBytes, panelBytes);
    }
}
