package dev.gatun.layers;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * The lengths of a tensor's vectors along some of its axes. Sums are in double, in the order of the numbers, so they are the
 * same on any machine.
 */
final class AxisNorms {

    /** Added to a length before it divides, as in Keras. */
    private static final double EPSILON = 1e-7;

    private final Tensor tensor;
    /** From one number to the next on an axis, in the vectors' numbers; 0 along the vectors. */
    private final int[] strides;
    private final double[] sums;

    private AxisNorms(Tensor tensor, List<Integer> axes) {
        this.tensor = tensor;
        Shape shape = tensor.shape();
        this.strides = new int[shape.rank()];
        boolean[] along = new boolean[shape.rank()];
        for (int axis : axes) {
            along[axis < 0 ? axis + shape.rank() : axis] = true;
        }
        int vectors = 1;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            if (!along[axis]) {
                strides[axis] = vectors;
                vectors = Math.multiplyExact(vectors, Math.toIntExact(shape.dim(axis)));
            }
        }
        this.sums = new double[vectors];
    }

    /** @param wanted the length a vector is to have, from the one it has */
    static void rescale(Tensor tensor, List<Integer> axes, DoubleUnaryOperator wanted) {
        requireFit("The constraint", axes, "the weight", tensor.shape());
        AxisNorms norms = new AxisNorms(tensor, axes);
        norms.addSquares();
        for (int vector = 0; vector < norms.sums.length; vector++) {
            double norm = Math.sqrt(norms.sums[vector]);
            norms.sums[vector] = wanted.applyAsDouble(norm) / (EPSILON + norm);
        }
        norms.scale();
    }

    private void addSquares() {
        int step = strides[strides.length - 1];
        for (long row = 0; row < tensor.rows(); row++) {
            int vector = firstVector(row);
            long at = tensor.baseBytes() + row * tensor.rowBytes();
            for (int column = 0; column < tensor.columns(); column++) {
                double value = tensor.segment().get(JAVA_FLOAT, at + (long) column * Float.BYTES);
                sums[vector + column * step] += value * value;
            }
        }
    }

    private void scale() {
        int step = strides[strides.length - 1];
        for (long row = 0; row < tensor.rows(); row++) {
            int vector = firstVector(row);
            long base = tensor.baseBytes() + row * tensor.rowBytes();
            for (int column = 0; column < tensor.columns(); column++) {
                long at = base + (long) column * Float.BYTES;
                double value = tensor.segment().get(JAVA_FLOAT, at);
                tensor.segment().set(JAVA_FLOAT, at, (float) (value * sums[vector + column * step]));
            }
        }
    }

    /** The vector of a row's first number. */
    private int firstVector(long row) {
        int vector = 0;
        long left = row;
        for (int axis = strides.length - 2; axis >= 0; axis--) {
            long size = tensor.shape().dim(axis);
            vector += Math.toIntExact(left % size) * strides[axis];
            left /= size;
        }
        return vector;
    }

    static void raiseToZero(Tensor tensor) {
        for (long row = 0; row < tensor.rows(); row++) {
            long base = tensor.baseBytes() + row * tensor.rowBytes();
            for (int column = 0; column < tensor.columns(); column++) {
                long at = base + (long) column * Float.BYTES;
                tensor.segment().set(JAVA_FLOAT, at, Math.max(tensor.segment().get(JAVA_FLOAT, at), 0f));
            }
        }
    }

    static List<Integer> axes(String kind, List<Integer> axes) {
        List<Integer> copy = Arguments.copy(axes, "Constraint." + kind, "axes", "numbers of axes, for example 0");
        if (copy.isEmpty()) {
            throw new IllegalArgumentException(
                    "Constraint " + kind + " needs an axis along which vectors lie; give 0 for those into each unit");
        }
        return copy;
    }

    static void requireFit(String kind, List<Integer> axes, String what, Shape shape) {
        for (int axis : axes) {
            if (axis < -shape.rank() || axis >= shape.rank()) {
                throw new ShapeException(kind + " along axis " + axis + ": " + what + " has shape " + shape
                        + ", which has axes " + Arrays.toString(axesOf(shape)) + "; choose one of these");
            }
        }
    }

    private static int[] axesOf(Shape shape) {
        int[] axes = new int[shape.rank()];
        Arrays.setAll(axes, axis -> axis);
        return axes;
    }

    /** As in Keras: one axis is a number, several are a list. */
    static Object plain(List<Integer> axes) {
        return axes.size() == 1
                ? (Object) (long) axes.getFirst()
                : axes.stream().map(Integer::longValue).toList();
    }
}
