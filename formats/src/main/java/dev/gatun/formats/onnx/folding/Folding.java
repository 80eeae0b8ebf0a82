package dev.gatun.formats.onnx.folding;

import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.tensors.NumberType;
import java.util.Arrays;

/** What is computed of numbers alone. */
public final class Folding {

    private static final int MOST_REPEATED = 1 << 22;

    private Folding() {}

    /** Whether an operator of two inputs is known here. */
    public static boolean knowsTwo(String operator) {
        return Arithmetic.ofTwo(operator);
    }

    /** Whether an operator of one input is known here. */
    public static boolean knowsOne(String operator) {
        return Arithmetic.ofOne(operator);
    }

    public static NumberArray two(String operator, NumberArray first, NumberArray second) {
        requireModest(Moves.both(first.shape(), second.shape()));
        return Arithmetic.two(operator, first, second);
    }

    public static NumberArray one(String operator, NumberArray array) {
        return Arithmetic.one(operator, array);
    }

    public static NumberArray chosen(NumberArray condition, NumberArray first, NumberArray second) {
        requireModest(Moves.both(condition.shape(), Moves.both(first.shape(), second.shape())));
        return Arithmetic.chosen(condition, first, second);
    }

    public static NumberArray cast(NumberArray array, NumberType type) {
        return Arithmetic.cast(array, type);
    }

    /** Numbers repeated to a shape. */
    public static NumberArray repeated(NumberArray array, int... shape) {
        requireModest(shape);
        return Moves.repeated(array, Moves.both(array.shape(), shape));
    }

    /** A small file can ask for many numbers by repeating few. */
    public static void requireModest(int... shape) {
        if (NumberArray.count(shape) > MOST_REPEATED) {
            throw new IllegalArgumentException(
                    "makes numbers of shape " + Arrays.toString(shape) + " out of few, more than "
                            + MOST_REPEATED);
        }
    }

    /** The sizes that a reshape makes: 0 for that of the same axis, -1 for the rest. */
    public static int[] shape(NumberArray array, long[] target, boolean zeroIsNone) {
        int[] shape = new int[target.length];
        int rest = -1;
        long known = 1;
        for (int axis = 0; axis < shape.length; axis++) {
            if (target[axis] == -1) {
                rest = axis;
                continue;
            }
            shape[axis] = target[axis] == 0 && !zeroIsNone && axis < array.rank()
                    ? array.size(axis)
                    : Math.toIntExact(target[axis]);
            known = Math.multiplyExact(known, (long) shape[axis]);
        }
        if (rest >= 0) {
            shape[rest] = known == 0 ? 0 : Math.toIntExact(array.count() / known);
        }
        return shape;
    }
}
