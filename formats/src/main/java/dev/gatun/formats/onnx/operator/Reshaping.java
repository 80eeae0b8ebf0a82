package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Operators that change the shape and move nothing. */
final class Reshaping {

    static final List<Operator> OPERATORS = List.of(
            Operator.of("Identity").makes(call -> call.input(0)),
            Operator.of("Reshape").from(5).inputs(2).with("allowzero").makes(Reshaping::reshaped),
            Operator.of("Flatten").with("axis").makes(Reshaping::flattened),
            Operator.of("Squeeze").to(12).with("axes").makes(
                    call -> squeezed(call.input(0), call.node().wholes("axes"))),
            Operator.of("Squeeze").from(13).inputs(1, 2).makes(
                    call -> squeezed(call.input(0), call.optional(1) == null ? null : call.longs(1))),
            Operator.of("Unsqueeze").to(12).with("axes").makes(
                    call -> unsqueezed(call.input(0), call.node().wholes("axes"))),
            Operator.of("Unsqueeze").from(13).inputs(2).makes(call -> unsqueezed(call.input(0), call.longs(1))));

    private Reshaping() {}

    /** @throws IllegalArgumentException if one is below zero or too large */
    static int[] sizes(long... sizes) {
        int[] shape = new int[sizes.length];
        for (int axis = 0; axis < shape.length; axis++) {
            if (sizes[axis] < 0 || sizes[axis] > NumberArray.MOST_NUMBERS) {
                throw new IllegalArgumentException("it makes the shape " + Arrays.toString(sizes)
                        + ", expected sizes from 0 to " + NumberArray.MOST_NUMBERS);
            }
            shape[axis] = (int) sizes[axis];
        }
        return shape;
    }

    /** 0 keeps a size, unless {@code allowzero} says that it is one; -1 takes what is left. */
    private static NumberArray reshaped(OperatorCall call) {
        NumberArray array = call.input(0);
        long[] wanted = call.longs(1).clone();
        boolean mayBeZero = call.node().whole("allowzero", 0) != 0;
        int open = -1;
        long known = 1;
        for (int axis = 0; axis < wanted.length; axis++) {
            if (wanted[axis] == 0 && !mayBeZero) {
                wanted[axis] = axis < array.rank() ? array.size(axis) : -2;
            }
            if (wanted[axis] < -1 || wanted[axis] > NumberArray.MOST_NUMBERS || wanted[axis] == -1 && open >= 0) {
                throw unfit(array, call.longs(1));
            }
            if (wanted[axis] == -1) {
                open = axis;
            } else {
                known = Math.multiplyExact(known, wanted[axis]);
            }
        }
        if (open >= 0) {
            if (known == 0 || array.count() % known != 0) {
                throw unfit(array, call.longs(1));
            }
            wanted[open] = array.count() / known;
        } else if (known != array.count()) {
            throw unfit(array, call.longs(1));
        }
        return array.in(sizes(wanted));
    }

    private static IllegalArgumentException unfit(NumberArray array, long[] wanted) {
        return new IllegalArgumentException(array + " with " + array.count() + " numbers has no shape "
                + Arrays.toString(wanted));
    }

    private static NumberArray flattened(OperatorCall call) {
        NumberArray array = call.input(0);
        long given = call.node().whole("axis", 1);
        int axis = given == array.rank() ? array.rank() : OperatorCall.axis(given, array.rank());
        return array.in(Strides.product(array.shape(), 0, axis), Strides.product(array.shape(), axis, array.rank()));
    }

    static NumberArray squeezed(NumberArray array, long... given) {
        int rank = array.rank();
        int[] axes = given == null || given.length == 0
                ? IntStream.range(0, rank).filter(axis -> array.size(axis) == 1).toArray()
                : OperatorCall.axes(given, rank);
        for (int axis : axes) {
            if (array.size(axis) != 1) {
                throw new IllegalArgumentException("it drops axis " + axis + " of " + array
                        + ", expected one of size 1");
            }
        }
        return array.in(IntStream.range(0, rank).filter(axis -> Arrays.binarySearch(axes, axis) < 0)
                .map(array::size).toArray());
    }

    static NumberArray unsqueezed(NumberArray array, long... given) {
        if (given == null) {
            throw new IllegalArgumentException("it does not say which axes it adds");
        }
        int rank = array.rank() + given.length;
        int[] axes = OperatorCall.axes(given, rank);
        int[] shape = new int[rank];
        int next = 0;
        for (int axis = 0; axis < rank; axis++) {
            shape[axis] = Arrays.binarySearch(axes, axis) >= 0 ? 1 : array.size(next++);
        }
        return array.in(shape);
    }
}
