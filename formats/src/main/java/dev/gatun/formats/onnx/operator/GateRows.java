package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;

/**
 * Weights of one direction, as ONNX has them: a row for each unit of each gate. They are turned once, so that a product goes
 * along the gates, which lie behind each other.
 */
final class GateRows {

    private final double[] turned;
    private final int width;

    /** @param weights [directions, gates * units, inner] */
    GateRows(NumberArray weights, int direction) {
        this.width = weights.size(1);
        int inner = weights.size(2);
        this.turned = new double[width * inner];
        for (int row = 0; row < width; row++) {
            for (int k = 0; k < inner; k++) {
                turned[k * width + row] = weights.number((direction * width + row) * inner + k);
            }
        }
    }

    /** Adds the products of a vector with the rows from one on to what stands in {@code into}. */
    void add(double[] vector, int start, int inner, int firstRow, int rows, double[] into, int at) {
        for (int k = 0; k < inner; k++) {
            double by = vector[start + k];
            int from = k * width + firstRow;
            for (int row = 0; row < rows; row++) {
                into[at + row] += by * turned[from + row];
            }
        }
    }
}
