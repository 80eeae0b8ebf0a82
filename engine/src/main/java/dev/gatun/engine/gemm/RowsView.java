package dev.gatun.engine.gemm;

import java.lang.foreign.MemorySegment;

/**
 * Rows of numbers in native memory: what kernels read and write. Made when a plan is made, never in a loop.
 *
 * <p>Usually rows lie whole. Many wide rows, of which a kernel wants 16 columns at a time, lie in strips instead: all rows of
 * the first 16 columns, then all rows of the next. Then what belongs together is one stretch of memory, not a piece of
 * 64 bytes on each of many pages.
 *
 * @param segment    native memory
 * @param baseBytes  byte offset of row 0
 * @param rowBytes   bytes from one row to the next; 0 repeats one row (a bias)
 * @param stripBytes bytes from 16 columns to the next 16; {@link #WHOLE} if rows lie whole
 */
public record RowsView(MemorySegment segment, long baseBytes, long rowBytes, long stripBytes) {

    /** Of rows that lie whole: the bytes of 16 columns. */
    public static final long WHOLE = Strips.ROW_BYTES;

    /** Rows that lie whole. */
    public RowsView(MemorySegment segment, long baseBytes, long rowBytes) {
        this(segment, baseBytes, rowBytes, WHOLE);
    }

    /** So many rows in strips, each of {@link #stripFloats}. */
    public static RowsView inStrips(MemorySegment segment, long baseBytes, int rows) {
        return new RowsView(segment, baseBytes, Strips.ROW_BYTES, stripFloats(rows) * Float.BYTES);
    }

    /** Floats from one strip of so many rows to the next. */
    public static long stripFloats(int rows) {
        return LeadingDimension.apart((long) rows * Strips.WIDTH);
    }

    /** Whether these are the same rows; a record's own equals takes a start 20 ms to make. */
    boolean isPlaceOf(RowsView other) {
        return segment == other.segment && baseBytes == other.baseBytes && rowBytes == other.rowBytes
                && stripBytes == other.stripBytes;
    }

    public boolean areWhole() {
        return stripBytes == WHOLE;
    }

    public long at(long row) {
        return baseBytes + row * rowBytes;
    }

    /** Where a row's columns {@code column ...} begin, as far as the next multiple of 16. */
    public long at(long row, int column) {
        return at(row) + column / Strips.WIDTH * stripBytes + (long) (column % Strips.WIDTH) * Float.BYTES;
    }

    /** The same rows counted from a later one, and as they go on from a later column: whole rows only, a multiple of 16. */
    public RowsView from(long row, int column) {
        return new RowsView(segment, at(row) + (long) column * Float.BYTES, rowBytes);
    }

    /** The same rows as they go on from a later 16 columns. */
    public RowsView fromStrip(int strip) {
        return new RowsView(segment, baseBytes + strip * stripBytes, rowBytes, stripBytes);
    }

    /** The same rows, of which only every so many-th 16 columns are seen, the first among them. */
    public RowsView every(int strips) {
        return new RowsView(segment, baseBytes, rowBytes, strips * stripBytes);
    }

    /** Whether the rows of 16 columns lie one after the other. */
    boolean areInStrips() {
        return !areWhole() && rowBytes == Strips.ROW_BYTES;
    }

    /** The same rows counted from a later one. */
    public RowsView from(long row) {
        return new RowsView(segment, at(row), rowBytes, stripBytes);
    }
}
