package dev.gatun.formats.keras.arrays;

import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;

/**
 * The kernel of a convolution over time. Keras 1 had it as a picture of one row: (steps, 1, features, filters), or (filters,
 * features, steps, 1) in Theano's order; and Theano's convolutions ran backwards.
 */
final class KernelArray {

    private static final int AXES = 3;

    private KernelArray() {}

    /** @param expected shape of the weight; of anything but such a kernel nothing is changed */
    static SavedArray of(SavedArray array, Shape expected, boolean flips) {
        if (expected.rank() != AXES || !array.role().equals("kernel") && array.shape().rank() != AXES + 1) {
            return array;
        }
        long[] to = expected.toArray();
        SavedArray plain = array;
        if (array.shape().equals(Shape.of(to[0], 1, to[1], to[2]))) {
            plain = array.as(expected, "without its second axis", () -> array.numbers().read().reshape(to));
        } else if (array.shape().equals(Shape.of(to[2], to[1], to[0], 1))) {
            plain = array.as(expected, "transposed", () -> transposed(array.numbers().read(), to));
        }
        SavedArray straight = plain;
        return flips && plain.shape().equals(expected)
                ? plain.as(expected, "turned round in time, as Theano's convolutions run",
                        () -> turned(straight.numbers().read(), to))
                : plain;
    }

    private static Tensor transposed(Tensor from, long[] to) {
        float[] numbers = from.toArray();
        float[] kernel = new float[numbers.length];
        int steps = (int) to[0];
        int features = (int) to[1];
        int filters = (int) to[2];
        for (int filter = 0; filter < filters; filter++) {
            for (int feature = 0; feature < features; feature++) {
                for (int step = 0; step < steps; step++) {
                    kernel[(step * features + feature) * filters + filter] = numbers[(filter * features + feature)
                            * steps + step];
                }
            }
        }
        return Tensor.of(kernel, to);
    }

    private static Tensor turned(Tensor from, long[] shape) {
        float[] numbers = from.toArray();
        float[] kernel = new float[numbers.length];
        int step = (int) (shape[1] * shape[2]);
        for (int at = 0; at < shape[0]; at++) {
            System.arraycopy(numbers, at * step, kernel, ((int) shape[0] - 1 - at) * step, step);
        }
        return Tensor.of(kernel, shape);
    }
}
