package dev.gatun.formats.onnx.operator;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.LeadingDimension;
import dev.gatun.engine.gemm.Product;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.start.KernelWarmUp;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The product of a matrix {@code [rows, inner]} and one of {@code [inner, columns]}, both row-major within arrays. Floats are
 * multiplied by the engine if there is enough of them to pack, every number as one chain of fma from 0 over increasing inner
 * indices; so are few of them, by a loop with the same bits. Doubles are summed as such, whole numbers wrap at 64 bits.
 */
final class MatrixProduct {

    private static final long ALIGNMENT = 64;
    /** Fewer rows than these do not pay for packing the matrix that they are multiplied with. */
    private static final int LEAST_ROWS = 4;
    private static final long LEAST_PRODUCTS = 1 << 14;
    private static final int ROWS_AT_A_TIME = 240;

    private final int rows;
    private final int inner;
    private final int columns;

    /**
     * For matrices of these sizes.
     *
     * @param rows    of the first one and of the product
     * @param inner   columns of the first one, rows of the other
     * @param columns of the other one and of the product
     */
    MatrixProduct(int rows, int inner, int columns) {
        this.rows = rows;
        this.inner = inner;
        this.columns = columns;
    }

    /**
     * Writes the product.
     *
     * @param a      {@code float[]}, {@code double[]} or {@code long[]}
     * @param aStart where its matrix begins
     * @param b      of the same kind
     * @param bStart where its matrix begins
     * @param into   of the same kind
     * @param start  where the product begins
     */
    void write(Object a, int aStart, Object b, int bStart, Object into, int start) {
        switch (a) {
            case float[] floats -> floats(floats, aStart, (float[]) b, bStart, (float[]) into, start);
            case double[] doubles -> doubles(doubles, aStart, (double[]) b, bStart, (double[]) into, start);
            case long[] longs -> longs(longs, aStart, (long[]) b, bStart, (long[]) into, start);
            default -> throw new IllegalArgumentException("it multiplies booleans, expected numbers");
        }
    }

    private void floats(float[] a, int aStart, float[] b, int bStart, float[] into, int start) {
        if (rows >= LEAST_ROWS && (long) rows * inner * columns >= LEAST_PRODUCTS) {
            packed(a, aStart, b, bStart, into, start);
            return;
        }
        for (int row = 0; row < rows; row++) {
            Interruption.check();
            int target = start + row * columns;
            for (int k = 0; k < inner; k++) {
                float by = a[aStart + row * inner + k];
                int from = bStart + k * columns;
                for (int column = 0; column < columns; column++) {
                    into[target + column] = Math.fma(by, b[from + column], into[target + column]);
                }
            }
        }
    }

    private void packed(float[] a, int aStart, float[] b, int bStart, float[] into, int start) {
        try (Arena arena = Arena.ofConfined()) {
            write(a, aStart, packed(b, bStart, arena), into, start);
        }
    }

    /** The other matrix in the order in which the engine reads it. */
    MemorySegment packed(float[] b, int bStart, Arena arena) {
        Strips strips = strips();
        MemorySegment packed = arena.allocate(Math.max(ALIGNMENT, strips.bytes()), ALIGNMENT);
        for (int strip = 0; strip < strips.count(); strip++) {
            int column = strip * Strips.WIDTH;
            int width = Math.min(Strips.WIDTH, columns - column);
            for (int k = 0; k < inner; k++) {
                MemorySegment.copy(b, bStart + k * columns + column, packed, JAVA_FLOAT,
                        strips.at(strip) + k * Strips.ROW_BYTES, width);
            }
        }
        return packed;
    }

    /** Whether it pays to keep the other matrix packed, if it is the same in every run. */
    boolean isWorthPacking() {
        return rows > 0 && (long) inner * columns >= LEAST_PRODUCTS;
    }

    private Strips strips() {
        return new Strips(inner, Strips.padded(columns));
    }

    /** @param packed the other matrix, by {@link #packed} */
    void write(float[] a, int aStart, MemorySegment packed, float[] into, int start) {
        KernelWarmUp.begin();
        Strips strips = strips();
        try (Arena arena = Arena.ofConfined()) {
            RowsView left = rows(arena, rows, inner);
            RowsView made = rows(arena, rows, strips.columns());
            for (int row = 0; row < rows; row++) {
                MemorySegment.copy(a, aStart + row * inner, left.segment(), JAVA_FLOAT, left.at(row), inner);
            }
            RowsView zeros = new RowsView(arena.allocate((long) strips.columns() * Float.BYTES, ALIGNMENT), 0, 0);
            Product product = new Product(left, packed, 0, strips, made, zeros);
            for (int row = 0; row < rows; row += ROWS_AT_A_TIME) {
                Interruption.check();
                product.rows(row, row, 0, Math.min(ROWS_AT_A_TIME, rows - row));
            }
            for (int row = 0; row < rows; row++) {
                MemorySegment.copy(made.segment(), JAVA_FLOAT, made.at(row), into, start + row * columns, columns);
            }
        }
        KernelWarmUp.firstRunEnded();
    }

    private static RowsView rows(Arena arena, int count, int columns) {
        long rowBytes = (long) LeadingDimension.of(columns) * Float.BYTES;
        return new RowsView(arena.allocate(Math.multiplyExact(count, rowBytes), ALIGNMENT), 0, rowBytes);
    }

    private void doubles(double[] a, int aStart, double[] b, int bStart, double[] into, int start) {
        for (int row = 0; row < rows; row++) {
            Interruption.check();
            int target = start + row * columns;
            for (int k = 0; k < inner; k++) {
                double by = a[aStart + row * inner + k];
                int from = bStart + k * columns;
                for (int column = 0; column < columns; column++) {
                    into[target + column] += by * b[from + column];
                }
            }
        }
    }

    private void longs(long[] a, int aStart, long[] b, int bStart, long[] into, int start) {
        for (int row = 0; row < rows; row++) {
            Interruption.check();
            int target = start + row * columns;
            for (int k = 0; k < inner; k++) {
                long by = a[aStart + row * inner + k];
                int from = bStart + k * columns;
                for (int column = 0; column < columns; column++) {
                    into[target + column] += by * b[from + column];
                }
            }
        }
    }
}
