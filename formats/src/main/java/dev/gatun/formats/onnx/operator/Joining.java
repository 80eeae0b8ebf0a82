package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Tensors put together along an axis, and taken apart. */
final class Joining {

    static final List<Operator> OPERATORS = List.of(
            Operator.of("Concat").anyInputs().with("axis").makes(
                    call -> joined(call.inputs(), call.node().whole("axis", 1))),
            Operator.of("Split").to(12).with("axis", "split").makesAll(
                    call -> split(call, call.node().wholes("split"))),
            Operator.of("Split").from(13).to(17).inputs(1, 2).with("axis").makesAll(
                    call -> split(call, call.optional(1) == null ? null : call.longs(1))),
            Operator.of("Split").from(18).inputs(1, 2).with("axis", "num_outputs").makesAll(
                    call -> split(call, call.optional(1) == null ? null : call.longs(1))));

    private Joining() {}

    static NumberArray joined(List<NumberArray> parts, long givenAxis) {
        NumberArray first = parts.getFirst();
        int axis = OperatorCall.axis(givenAxis, first.rank());
        int[] shape = first.shape();
        long size = 0;
        for (NumberArray part : parts) {
            Storage.requireSameType(first, part);
            int[] other = part.shape();
            if (other.length == shape.length) {
                size += other[axis];
                other[axis] = shape[axis];
            }
            if (!Arrays.equals(other, shape)) {
                throw new IllegalArgumentException("its inputs are " + first + " and " + part
                        + ", expected equal sizes but that of axis " + axis);
            }
        }
        shape[axis] = Math.toIntExact(size);
        Object made = Storage.of(first.type(), Storage.count(shape));
        int outer = Strides.product(shape, 0, axis);
        int row = Strides.product(shape, axis, shape.length);
        int at = 0;
        for (NumberArray part : parts) {
            int length = Strides.product(part.shape(), axis, shape.length);
            for (int i = 0; i < outer; i++) {
                System.arraycopy(part.numbers(), i * length, made, i * row + at, length);
            }
            at += length;
        }
        return Storage.value(first.type(), shape, made);
    }

    private static List<NumberArray> split(OperatorCall call, long[] given) {
        NumberArray array = call.input(0);
        int axis = OperatorCall.axis(call.node().whole("axis", 0), array.rank());
        int parts = call.node().outputs().size();
        long[] sizes = given == null ? equal(array.size(axis), parts, call.opset() >= 18) : given;
        if (sizes.length != parts || Arrays.stream(sizes).anyMatch(size -> size < 0)
                || Arrays.stream(sizes).sum() != array.size(axis)) {
            throw new IllegalArgumentException("it splits " + array + " along axis " + axis + " into "
                    + Arrays.toString(sizes) + " for " + parts + " outputs, expected sizes that sum to "
                    + array.size(axis));
        }
        List<NumberArray> made = new ArrayList<>();
        int begin = 0;
        for (long size : sizes) {
            made.add(part(array, axis, begin, (int) size));
            begin += (int) size;
        }
        return made;
    }

    /** From version 18 on the last one may be smaller. */
    private static long[] equal(int size, int parts, boolean mayDiffer) {
        if (!mayDiffer && size % parts != 0) {
            throw new IllegalArgumentException("it splits " + size + " into " + parts + " equal parts");
        }
        long part = (size + parts - 1L) / parts;
        long[] sizes = new long[parts];
        for (int i = 0; i < parts; i++) {
            sizes[i] = Math.clamp(size - i * part, 0, part);
        }
        return sizes;
    }

    /** Neighbours along an axis. */
    static NumberArray part(NumberArray array, int axis, int begin, int size) {
        int[] shape = array.shape();
        int inner = Strides.product(shape, axis + 1, shape.length);
        int row = shape[axis] * inner;
        int outer = Strides.product(shape, 0, axis);
        shape[axis] = size;
        Object made = Storage.of(array.type(), Storage.count(shape));
        for (int i = 0; i < outer; i++) {
            System.arraycopy(array.numbers(), i * row + begin * inner, made, i * size * inner, size * inner);
        }
        return Storage.value(array.type(), shape, made);
    }
}
