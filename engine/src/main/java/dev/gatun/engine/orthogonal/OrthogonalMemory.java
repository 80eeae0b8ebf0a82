package dev.gatun.engine.orthogonal;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.LeadingDimension;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.memory.TensorArena;
import java.lang.foreign.MemorySegment;

/**
 * What the reflections work on, made for one matrix and reused by all its blocks.
 *
 * @param rows          of the matrix, at most as many as columns
 * @param columns       of the matrix
 * @param segment       all of it
 * @param matrix        the rows that become orthonormal; unit vectors at first
 * @param vectors       the vectors of a block as rows
 * @param projected     the matrix times the vectors
 * @param weighed       that times -T^T
 * @param gram          the vectors' products with each other
 * @param zeros         start values of products
 * @param columnsBytes  where the vectors are packed as columns
 * @param rowsBytes     where they are packed as rows
 * @param triangleBytes where -T^T is packed
 * @param signs         R's signs, one for each row
 */
record OrthogonalMemory(
        int rows, int columns, MemorySegment segment, RowsView matrix, RowsView vectors, RowsView projected,
        RowsView weighed,
        RowsView gram,
        RowsView zeros, long columnsBytes, long rowsBytes, long triangleBytes, float[] signs) {

    static OrthogonalMemory of(int rows, int columns, TensorArena arena) {
        int length = Strips.padded(columns);
        int size = Math.min(ReflectionBlock.SIZE, Strips.padded(rows));
        long wide = LeadingDimension.of(length);
        long narrow = LeadingDimension.of(size);
        long[] floats = {
            rows * wide, size * wide, rows * narrow, rows * narrow, size * narrow, narrow, (long) size * length,
            (long) size * length, (long) size * size};
        long[] starts = new long[floats.length + 1];
        for (int i = 0; i < floats.length; i++) {
            starts[i + 1] = starts[i] + floats[i] * Float.BYTES;
        }
        MemorySegment segment = arena.allocate(starts[floats.length], "orthogonal matrix");
        RowsView matrix = new RowsView(segment, starts[0], wide * Float.BYTES);
        for (int row = 0; row < rows; row++) {
            segment.set(JAVA_FLOAT, matrix.at(row, row), 1);
        }
        return new OrthogonalMemory(
                rows, columns, segment, matrix, new RowsView(segment, starts[1], wide * Float.BYTES),
                new RowsView(segment, starts[2], narrow * Float.BYTES),
                new RowsView(segment, starts[3], narrow * Float.BYTES),
                new RowsView(segment, starts[4], narrow * Float.BYTES), new RowsView(segment, starts[5], 0), starts[6],
                starts[7], starts[8], new float[rows]);
    }

    /** Numbers of a row with its padding: a multiple of 16. */
    int length() {
        return Strips.padded(columns);
    }
}
