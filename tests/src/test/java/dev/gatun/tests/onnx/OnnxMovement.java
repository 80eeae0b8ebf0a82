package dev.gatun.tests.onnx;

import dev.gatun.tests.reference.RefTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** ONNX's operators that move numbers and compute nothing. */
final class OnnxMovement {

    private OnnxMovement() {}

    static RefTensor transpose(RefTensor x, int[] perm) {
        int[] shape = Arrays.stream(perm).map(axis -> x.shape()[axis]).toArray();
        return gathered(x, shape, index -> {
            int[] source = new int[perm.length];
            for (int axis = 0; axis < perm.length; axis++) {
                source[perm[axis]] = index[axis];
            }
            return source;
        });
    }

    static RefTensor squeeze(RefTensor x, RefTensor axes) {
        List<Integer> dropped = axes(axes, x.shape().length);
        dropped.forEach(axis -> OnnxEvaluator.require(x.shape()[axis] == 1, "axis " + axis + " is not of size 1"));
        return x.reshape(IntStream.range(0, x.shape().length).filter(axis -> !dropped.contains(axis))
                .map(axis -> x.shape()[axis]).toArray());
    }

    static RefTensor unsqueeze(RefTensor x, RefTensor axes) {
        int rank = x.shape().length + axes.values().length;
        List<Integer> added = axes(axes, rank);
        int[] shape = new int[rank];
        int own = 0;
        for (int axis = 0; axis < rank; axis++) {
            shape[axis] = added.contains(axis) ? 1 : x.shape()[own++];
        }
        return x.reshape(shape);
    }

    private static List<Integer> axes(RefTensor list, int rank) {
        OnnxEvaluator.require(list.shape().length == 1, "axes are a list");
        return Arrays.stream(list.values()).mapToInt(axis -> (int) axis).map(axis -> axis < 0 ? axis + rank : axis)
                .boxed().toList();
    }

    /** @param bounds starts, ends, axes, steps */
    static RefTensor slice(RefTensor x, List<RefTensor> bounds) {
        int rank = x.shape().length;
        int[] first = new int[rank];
        int[] step = new int[rank];
        Arrays.fill(step, 1);
        int[] shape = x.shape().clone();
        List<Integer> axes = axes(bounds.get(2), rank);
        for (int i = 0; i < axes.size(); i++) {
            int axis = axes.get(i);
            int size = x.shape()[axis];
            step[axis] = (int) bounds.get(3).values()[i];
            first[axis] = bounded(bounds.get(0).values()[i], size, step[axis]);
            int end = bounded(bounds.get(1).values()[i], size, step[axis]);
            shape[axis] = Math.max(0, Math.ceilDiv(end - first[axis], step[axis]));
        }
        return gathered(x, shape, index -> {
            int[] source = new int[rank];
            Arrays.setAll(source, axis -> first[axis] + index[axis] * step[axis]);
            return source;
        });
    }

    private static int bounded(double bound, int size, int step) {
        double counted = bound < 0 ? bound + size : bound;
        return (int) (step > 0 ? Math.clamp(counted, 0, size) : Math.clamp(counted, -1, size - 1));
    }

    /** Parts of like sizes of the last axis. */
    static List<RefTensor> split(RefTensor x, int count) {
        OnnxEvaluator.require(x.last() % count == 0, "parts of unlike sizes");
        int width = x.last() / count;
        List<RefTensor> parts = new ArrayList<>();
        for (int part = 0; part < count; part++) {
            RefTensor last = new RefTensor(new int[] {1}, new double[] {x.shape().length - 1});
            parts.add(slice(x, List.of(one(part * width), one((part + 1) * width), last, one(1))));
        }
        return parts;
    }

    private static RefTensor one(int value) {
        return new RefTensor(new int[] {1}, new double[] {value});
    }

    /** What indices choose along an axis. */
    static RefTensor gather(RefTensor x, RefTensor indices, int axis) {
        int[] shape = IntStream.concat(IntStream.concat(Arrays.stream(x.shape(), 0, axis),
                Arrays.stream(indices.shape())), Arrays.stream(x.shape(), axis + 1, x.shape().length)).toArray();
        int rank = indices.shape().length;
        return gathered(x, shape, index -> {
            int[] source = new int[x.shape().length];
            System.arraycopy(index, 0, source, 0, axis);
            int[] chosen = Arrays.copyOfRange(index, axis, axis + rank);
            source[axis] = (int) indices.values()[OnnxIndex.place(chosen, indices.shape())];
            System.arraycopy(index, axis + rank, source, axis + 1, source.length - axis - 1);
            return source;
        });
    }

    /** @param pads before each axis, then behind each */
    static RefTensor pad(RefTensor x, RefTensor pads, double with) {
        int rank = x.shape().length;
        int[] shape = new int[rank];
        Arrays.setAll(shape, axis -> x.shape()[axis] + (int) pads.values()[axis] + (int) pads.values()[axis + rank]);
        RefTensor y = RefTensor.zeros(shape);
        for (int at = 0; at < y.values().length; at++) {
            int[] index = OnnxIndex.of(at, shape);
            Arrays.setAll(index, axis -> index[axis] - (int) pads.values()[axis]);
            boolean isInside = IntStream.range(0, rank)
                    .allMatch(axis -> index[axis] >= 0 && index[axis] < x.shape()[axis]);
            y.values()[at] = isInside ? x.values()[OnnxIndex.place(index, x.shape())] : with;
        }
        return y;
    }

    static RefTensor reshape(RefTensor x, RefTensor to) {
        int[] shape = Arrays.stream(to.values()).mapToInt(size -> (int) size).toArray();
        Arrays.setAll(shape, axis -> shape[axis] == 0 ? x.shape()[axis] : shape[axis]);
        int known = Arrays.stream(shape).filter(size -> size >= 0).reduce(1, Math::multiplyExact);
        Arrays.setAll(shape, axis -> shape[axis] < 0 ? x.values().length / known : shape[axis]);
        return new RefTensor(shape, x.values());
    }

    /** @param source the index in x of what stands at an index of the result */
    private static RefTensor gathered(RefTensor x, int[] shape, UnaryOperator<int[]> source) {
        RefTensor y = RefTensor.zeros(shape);
        for (int at = 0; at < y.values().length; at++) {
            y.values()[at] = x.values()[OnnxIndex.place(source.apply(OnnxIndex.of(at, shape)), x.shape())];
        }
        return y;
    }
}
