package dev.gatun.engine.kernel.scalar;

import java.lang.foreign.MemorySegment;

/**
 * Rows of floats between native memory and the arrays that twins work on. Rows that lie one behind the other go in one copy:
 * until it is compiled, a copy of a segment takes a microsecond however short it is, and there would be a hundred thousand of
 * them in a first prediction.
 */
final class HeapRows {

    private HeapRows() {}

    /** @param rowBytes bytes from row to row in {@code from}; 0 repeats one row */
    static void read(MemorySegment from, long at, long rowBytes, float[] to, int first, int length, int rows) {
        MemorySegment memory = MemorySegment.ofArray(to);
        long begin = (long) first * Float.BYTES;
        long bytes = (long) length * Float.BYTES;
        if (rowBytes == bytes || rows == 1) {
            MemorySegment.copy(from, at, memory, begin, bytes * rows);
        } else if (rowBytes == 0) {
            MemorySegment.copy(from, at, memory, begin, bytes);
            for (int row = 1; row < rows; row++) {
                System.arraycopy(to, first, to, first + row * length, length);
            }
        } else {
            for (int row = 0; row < rows; row++) {
                MemorySegment.copy(from, at + row * rowBytes, memory, begin + row * bytes, bytes);
            }
        }
    }

    /** @param rowBytes bytes from row to row in {@code to} */
    static void write(float[] from, int first, MemorySegment to, long at, long rowBytes, int length, int rows) {
        MemorySegment memory = MemorySegment.ofArray(from);
        long begin = (long) first * Float.BYTES;
        long bytes = (long) length * Float.BYTES;
        if (rowBytes == bytes || rows == 1) {
            MemorySegment.copy(memory, begin, to, at, bytes * rows);
        } else {
            for (int row = 0; row < rows; row++) {
                MemorySegment.copy(memory, begin + row * bytes, to, at + row * rowBytes, bytes);
            }
        }
    }
}
