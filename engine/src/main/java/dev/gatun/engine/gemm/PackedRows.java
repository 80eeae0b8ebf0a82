package dev.gatun.engine.gemm;

import dev.gatun.memory.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Rows of a weight on their way between the public matrix and the packed place, some at a time. A row of a strip is a piece of
 * a row of the matrix; pieces are moved between arrays, for until it is compiled a copy of a segment takes a microsecond however
 * short it is.
 */
final class PackedRows {

    /** Floats that go at a time, unless one row has more. */
    private static final int FLOATS = 1 << 15;

    private final WeightLayout layout;
    private final Strips strips;
    private final int columns;
    private final int most;
    private final float[] plain;
    private final float[] strip;
    private final MemorySegment plainMemory;
    private final MemorySegment stripMemory;

    PackedRows(WeightLayout layout) {
        this.layout = layout;
        this.strips = layout.strips();
        this.columns = layout.columns();
        this.most = Math.clamp(FLOATS / Math.max(1, columns), 1, Math.max(1, layout.rows()));
        this.plain = new float[most * columns];
        this.strip = new float[most * Strips.WIDTH];
        this.plainMemory = MemorySegment.ofArray(plain);
        this.stripMemory = MemorySegment.ofArray(strip);
    }

    void pack(Tensor matrix, MemorySegment packed, long packedBytes) {
        for (int first = 0; first < layout.rows(); first += most) {
            int rows = Math.min(most, layout.rows() - first);
            for (int row = 0; row < rows; row++) {
                for (int part = 0; part < parts(matrix); part++) {
                    MemorySegment.copy(matrix.segment(), partBytes(matrix, first + row, part), plainMemory,
                            plainBytes(row) + part * width(matrix), width(matrix));
                }
            }
            for (int i = 0; i < strips.count(); i++) {
                gather(i, rows);
                MemorySegment.copy(stripMemory, 0, packed, piece(packedBytes, i, first), rows * Strips.ROW_BYTES);
            }
        }
    }

    void unpack(MemorySegment packed, long packedBytes, Tensor matrix) {
        for (int first = 0; first < layout.rows(); first += most) {
            int rows = Math.min(most, layout.rows() - first);
            for (int i = 0; i < strips.count(); i++) {
                MemorySegment.copy(packed, piece(packedBytes, i, first), stripMemory, 0, rows * Strips.ROW_BYTES);
                spread(i, rows);
            }
            for (int row = 0; row < rows; row++) {
                for (int part = 0; part < parts(matrix); part++) {
                    MemorySegment.copy(plainMemory, plainBytes(row) + part * width(matrix), matrix.segment(),
                            partBytes(matrix, first + row, part), width(matrix));
                }
            }
        }
    }

    /** Into one strip, with zeros behind its last column. */
    private void gather(int index, int rows) {
        int column = layout.firstColumn(index);
        int count = layout.columnsOf(index);
        if (count < Strips.WIDTH) {
            Arrays.fill(strip, 0f);
        }
        for (int row = 0; row < rows; row++) {
            System.arraycopy(plain, row * columns + column, strip, row * Strips.WIDTH, count);
        }
    }

    private void spread(int index, int rows) {
        int column = layout.firstColumn(index);
        int count = layout.columnsOf(index);
        for (int row = 0; row < rows; row++) {
            System.arraycopy(strip, row * Strips.WIDTH, plain, row * columns + column, count);
        }
    }

    private long plainBytes(int row) {
        return (long) row * columns * Float.BYTES;
    }

    /** How many rows of a tensor are one of the layout: more than one of a tensor whose last axes are the columns together. */
    private int parts(Tensor matrix) {
        return Math.toIntExact(columns / Math.max(1, matrix.columns()));
    }

    private long partBytes(Tensor matrix, int row, int part) {
        return matrix.baseBytes() + ((long) row * parts(matrix) + part) * matrix.rowBytes();
    }

    private static long width(Tensor matrix) {
        return matrix.columns() * Float.BYTES;
    }

    private long piece(long bytes, int strip, int row) {
        return bytes + strips.at(strip) + row * Strips.ROW_BYTES;
    }
}
