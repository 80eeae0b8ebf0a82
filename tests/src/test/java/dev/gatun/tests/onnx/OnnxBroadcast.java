package dev.gatun.tests.onnx;

import dev.gatun.tests.reference.RefTensor;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;

/** Values whose sizes are equal or 1, counted from the last axis, as ONNX has them meet; and products of matrices in them. */
final class OnnxBroadcast {

    private OnnxBroadcast() {}

    static RefTensor both(RefTensor a, RefTensor b, DoubleBinaryOperator function) {
        int[] shape = shape(a.shape(), b.shape());
        RefTensor y = RefTensor.zeros(shape);
        for (int i = 0; i < y.values().length; i++) {
            y.values()[i] = function.applyAsDouble(a.values()[place(i, shape, a.shape())],
                    b.values()[place(i, shape, b.shape())]);
        }
        return y;
    }

    /** Of the shape that both have together. */
    static RefTensor expand(RefTensor x, RefTensor to) {
        int[] sizes = Arrays.stream(to.values()).mapToInt(size -> (int) size).toArray();
        int[] shape = shape(x.shape(), sizes);
        RefTensor y = RefTensor.zeros(shape);
        for (int i = 0; i < y.values().length; i++) {
            y.values()[i] = x.values()[place(i, shape, x.shape())];
        }
        return y;
    }

    private static int[] shape(int[] a, int[] b) {
        int[] shape = new int[Math.max(a.length, b.length)];
        Arrays.fill(shape, 1);
        for (int[] one : new int[][] {a, b}) {
            for (int axis = 1; axis <= one.length; axis++) {
                int at = shape.length - axis;
                int size = one[one.length - axis];
                OnnxEvaluator.require(size == 1 || shape[at] == 1 || shape[at] == size, "sizes do not fit");
                shape[at] = Math.max(shape[at], size);
            }
        }
        return shape;
    }

    private static int place(int index, int[] shape, int[] own) {
        int place = 0;
        int rest = index;
        int step = 1;
        for (int axis = 1; axis <= shape.length; axis++) {
            int at = rest % shape[shape.length - axis];
            rest /= shape[shape.length - axis];
            if (axis <= own.length) {
                place += own[own.length - axis] == 1 ? 0 : at * step;
                step *= own[own.length - axis];
            }
        }
        return place;
    }

    /** [B,N,K] times [B,K,M]. */
    static RefTensor matrices(RefTensor a, RefTensor b) {
        int[] left = a.shape();
        int[] right = b.shape();
        OnnxEvaluator.require(left.length == 3 && right.length == 3 && left[0] == right[0] && left[2] == right[1],
                "shapes do not fit");
        RefTensor y = RefTensor.zeros(left[0], left[1], right[2]);
        for (int i = 0; i < y.values().length; i++) {
            int column = i % right[2];
            int row = i / right[2];
            for (int k = 0; k < left[2]; k++) {
                y.values()[i] += a.values()[row * left[2] + k]
                        * b.values()[(row / left[1] * left[2] + k) * right[2] + column];
            }
        }
        return y;
    }

    /** Sums along an axis, which stays with one index. */
    static RefTensor sum(RefTensor x, int axis) {
        int[] shape = x.shape().clone();
        shape[axis] = 1;
        RefTensor y = RefTensor.zeros(shape);
        for (int i = 0; i < x.values().length; i++) {
            y.values()[place(i, x.shape(), shape)] += x.values()[i];
        }
        return y;
    }

    /** Behind each other along an axis. */
    static RefTensor concat(RefTensor a, RefTensor b, int axis) {
        int along = axis < 0 ? axis + a.shape().length : axis;
        int[] shape = a.shape().clone();
        shape[along] += b.shape()[along];
        int left = block(a.shape(), along);
        int right = block(b.shape(), along);
        RefTensor y = RefTensor.zeros(shape);
        for (int outer = 0; outer < y.values().length / (left + right); outer++) {
            System.arraycopy(a.values(), outer * left, y.values(), outer * (left + right), left);
            System.arraycopy(b.values(), outer * right, y.values(), outer * (left + right) + left, right);
        }
        return y;
    }

    private static int block(int[] shape, int axis) {
        return Arrays.stream(shape, axis, shape.length).reduce(1, Math::multiplyExact);
    }
}
