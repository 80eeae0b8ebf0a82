package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.folding.Folding;
import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.onnx.value.Axes;
import dev.gatun.formats.onnx.value.Constant;
import dev.gatun.formats.onnx.value.Factor;
import dev.gatun.formats.onnx.value.Sizes;
import dev.gatun.formats.onnx.value.Tracked;
import dev.gatun.formats.tensors.NumberType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Nodes that compute with sizes, and numbers that are repeated to them: they are no layers. */
final class SizeNodes {

    private SizeNodes() {}

    static void register(Map<String, NodeMapping> all) {
        all.put("Shape", SizeNodes::shape);
        all.put("Size", SizeNodes::size);
        all.put("ConstantOfShape", SizeNodes::constantOfShape);
        all.put("Expand", SizeNodes::expand);
    }

    private static void shape(NodeCall call) {
        List<Sizes.Size> all = new ArrayList<>();
        switch (call.value(0)) {
            case Tracked tracked -> tracked.onnx().lists().forEach(list -> all.add(Sizes.Size.of(list)));
            case Constant constant -> {
                for (int axis = 0; axis < constant.rank(); axis++) {
                    all.add(constant.axes().isUnit(axis)
                            ? Sizes.Size.of(constant.numbers().size(axis))
                            : Sizes.Size.of(constant.axes().get(axis)));
                }
            }
            case Sizes sizes -> all.add(Sizes.Size.of(sizes.entries().size()));
            default -> throw new NotMapped("reads the shape of nothing");
        }
        int rank = all.size();
        int begin = bounded(call.node().whole("start", 0), rank);
        int end = bounded(call.node().whole("end", rank), rank);
        call.put(new Sizes(all.subList(begin, Math.max(begin, end)), false));
    }

    private static int bounded(long axis, int rank) {
        return Math.clamp(axis < 0 ? axis + rank : axis, 0, rank);
    }

    private static void size(NodeCall call) {
        Axes axes = MovementNodes.axes(call.value(0));
        List<Factor> all = call.value(0) instanceof Constant constant && constant.isPlain()
                ? List.of(Factor.of(constant.numbers().count()))
                : MovementNodes.merged(axes, 0, axes.rank());
        call.put(new Sizes(List.of(Sizes.Size.of(all)), true));
    }

    private static void constantOfShape(NodeCall call) {
        NumberArray value = call.node().numbers("value");
        NumberArray one = value == null ? NumberArray.floats(new int[] {1}, 0) : value;
        call.put(repeated(one.in(), call.sizes(0).entries()));
    }

    /** Numbers repeated to sizes, as arithmetic does it; along sizes that are not known yet they stay single. */
    private static Constant repeated(NumberArray numbers, List<Sizes.Size> sizes) {
        int rank = Math.max(numbers.rank(), sizes.size());
        int[] shape = new int[rank];
        Arrays.fill(shape, 1);
        List<List<Factor>> axes = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            int place = axis - (rank - sizes.size());
            Sizes.Size size = place < 0 ? Sizes.Size.of(1) : sizes.get(place);
            int own = axis - (rank - numbers.rank());
            int known = own < 0 ? 1 : numbers.size(own);
            boolean isOpen = !size.isNumber() && known == 1;
            shape[axis] = size.isNumber() ? Math.toIntExact(Math.max(size.number(), known)) : known;
            axes.add(isOpen ? size.factors() : List.of());
        }
        return new Constant(Folding.repeated(numbers, shape), new Axes(axes));
    }

    private static void expand(NodeCall call) {
        List<Sizes.Size> sizes = call.sizes(1).entries();
        switch (call.value(0)) {
            case Constant constant when constant.isPlain() -> call.put(repeated(constant.numbers(), sizes));
            case Tracked tracked when isSame(tracked.onnx(), sizes) -> call.put(tracked);
            case Tracked tracked -> call.put(Repetitions.repeated(call, ranked(tracked, sizes), times(tracked, sizes)));
            default ->
                throw new NotMapped("repeats values of axes " + MovementNodes.axes(call.value(0)) + " to " + sizes
                        + ", for which there is no layer");
        }
    }

    private static Tracked ranked(Tracked value, List<Sizes.Size> sizes) {
        return value.in(Matching.ranked(value.onnx(), sizes.size()));
    }

    /** How often each axis is repeated to become as long as is said. */
    private static long[] times(Tracked value, List<Sizes.Size> sizes) {
        Axes axes = ranked(value, sizes).onnx();
        long[] times = new long[axes.rank()];
        Arrays.fill(times, 1);
        for (int i = 1; i <= sizes.size(); i++) {
            Sizes.Size size = sizes.get(sizes.size() - i);
            int axis = axes.rank() - i;
            if (axes.isUnit(axis) && size.isNumber()) {
                times[axis] = Math.max(1, size.number());
            } else if (!isSame(new Axes(List.of(axes.get(axis))), List.of(size))) {
                throw new NotMapped(
                        "repeats values of axes " + axes + " to " + sizes + ", for which there is no layer");
            }
        }
        return times;
    }

    private static boolean isSame(Axes axes, List<Sizes.Size> sizes) {
        for (int i = 1; i <= sizes.size(); i++) {
            Sizes.Size size = sizes.get(sizes.size() - i);
            boolean isOne = size.isNumber() && size.number() == 1;
            if (i > axes.rank() || !isOne && !(size.isNumber()
                    ? axes.size(axes.rank() - i) == size.number()
                    : Axes.equal(axes.get(axes.rank() - i), size.factors()))) {
                return false;
            }
        }
        return true;
    }
}
