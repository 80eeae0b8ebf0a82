package dev.gatun.engine.gemm;

import dev.gatun.engine.kernel.TilePlaces;

/**
 * The packed layout of a matrix {@code [K,N]} as the right side of a product: strips of 16 columns, each stored
 * {@code [K][16]}, one after the other. A tile reads its strips from beginning to end, which the hardware foresees. The layout
 * does not depend on the vector width, so neither do files, sums over parameters, nor results.
 *
 * @param depth   K, rows of the matrix
 * @param columns N, a multiple of 16 (pad with zeros)
 */
public record Strips(int depth, int columns) {

    /** Columns of a strip: the widest vector. */
    public static final int WIDTH = 16;
    /** Bytes of a row of a strip. */
    public static final long ROW_BYTES = TilePlaces.STRIP_ROW;

    public Strips {
        if (depth < 0 || columns < 0 || columns % WIDTH != 0) {
            throw new IllegalArgumentException(
                    "Strips need columns in multiples of 16, got " + depth + " x " + columns);
        }
    }

    /** The next multiple of 16. */
    public static int padded(int columns) {
        return Math.addExact(columns, WIDTH - 1) & -WIDTH;
    }

    /** How many strips there are. */
    public int count() {
        return columns / WIDTH;
    }

    /** Bytes of a strip. */
    public long stripBytes() {
        return depth * ROW_BYTES;
    }

    /** Byte offset of a strip in the packed matrix. */
    public long at(int strip) {
        return strip * stripBytes();
    }

    /** Element index of a matrix element in the packed matrix. */
    public long index(int row, int column) {
        return ((long) (column / WIDTH) * depth + row) * WIDTH + column % WIDTH;
    }

    public long elements() {
        return (long) depth * columns;
    }

    public long bytes() {
        return elements() * Float.BYTES;
    }
}
