package dev.gatun.formats.onnx.folding;

import dev.gatun.formats.onnx.graph.NumberArray;
import java.util.ArrayList;
import java.util.List;

/** Numbers in other places: what is moved, cut, repeated and put together. */
public final class Moves {

    private Moves() {}

    /** @param from for each number of the result the place of the number it is */
    static NumberArray picked(NumberArray array, int[] shape, int[] from) {
        switch (array.numbers()) {
            case float[] floats -> {
                float[] picked = new float[from.length];
                for (int i = 0; i < from.length; i++) {
                    picked[i] = floats[from[i]];
                }
                return NumberArray.floats(array.type(), shape, picked);
            }
            case double[] doubles -> {
                double[] picked = new double[from.length];
                for (int i = 0; i < from.length; i++) {
                    picked[i] = doubles[from[i]];
                }
                return NumberArray.doubles(shape, picked);
            }
            case long[] longs -> {
                long[] picked = new long[from.length];
                for (int i = 0; i < from.length; i++) {
                    picked[i] = longs[from[i]];
                }
                return NumberArray.longs(array.type(), shape, picked);
            }
            default -> {
                boolean[] picked = new boolean[from.length];
                for (int i = 0; i < from.length; i++) {
                    picked[i] = array.booleans()[from[i]];
                }
                return NumberArray.booleans(shape, picked);
            }
        }
    }

    public static int[] strides(int... shape) {
        int[] strides = new int[shape.length];
        int stride = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        return strides;
    }

    /** Places of a walk over a shape, from {@code first}, with a step of its own along each axis. */
    static int[] places(int first, int[] shape, int... steps) {
        int[] places = new int[NumberArray.count(shape)];
        int[] index = new int[shape.length];
        int place = first;
        for (int i = 0; i < places.length; i++) {
            places[i] = place;
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                place += steps[axis];
                if (++index[axis] < shape[axis]) {
                    break;
                }
                place -= steps[axis] * shape[axis];
                index[axis] = 0;
            }
        }
        return places;
    }

    public static NumberArray transposed(NumberArray array, int... order) {
        int[] shape = new int[order.length];
        int[] steps = new int[order.length];
        int[] strides = strides(array.shape());
        for (int axis = 0; axis < order.length; axis++) {
            shape[axis] = array.size(order[axis]);
            steps[axis] = strides[order[axis]];
        }
        return picked(array, shape, places(0, shape, steps));
    }

    /** A part of an axis. */
    public static NumberArray part(NumberArray array, int axis, int first, int count, int step) {
        int[] shape = array.shape();
        int[] steps = strides(shape);
        int begin = count == 0 ? 0 : first * steps[axis];
        shape[axis] = count;
        steps[axis] *= step;
        return picked(array, shape, places(begin, shape, steps));
    }

    /** Whether all parts of an axis are equal. */
    public static boolean isAlike(NumberArray numbers, int axis) {
        NumberArray first = part(numbers, axis, 0, 1, 1);
        for (int i = 1; i < numbers.size(axis); i++) {
            NumberArray other = part(numbers, axis, i, 1, 1);
            for (int at = 0; at < first.count(); at++) {
                if (first.number(at) != other.number(at)) {
                    return false;
                }
            }
        }
        return true;
    }

    public static NumberArray joined(List<NumberArray> arrays, int axis) {
        int[] shape = arrays.getFirst().shape();
        int before = 1;
        for (int i = 0; i < axis; i++) {
            before *= shape[i];
        }
        shape[axis] = 0;
        List<NumberArray> flat = new ArrayList<>();
        for (NumberArray array : arrays) {
            for (int other = 0; other < shape.length; other++) {
                if (array.rank() != shape.length || other != axis && array.size(other) != shape[other]) {
                    throw new IllegalArgumentException(
                            "puts numbers of shapes " + arrays + " together along axis " + axis
                                    + ", expected equal sizes of all others");
                }
            }
            shape[axis] += array.size(axis);
            flat.add(array);
        }
        return ArrayJoining.joined(flat, shape, axis, before);
    }

    /** Numbers of one axis by index. */
    public static NumberArray gathered(NumberArray array, int axis, NumberArray indices) {
        int size = array.size(axis);
        int[] shape = new int[array.rank() - 1 + indices.rank()];
        System.arraycopy(array.shape(), 0, shape, 0, axis);
        System.arraycopy(indices.shape(), 0, shape, axis, indices.rank());
        System.arraycopy(array.shape(), axis + 1, shape, axis + indices.rank(), array.rank() - axis - 1);
        int after = strides(array.shape())[axis];
        int before = array.count() / Math.max(1, size * after);
        int[] from = new int[NumberArray.count(shape)];
        int at = 0;
        for (int outer = 0; outer < before; outer++) {
            for (int i = 0; i < indices.count(); i++) {
                long index = (long) indices.number(i);
                long counted = index < 0 ? index + size : index;
                if (counted < 0 || counted >= size) {
                    throw new IllegalArgumentException("takes index " + index + " of an axis of size " + size);
                }
                for (int inner = 0; inner < after; inner++) {
                    from[at++] = (int) ((outer * (long) size + counted) * after + inner);
                }
            }
        }
        return picked(array, shape, from);
    }

    /** Numbers repeated to a shape, as arithmetic does it: axes are counted from the last, those of size 1 are repeated. */
    public static NumberArray repeated(NumberArray array, int... shape) {
        int[] steps = new int[shape.length];
        int[] strides = strides(array.shape());
        int offset = shape.length - array.rank();
        for (int axis = 0; axis < array.rank(); axis++) {
            int size = array.size(axis);
            if (offset < 0 || size != 1 && size != shape[offset + axis]) {
                throw new IllegalArgumentException("repeats numbers of shape " + array + ", which do not fit");
            }
            steps[offset + axis] = size == 1 ? 0 : strides[axis];
        }
        return picked(array, shape, places(0, shape, steps));
    }

    /** The shape that both go to. */
    public static int[] both(int[] one, int... other) {
        int[] shape = new int[Math.max(one.length, other.length)];
        for (int i = 1; i <= shape.length; i++) {
            int a = i > one.length ? 1 : one[one.length - i];
            int b = i > other.length ? 1 : other[other.length - i];
            if (a != b && a != 1 && b != 1) {
                throw new IllegalArgumentException("meets sizes " + a + " and " + b + " on one axis");
            }
            shape[shape.length - i] = a == 1 ? b : a;
        }
        return shape;
    }
}
