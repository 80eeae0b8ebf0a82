package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Numbers added at the ends of axes, or taken off there. */
final class PadOperator {

    static final List<Operator> OPERATORS = List.of(
            Operator.of("Pad").to(10).with("mode", "pads", "value")
                    .makes(call -> padded(call, call.node().wholes("pads"),
                            Storage.rounded(call.input(0).type(), new int[0], call.node().real("value", 0)))),
            Operator.of("Pad").from(11).inputs(2, 4).with("mode").makes(
                    call -> padded(call, onAxes(call), call.optional(2))),
            Operator.of("CenterCropPad").from(18).inputs(2).with("axes").makes(
                    call -> padded(call, aroundCenter(call), null)));

    private PadOperator() {}

    /** Begins of all axes, then their ends, of those of some axes. */
    private static long[] onAxes(OperatorCall call) {
        long[] pads = call.longs(1);
        if (call.optional(3) == null) {
            return pads;
        }
        int rank = call.input(0).rank();
        long[] axes = call.longs(3);
        OperatorCall.axes(axes, rank);
        if (pads.length != 2 * axes.length) {
            throw new IllegalArgumentException("it pads " + axes.length + " axes with " + pads.length
                    + " numbers, expected two for each");
        }
        long[] all = new long[2 * rank];
        for (int i = 0; i < axes.length; i++) {
            int axis = OperatorCall.axis(axes[i], rank);
            all[axis] = pads[i];
            all[rank + axis] = pads[axes.length + i];
        }
        return all;
    }

    /** As much at both ends, the odd number at the end when something is added and when something is taken off. */
    private static long[] aroundCenter(OperatorCall call) {
        NumberArray array = call.input(0);
        int rank = array.rank();
        long[] wanted = call.longs(1);
        long[] axes = call.node().has("axes")
                ? call.node().wholes("axes")
                : IntStream.range(0, rank).asLongStream().toArray();
        OperatorCall.axes(axes, rank);
        if (wanted.length != axes.length) {
            throw new IllegalArgumentException("it has " + wanted.length + " sizes for " + axes.length + " axes of "
                    + array);
        }
        long[] pads = new long[2 * rank];
        for (int i = 0; i < axes.length; i++) {
            int axis = OperatorCall.axis(axes[i], rank);
            long more = Math.subtractExact(Reshaping.sizes(wanted[i])[0], array.size(axis));
            pads[axis] = more / 2;
            pads[rank + axis] = more - more / 2;
        }
        return pads;
    }

    private static NumberArray padded(OperatorCall call, long[] pads, NumberArray fill) {
        NumberArray array = call.input(0);
        int rank = array.rank();
        if (pads == null || pads.length != 2 * rank) {
            throw new IllegalArgumentException("it pads " + array + " with " + Arrays.toString(pads)
                    + ", expected two numbers for each axis");
        }
        String mode = call.node().text("mode", "constant");
        long[] sizes = new long[rank];
        for (int axis = 0; axis < rank; axis++) {
            sizes[axis] = array.size(axis) + Math.addExact(pads[axis], pads[rank + axis]);
        }
        int[] shape = Reshaping.sizes(sizes);
        int[] strides = Strides.of(array.shape());
        int[] target = Strides.of(shape);
        int[] from = new int[Storage.count(shape)];
        for (int i = 0; i < from.length; i++) {
            int index = 0;
            for (int axis = 0; axis < rank && index >= 0; axis++) {
                long at = i / target[axis] % shape[axis] - pads[axis];
                int place = place(mode, at, array.size(axis));
                index = place < 0 ? -1 : index + place * strides[axis];
            }
            from[i] = index;
        }
        return Storage.picked(array, shape, from, fill == null ? null : fill.in(1));
    }

    /** @return below zero outside of the tensor */
    private static int place(String mode, long at, int size) {
        if (at >= 0 && at < size) {
            return (int) at;
        }
        if (size == 0 && !mode.equals("constant")) {
            throw new IllegalArgumentException("it pads an axis without numbers in the mode '" + mode + "'");
        }
        return switch (mode) {
            case "constant" -> -1;
            case "edge" -> at < 0 ? 0 : size - 1;
            case "wrap" -> (int) Math.floorMod(at, (long) size);
            case "reflect" -> {
                long period = Math.max(1, 2L * (size - 1));
                long within = Math.floorMod(at, period);
                yield (int) (within < size ? within : period - within);
            }
            default -> throw new IllegalArgumentException("its attribute 'mode' is '" + mode
                    + "', expected one of " + List.of("constant", "edge", "reflect", "wrap"));
        };
    }
}
