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

    /** [...,N,K] times [...,K,M], whose leading axes meet. */
    static RefTensor product(RefTensor a, RefTensor b) {
        int rows = a.shape()[a.shape().length - 2];
        int depth = a.last();
        int columns = b.last();
        OnnxEvaluator.require(b.shape()[b.shape().length - 2] == depth, "shapes do not fit");
        int[] ofA = Arrays.copyOf(a.shape(), a.shape().length - 2);
        int[] ofB = Arrays.copyOf(b.shape(), b.shape().length - 2);
        int[] leading = shape(ofA, ofB);
        int[] all = Arrays.copyOf(leading, leading.length + 2);
        all[leading.length] = rows;
        all[leading.length + 1] = columns;
        RefTensor y = RefTensor.zeros(all);
        for (int i = 0; i < y.values().length; i++) {
            int matrix = i / columns / rows;
            int left = (place(matrix, leading, ofA) * rows + i / columns % rows) * depth;
            int right = place(matrix, leading, ofB) * depth * columns + i % columns;
            for (int k = 0; k < depth; k++) {
                y.values()[i] += a.values()[left + k] * b.values()[right + k * columns];
            }
        }
        return y;
    }

    /** One where the condition holds, the other elsewhere. */
    static RefTensor where(RefTensor condition, RefTensor one, RefTensor other) {
        int[] shape = shape(shape(condition.shape(), one.shape()), other.shape());
        RefTensor y = RefTensor.zeros(shape);
        for (int i = 0; i < y.values().length; i++) {
            RefTensor from = condition.values()[place(i, shape, condition.shape())] != 0 ? one : other;
            y.values()[i] = from.values()[place(i, shape, from.shape())];
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
