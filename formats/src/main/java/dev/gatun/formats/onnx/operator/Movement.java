package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Operators that only say where numbers stand: transposed, sliced, repeated. */
final class Movement {

    static final List<Operator> OPERATORS = List.of(
            Operator.of("Transpose").with("perm").makes(
                    call -> transposed(call.input(0), call.node().wholes("perm"))),
            Operator.of("Slice").to(9).with("starts", "ends", "axes").makes(call -> sliced(call.input(0),
                    call.node().wholes("starts"), call.node().wholes("ends"), call.node().wholes("axes"), null)),
            Operator.of("Slice").from(10).inputs(3, 5).makes(call -> sliced(call.input(0), call.longs(1),
                    call.longs(2), call.optional(3) == null ? null : call.longs(3),
                    call.optional(4) == null ? null : call.longs(4))),
            Operator.of("Expand").from(8).inputs(2).makes(call -> Broadcast.to(call.input(0),
                    Broadcast.shape(call.input(0).shape(), Reshaping.sizes(call.longs(1))))),
            Operator.of("Tile").inputs(2).makes(call -> tiled(call.input(0), call.longs(1))),
            Operator.of("ReverseSequence").from(10).inputs(2).with("batch_axis", "time_axis").makes(
                    Movement::reversed),
            Operator.of("Trilu").from(14).inputs(1, 2).with("upper").makes(Movement::triangle),
            Operator.of("DepthToSpace").with("blocksize", "mode").makes(Movement::depthToSpace),
            Operator.of("SpaceToDepth").with("blocksize").makes(Movement::spaceToDepth));

    private Movement() {}

    static NumberArray transposed(NumberArray array, long... given) {
        int rank = array.rank();
        long[] order = given == null ? IntStream.range(0, rank).mapToLong(i -> rank - 1 - i).toArray() : given;
        if (order.length != rank || OperatorCall.axes(order, rank).length != rank) {
            throw new IllegalArgumentException("it orders the axes of " + array + " as " + Arrays.toString(order)
                    + ", expected each axis once");
        }
        int[] own = Strides.of(array.shape());
        int[] shape = new int[rank];
        int[] strides = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            int from = OperatorCall.axis(order[axis], rank);
            shape[axis] = array.size(from);
            strides[axis] = own[from];
        }
        return Storage.picked(array, shape, Strides.indices(shape, 0, strides));
    }

    private static NumberArray sliced(NumberArray array, long[] starts, long[] ends, long[] axes, long[] steps) {
        if (starts == null || ends == null || starts.length != ends.length
                || axes != null && axes.length != starts.length || steps != null && steps.length != starts.length) {
            throw new IllegalArgumentException("its starts, ends, axes and steps are of different counts");
        }
        int[] shape = array.shape();
        int[] strides = Strides.of(shape);
        int[] bounds = shape.clone();
        int start = 0;
        OperatorCall.axes(axes == null ? IntStream.range(0, starts.length).asLongStream().toArray() : axes,
                shape.length);
        for (int i = 0; i < starts.length; i++) {
            int axis = OperatorCall.axis(axes == null ? i : axes[i], shape.length);
            long step = steps == null ? 1 : steps[i];
            if (step == 0) {
                throw new IllegalArgumentException("it goes along axis " + axis + " in steps of 0");
            }
            long size = bounds[axis];
            long begin = bound(starts[i], size, step);
            long end = bound(ends[i], size, step);
            long count = step > 0
                    ? ceiling(end - begin, step)
                    : ceiling(begin - end, step == Long.MIN_VALUE
                            ? Long.MAX_VALUE
                            : -step);
            shape[axis] = (int) Math.max(0, count);
            if (shape[axis] > 0) {
                start += (int) begin * strides[axis];
            }
            strides[axis] = shape[axis] > 1 ? (int) (strides[axis] * step) : strides[axis];
        }
        return Storage.picked(array, shape, Strides.indices(shape, start, strides));
    }

    /** Counted from the end if below zero, and within the axis. */
    private static long bound(long given, long size, long step) {
        long counted = given < 0 ? given + size : given;
        return step > 0 ? Math.clamp(counted, 0, size) : Math.clamp(counted, -1, size - 1);
    }

    private static long ceiling(long length, long step) {
        return length <= 0 ? 0 : (length - 1) / step + 1;
    }

    private static NumberArray tiled(NumberArray array, long[] repeats) {
        if (repeats.length != array.rank()) {
            throw new IllegalArgumentException("it repeats " + array + " " + Arrays.toString(repeats)
                    + " times, expected a number for each axis");
        }
        NumberArray tiled = array;
        for (int axis = 0; axis < repeats.length; axis++) {
            int[] shape = tiled.shape();
            int outer = Strides.product(shape, 0, axis);
            int row = Strides.product(shape, axis, shape.length);
            int times = Math.toIntExact(Math.max(0, repeats[axis]));
            int[] from = Strides.indices(new int[] {outer, times, row}, 0, new int[] {row, 0, 1});
            shape[axis] = Math.multiplyExact(shape[axis], times);
            tiled = times == 1 ? tiled : Storage.picked(tiled, shape, from);
        }
        return tiled;
    }

    /** Of each sample the first steps, as many as it has, the other way round. */
    private static NumberArray reversed(OperatorCall call) {
        NumberArray array = call.input(0);
        long[] lengths = call.longs(1);
        int batch = OperatorCall.axis(call.node().whole("batch_axis", 1), array.rank());
        int time = OperatorCall.axis(call.node().whole("time_axis", 0), array.rank());
        if (batch + time != 1 || lengths.length != array.size(batch)) {
            throw new IllegalArgumentException("it reverses " + array + " along axis " + time + " by "
                    + lengths.length + " lengths along axis " + batch
                    + ", expected axes 0 and 1 and a length for each sample");
        }
        int[] shape = array.shape();
        int[] strides = Strides.of(shape);
        int[] from = Strides.indices(shape, 0, strides);
        for (int i = 0; i < from.length; i++) {
            long length = lengths[from[i] / strides[batch] % shape[batch]];
            int step = from[i] / strides[time] % shape[time];
            if (length < 0 || length > shape[time]) {
                throw new IllegalArgumentException("its length " + length + " is not from 0 to " + shape[time]);
            }
            from[i] += step < length ? (int) (length - 1 - 2L * step) * strides[time] : 0;
        }
        return Storage.picked(array, shape, from);
    }

    private static NumberArray triangle(OperatorCall call) {
        NumberArray array = call.input(0);
        boolean upper = call.node().whole("upper", 1) != 0;
        long diagonal = call.optional(1) == null ? 0 : call.whole(1);
        if (array.rank() < 2) {
            throw new IllegalArgumentException("its input is " + array + ", expected matrices");
        }
        int columns = array.size(array.rank() - 1);
        int rows = array.size(array.rank() - 2);
        int[] from = new int[array.count()];
        Arrays.setAll(from, i -> {
            long beyond = i % columns - (long) (i / columns % rows) - diagonal;
            return (upper ? beyond >= 0 : beyond <= 0) ? i : -1;
        });
        return Storage.picked(array, array.shape(), from);
    }

    private static NumberArray depthToSpace(OperatorCall call) {
        int block = block(call);
        NumberArray x = call.input(0);
        boolean isDepthFirst = call.node().text("mode", "DCR").equals("DCR");
        int depth = x.size(1) / (block * block);
        NumberArray parts = isDepthFirst
                ? x.in(x.size(0), block, block, depth, x.size(2), x.size(3))
                : x.in(x.size(0), depth, block, block, x.size(2), x.size(3));
        NumberArray moved = isDepthFirst
                ? transposed(parts, 0, 3, 4, 1, 5, 2)
                : transposed(parts, 0, 1, 4, 2, 5, 3);
        return moved.in(x.size(0), depth, x.size(2) * block, x.size(3) * block);
    }

    private static NumberArray spaceToDepth(OperatorCall call) {
        int block = block(call);
        NumberArray x = call.input(0);
        NumberArray parts = x.in(x.size(0), x.size(1), x.size(2) / block, block, x.size(3) / block, block);
        return transposed(parts, 0, 3, 5, 1, 2, 4)
                .in(x.size(0), x.size(1) * block * block, x.size(2) / block, x.size(3) / block);
    }

    private static int block(OperatorCall call) {
        long block = call.node().whole("blocksize", 0);
        if (block < 1 || block > 1024 || call.input(0).rank() != 4) {
            throw new IllegalArgumentException("its blocksize is " + block + " and its input " + call.input(0)
                    + ", expected one from 1 to 1024 and four axes");
        }
        return (int) block;
    }
}
