package dev.gatun.engine.gemm;

import java.lang.foreign.MemorySegment;

/**
 * Row-major numbers in native memory: what kernels read and write. Made when a plan is made, never in a loop.
 *
 * @param segment   native memory
 * @param baseBytes byte offset of row 0
 * @param rowBytes  bytes from one row to the next; 0 repeats one row (a bias)
 */
public record Rows(MemorySegment segment, long baseBytes, long rowBytes) {

    public long at(long row) {
        return baseBytes + row * rowBytes;
    }

    /** The same rows counted from a later one. */
    public Rows from(long row) {
        return new Rows(segment, at(row), rowBytes);
    }
}
