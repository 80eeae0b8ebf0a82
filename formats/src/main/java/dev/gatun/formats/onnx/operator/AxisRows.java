package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A tensor as rows along some of its axes: what reduces, sorts or normalizes works on one row after another.
 *
 * @param kept    sizes of the other axes, in order
 * @param length  of a row
 * @param indices of the numbers in the tensor, row after row
 */
record AxisRows(int[] kept, int length, int[] indices) {

    /** @param axes sorted, each once */
    static AxisRows of(NumberArray array, int... axes) {
        int[] shape = array.shape();
        int[] order = IntStream.concat(
                IntStream.range(0, shape.length).filter(axis -> Arrays.binarySearch(axes, axis) < 0),
                Arrays.stream(axes)).toArray();
        int[] own = Strides.of(shape);
        int[] sizes = Arrays.stream(order).map(axis -> shape[axis]).toArray();
        int[] strides = Arrays.stream(order).map(axis -> own[axis]).toArray();
        int kept = shape.length - axes.length;
        return new AxisRows(Arrays.copyOf(sizes, kept), Strides.product(sizes, kept, sizes.length),
                Strides.indices(sizes, 0, strides));
    }

    int count() {
        return NumberArray.count(kept);
    }

    /** A row, copied. */
    void read(NumberArray array, int row, double[] into) {
        int first = row * length;
        switch (array.numbers()) {
            case float[] floats -> {
                for (int i = 0; i < length; i++) {
                    into[i] = floats[indices[first + i]];
                }
            }
            case double[] doubles -> {
                for (int i = 0; i < length; i++) {
                    into[i] = doubles[indices[first + i]];
                }
            }
            default -> {
                for (int i = 0; i < length; i++) {
                    into[i] = array.number(indices[first + i]);
                }
            }
        }
    }

    /** A row, put where it came from. */
    void write(double[] row, int index, double[] target) {
        for (int i = 0; i < length; i++) {
            target[indices[index * length + i]] = row[i];
        }
    }
}
