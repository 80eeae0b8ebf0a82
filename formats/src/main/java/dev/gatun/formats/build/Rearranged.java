package dev.gatun.formats.build;

/** Row-major numbers in another order, as other engines have them. */
public final class Rearranged {

    /** A tile of both matrices stays in the first cache. */
    private static final int TILE = 32;

    private Rearranged() {}

    /**
     * A matrix with rows and columns exchanged.
     *
     * @param values  [R,C]
     * @param rows    R
     * @param columns C
     * @return [C,R]
     */
    public static float[] transposed(float[] values, int rows, int columns) {
        float[] result = new float[values.length];
        for (int firstRow = 0; firstRow < rows; firstRow += TILE) {
            int endRow = Math.min(rows, firstRow + TILE);
            for (int firstColumn = 0; firstColumn < columns; firstColumn += TILE) {
                int endColumn = Math.min(columns, firstColumn + TILE);
                for (int row = firstRow; row < endRow; row++) {
                    for (int column = firstColumn; column < endColumn; column++) {
                        result[column * rows + row] = values[row * columns + column];
                    }
                }
            }
        }
        return result;
    }

    /**
     * Blocks of equal size in another order.
     *
     * @param values one block after the other
     * @param order  for each block of the result, the number it has in {@code values}
     * @return the blocks in that order
     */
    public static float[] blocks(float[] values, int... order) {
        float[] result = new float[values.length];
        int size = values.length / order.length;
        for (int block = 0; block < order.length; block++) {
            System.arraycopy(values, order[block] * size, result, block * size, size);
        }
        return result;
    }

    /**
     * An array of three axes with the first and the last exchanged: kernels of convolutions.
     *
     * @param values [A,B,C]
     * @param first  A
     * @param middle B
     * @param last   C
     * @return [C,B,A]
     */
    public static float[] reversedAxes(float[] values, int first, int middle, int last) {
        float[] result = new float[values.length];
        for (int a = 0; a < first; a++) {
            for (int b = 0; b < middle; b++) {
                for (int c = 0; c < last; c++) {
                    result[(c * middle + b) * first + a] = values[(a * middle + b) * last + c];
                }
            }
        }
        return result;
    }

    /**
     * The sum of two biases. Where one is zero the other keeps its bits, those of a negative zero too.
     *
     * @param one   [N]
     * @param other [N]
     * @return [N]
     */
    public static float[] sum(float[] one, float[] other) {
        float[] result = new float[one.length];
        for (int i = 0; i < one.length; i++) {
            result[i] = other[i] == 0 ? one[i] : one[i] + other[i];
        }
        return result;
    }
}
