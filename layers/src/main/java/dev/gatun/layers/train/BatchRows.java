package dev.gatun.layers.train;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.memory.check.Arguments;
import java.lang.foreign.MemorySegment;

/**
 * Rows of floats of one batch, as losses and metrics see them: predictions, targets, weights or gradients. A row is a sample,
 * or one time step of a sample; rows of one batch stand in the same order in all of them. Numbers are read as double and
 * written as float.
 */
public final class BatchRows {

    private final MemorySegment segment;
    private final long baseBytes;
    private final long rowBytes;
    private final int count;
    private final int columns;

    private BatchRows(MemorySegment segment, long baseBytes, long rowBytes, int count, int columns) {
        this.segment = segment;
        this.baseBytes = baseBytes;
        this.rowBytes = rowBytes;
        this.count = count;
        this.columns = columns;
    }

    /**
     * Rows that lie in memory.
     *
     * @param segment   holds them, not copied
     * @param baseBytes where the first row begins, a multiple of 4
     * @param rowBytes  from one row to the next, a multiple of 4
     * @param count     how many rows
     * @param columns   numbers in a row
     * @return a view of the memory
     * @throws IndexOutOfBoundsException if the memory ends before the last of them
     */
    public static BatchRows of(MemorySegment segment, long baseBytes, long rowBytes, int count, int columns) {
        Arguments.required(segment, "BatchRows.of", "segment", "the memory that holds the rows");
        long width = (long) columns * Float.BYTES;
        long needed = count == 0 ? baseBytes : baseBytes + (count - 1) * rowBytes + width;
        if (baseBytes < 0 || count < 0 || columns < 0 || rowBytes < width || needed > segment.byteSize()) {
            throw new IndexOutOfBoundsException("BatchRows.of: " + count + " rows of " + columns + " floats, "
                    + rowBytes + " bytes apart from byte " + baseBytes + " on, do not lie in " + segment.byteSize()
                    + " bytes; give memory that holds them, and sizes that are not negative");
        }
        return new BatchRows(segment, baseBytes, rowBytes, count, columns);
    }

    /**
     * Rows of one's own, for example to try a loss.
     *
     * @param values one array for each row, of one length; copied
     * @return as many rows
     * @throws IllegalArgumentException if the arrays differ in length
     */
    public static BatchRows of(float[][] values) {
        Arguments.all(values, "BatchRows.of", "values", "an array for each row");
        int columns = values.length == 0 ? 0 : values[0].length;
        float[] packed = new float[Math.multiplyExact(values.length, columns)];
        for (int row = 0; row < values.length; row++) {
            if (values[row].length != columns) {
                throw new IllegalArgumentException("BatchRows.of: row " + row + " has " + values[row].length
                        + " numbers, the first " + columns + "; give rows of one length");
            }
            System.arraycopy(values[row], 0, packed, row * columns, columns);
        }
        return of(MemorySegment.ofArray(packed), 0, (long) columns * Float.BYTES, values.length, columns);
    }

    /** {@return how many rows there are} */
    public int count() {
        return count;
    }

    /** {@return how many numbers a row has} */
    public int columns() {
        return columns;
    }

    /**
     * Reads a number.
     *
     * @param row    counted from 0
     * @param column counted from 0
     * @return the number
     * @throws IndexOutOfBoundsException if there is no such row or column
     */
    public double get(int row, int column) {
        return segment.get(JAVA_FLOAT, at(row, column));
    }

    /**
     * Writes a number.
     *
     * @param row    counted from 0
     * @param column counted from 0
     * @param value  rounded to float
     * @throws IndexOutOfBoundsException if there is no such row or column
     */
    public void set(int row, int column, double value) {
        segment.set(JAVA_FLOAT, at(row, column), (float) value);
    }

    private long at(int row, int column) {
        if (row < 0 || row >= count || column < 0 || column >= columns) {
            throw new IndexOutOfBoundsException("There is no row " + row + ", column " + column + " in " + count
                    + " rows of " + columns + " columns; both are counted from 0");
        }
        return baseBytes + row * rowBytes + (long) column * Float.BYTES;
    }

    /** Copies a packed row in. */
    void load(int row, MemorySegment from, long fromBytes) {
        MemorySegment.copy(from, fromBytes, segment, at(row, 0), (long) columns * Float.BYTES);
    }

    /** Sets all numbers to 0. */
    void clear() {
        for (int row = 0; row < count; row++) {
            clear(row);
        }
    }

    /** Sets all numbers of a row to 0. */
    void clear(int row) {
        for (int column = 0; column < columns; column++) {
            set(row, column, 0);
        }
    }
}
