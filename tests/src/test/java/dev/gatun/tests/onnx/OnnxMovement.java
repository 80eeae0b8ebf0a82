package dev.gatun.tests.onnx;

import dev.gatun.tests.reference.RefTensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** ONNX's operators that move numbers and compute nothing. */
final class OnnxMovement {

    private OnnxMovement() {}

    static RefTensor transpose(RefTensor x, int[] perm) {
        int[] shape = Arrays.stream(perm).map(axis -> x.shape()[axis]).toArray();
        RefTensor y = RefTensor.zeros(shape);
        for (int at = 0; at < y.values().length; at++) {
            int[] index = index(at, shape);
            int[] source = new int[perm.length];
            for (int axis = 0; axis < perm.length; axis++) {
                source[perm[axis]] = index[axis];
            }
            y.values()[at] = x.values()[place(source, x.shape())];
        }
        return y;
    }

    static RefTensor squeeze(RefTensor x, RefTensor axes) {
        int dropped = single(axes);
        OnnxEvaluator.require(x.shape()[dropped] == 1, "axis " + dropped + " is not of size 1");
        return x.reshape(
                IntStream.range(0, x.shape().length).filter(axis -> axis != dropped).map(axis -> x.shape()[axis])
                        .toArray());
    }

    static RefTensor unsqueeze(RefTensor x, RefTensor axes) {
        int added = single(axes);
        return x.reshape(IntStream.rangeClosed(0, x.shape().length)
                .map(axis -> axis == added ? 1 : x.shape()[axis < added ? axis : axis - 1]).toArray());
    }

    /** @param bounds starts, ends, axes, steps; of one axis, by single steps to the beginning, or of a list its first number */
    static RefTensor slice(RefTensor x, List<RefTensor> bounds) {
        if (x.shape().length == 1 && single(bounds.get(0)) == 0 && single(bounds.get(1)) == 1
                && single(bounds.get(3)) == 1) {
            return new RefTensor(new int[] {1}, new double[] {x.values()[0]});
        }
        int axis = single(bounds.get(2));
        boolean backwards = single(bounds.get(0)) == -1 && single(bounds.get(1)) < -x.shape()[axis]
                && single(bounds.get(3)) == -1;
        OnnxEvaluator.require(backwards, "another slice than backwards");
        RefTensor y = RefTensor.zeros(x.shape());
        for (int at = 0; at < y.values().length; at++) {
            int[] source = index(at, x.shape());
            source[axis] = x.shape()[axis] - 1 - source[axis];
            y.values()[at] = x.values()[place(source, x.shape())];
        }
        return y;
    }

    /** The two halves of the last axis. */
    static List<RefTensor> halves(RefTensor x) {
        int[] shape = x.shape().clone();
        int half = x.last() / 2;
        shape[shape.length - 1] = half;
        List<RefTensor> halves = List.of(RefTensor.zeros(shape), RefTensor.zeros(shape));
        for (int row = 0; row < x.values().length / x.last(); row++) {
            for (int side = 0; side < 2; side++) {
                System.arraycopy(x.values(), row * x.last() + side * half, halves.get(side).values(), row * half, half);
            }
        }
        return halves;
    }

    private static int single(RefTensor list) {
        OnnxEvaluator.require(list.shape().length == 1 && list.values().length == 1, "one number in a list");
        return (int) list.values()[0];
    }

    private static int[] index(int place, int[] shape) {
        int[] index = new int[shape.length];
        int rest = place;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            index[axis] = rest % shape[axis];
            rest /= shape[axis];
        }
        return index;
    }

    private static int place(int[] index, int[] shape) {
        int place = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            place = place * shape[axis] + index[axis];
        }
        return place;
    }
}
