package dev.gatun.engine.gemm;

import dev.gatun.memory.FloatSource;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Rows of a weight on their way between the public matrix and the packed place, some at a time. A row of a strip is a piece of
 * a row of the matrix; pieces are moved between arrays, for until it is compiled a copy of a segment takes a microsecond however
 * short it is.
 */
final class PackedRows {

    /** Floats that go at a time, unless one row has more: enough that copies of segments do not count, and they stay in a cache. */
    private static final int FLOATS = 120 << 10;

    private final WeightLayout layout;
    private final Strips strips;
    private final int columns;
    private final int most;
    private final float[] plain;
    private final float[] strip;
    private final MemorySegment plainMemory;
    private final MemorySegment stripMemory;
    /** Of each strip, asked of the layout once: it counts through its gates. */
    private final int[] firstColumns;
    private final int[] widths;

    PackedRows(WeightLayout layout) {
        this.layout = layout;
        this.strips = layout.strips();
        this.columns = layout.columns();
        this.most = Math.clamp(FLOATS / Math.max(1, columns), 1, Math.max(1, layout.rows()));
        this.plain = new float[most * columns];
        this.strip = new float[most * Strips.WIDTH];
        this.plainMemory = MemorySegment.ofArray(plain);
        this.stripMemory = MemorySegment.ofArray(strip);
        this.firstColumns = new int[strips.count()];
        this.widths = new int[strips.count()];
        for (int i = 0; i < firstColumns.length; i++) {
            firstColumns[i] = layout.firstColumn(i);
            widths[i] = layout.columnsOf(i);
        }
    }

    void pack(Tensor matrix, MemorySegment packed, long packedBytes) {
        for (int first = 0; first < layout.rows(); first += most) {
            int rows = rowsFrom(first);
            for (int row = 0; row < rows; row++) {
                for (int part = 0; part < parts(matrix); part++) {
                    MemorySegment.copy(matrix.segment(), partBytes(matrix, first + row, part), plainMemory,
                            plainBytes(row) + part * width(matrix), width(matrix));
                }
            }
            gather(first, rows, packed, packedBytes);
        }
    }

    /** Rows that nobody else has taken, until none are left. */
    void pack(FloatSource matrix, AtomicLong next, MemorySegment packed, long packedBytes) throws IOException {
        for (long row = next.getAndAdd(most); row < layout.rows(); row = next.getAndAdd(most)) {
            int first = (int) row;
            int rows = rowsFrom(first);
            matrix.read((long) first * columns, plain, rows * columns);
            gather(first, rows, packed, packedBytes);
        }
    }

    void unpack(MemorySegment packed, long packedBytes, Tensor matrix) {
        for (int first = 0; first < layout.rows(); first += most) {
            int rows = rowsFrom(first);
            spread(first, rows, packed, packedBytes);
            for (int row = 0; row < rows; row++) {
                for (int part = 0; part < parts(matrix); part++) {
                    MemorySegment.copy(plainMemory, plainBytes(row) + part * width(matrix), matrix.segment(),
                            partBytes(matrix, first + row, part), width(matrix));
                }
            }
        }
    }

    private int rowsFrom(int first) {
        return Math.min(most, layout.rows() - first);
    }

    private void gather(int first, int rows, MemorySegment packed, long packedBytes) {
        for (int i = 0; i < widths.length; i++) {
            gather(i, rows);
            MemorySegment.copy(stripMemory, 0, packed, piece(packedBytes, i, first), rows * Strips.ROW_BYTES);
        }
    }

    /** Into one strip, with zeros behind its last column. A method of its own, which is compiled sooner than a loop in a loop. */
    private void gather(int index, int rows) {
        int column = firstColumns[index];
        int count = widths[index];
        if (count < Strips.WIDTH) {
            Arrays.fill(strip, 0f);
        }
        for (int row = 0; row < rows; row++) {
            System.arraycopy(plain, row * columns + column, strip, row * Strips.WIDTH, count);
        }
    }

    private void spread(int first, int rows, MemorySegment packed, long packedBytes) {
        for (int i = 0; i < widths.length; i++) {
            MemorySegment.copy(packed, piece(packedBytes, i, first), stripMemory, 0, rows * Strips.ROW_BYTES);
            spread(i, rows);
        }
    }

    private void spread(int index, int rows) {
        int column = firstColumns[index];
        int count = widths[index];
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
