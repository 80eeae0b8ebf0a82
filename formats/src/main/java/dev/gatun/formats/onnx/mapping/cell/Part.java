package dev.gatun.formats.onnx.mapping.cell;

/**
 * Columns of a matrix, which is not copied.
 *
 * @param kernel  row after row; null for the matrix that leaves its factor as it is
 * @param stride  of its rows
 * @param rows    how many, from {@code top} on; of a null kernel how many there must be at least
 * @param top     the first row
 * @param left    the first column
 * @param factor  of all numbers
 */
public record Part(float[] kernel, int stride, int rows, int top, int left, double factor) {

    static Part ofAll(int rows) {
        return new Part(null, 0, rows, 0, 0, 1);
    }

    Part cut(int from, int count) {
        return new Part(kernel, stride, kernel == null ? Math.max(rows, left + from + count) : rows, top, left + from,
                factor);
    }

    Part scaled(double by) {
        return new Part(kernel, stride, rows, top, left, factor * by);
    }

    /** Some of the rows, of a factor that is made of parts. */
    Part of(int first, int count) {
        return new Part(kernel, stride, count, top + first, left, factor);
    }

    double at(int row, int column) {
        return factor * (kernel != null ? kernel[(top + row) * stride + left + column] : row == left + column ? 1 : 0);
    }

    /** Whether both have the same numbers in so many columns. */
    boolean isEqual(Part other, int columns) {
        if (rows != other.rows) {
            return false;
        }
        boolean isSame = kernel == other.kernel && stride == other.stride && top == other.top && left == other.left
                && factor == other.factor;
        for (int row = 0; row < rows && !isSame; row++) {
            for (int column = 0; column < columns; column++) {
                if (at(row, column) != other.at(row, column)) {
                    return false;
                }
            }
        }
        return true;
    }
}
