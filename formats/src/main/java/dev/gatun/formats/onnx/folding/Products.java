package dev.gatun.formats.onnx.folding;

import dev.gatun.formats.onnx.graph.NumberArray;

/** Products of numbers that a graph brings with it, summed in float64. */
public final class Products {

    private static final long MOST_PRODUCTS = 1L << 26;

    private Products() {}

    /** @param rows [..., K] */
    public static NumberArray of(NumberArray rows, NumberArray matrix) {
        int depth = rows.rank() == 0 ? 0 : rows.size(rows.rank() - 1);
        if (depth == 0 || matrix.rank() != 2 || matrix.size(0) != depth) {
            throw new IllegalArgumentException("multiplies numbers of shapes " + rows + " and " + matrix);
        }
        int width = matrix.size(1);
        int[] shape = rows.shape();
        shape[shape.length - 1] = width;
        Folding.requireModest(shape);
        if ((long) rows.count() * width > MOST_PRODUCTS) {
            throw new IllegalArgumentException("multiplies numbers of shapes " + rows + " and " + matrix
                    + ", which takes more than " + MOST_PRODUCTS + " products while the file is read");
        }
        float[] made = new float[NumberArray.count(shape)];
        for (int i = 0; i < made.length; i++) {
            double sum = 0;
            for (int k = 0; k < depth; k++) {
                sum += rows.number(i / width * depth + k) * matrix.number(k * width + i % width);
            }
            made[i] = (float) sum;
        }
        return NumberArray.floats(shape, made);
    }
}
