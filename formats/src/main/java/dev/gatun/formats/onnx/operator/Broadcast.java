package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import java.util.Arrays;

/** How shapes meet: from their last axes on, sizes are equal or one of them is 1. */
final class Broadcast {

    private Broadcast() {}

    /** @throws IllegalArgumentException if the shapes do not fit each other */
    static int[] shape(int[] first, int[] other) {
        int[] shape = new int[Math.max(first.length, other.length)];
        for (int back = 1; back <= shape.length; back++) {
            int a = back > first.length ? 1 : first[first.length - back];
            int b = back > other.length ? 1 : other[other.length - back];
            if (a != b && a != 1 && b != 1) {
                throw new IllegalArgumentException("the shapes " + Arrays.toString(first) + " and "
                        + Arrays.toString(other) + " do not fit each other, expected equal sizes or 1");
            }
            shape[shape.length - back] = a == 1 ? b : a;
        }
        return shape;
    }

    /**
     * For each number of a shape which one of the array stands there.
     *
     * @param shape that the array's fits
     */
    static int[] indices(NumberArray array, int[] shape) {
        int[] own = Strides.of(array.shape());
        int[] strides = new int[shape.length];
        for (int back = 1; back <= array.rank(); back++) {
            boolean isRepeated = array.size(array.rank() - back) == 1;
            strides[shape.length - back] = isRepeated ? 0 : own[array.rank() - back];
        }
        return Strides.indices(shape, 0, strides);
    }

    /** The array itself if it has the shape. */
    static NumberArray to(NumberArray array, int[] shape) {
        if (Arrays.equals(array.shape(), shape)) {
            return array;
        }
        if (!Arrays.equals(shape(array.shape(), shape), shape)) {
            throw new IllegalArgumentException(array + " cannot be repeated to the shape " + Arrays.toString(shape));
        }
        return Storage.picked(array, shape, indices(array, shape));
    }
}
