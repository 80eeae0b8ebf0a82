package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.plan.PlannedCall;
import dev.gatun.formats.onnx.plan.Ref;
import dev.gatun.formats.onnx.value.Axes;
import dev.gatun.formats.onnx.value.Factor;
import dev.gatun.formats.onnx.value.Sizes;
import dev.gatun.formats.onnx.value.Tracked;
import dev.gatun.formats.onnx.value.Value;
import dev.gatun.layers.Elementwise;
import dev.gatun.layers.Reduction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Nodes that make one number of those along axes. */
final class ReductionNodes {

    private static final Map<String, Reduction.Function> FUNCTIONS = Map.of("ReduceMean", Reduction.Function.MEAN,
            "ReduceSum", Reduction.Function.SUM, "ReduceMax", Reduction.Function.MAX, "ReduceMin",
            Reduction.Function.MIN);

    private ReductionNodes() {}

    static void register(Map<String, NodeMapping> all) {
        FUNCTIONS.forEach((operator, function) -> all.put(operator, call -> reduce(call, function)));
        all.put("ReduceL1", call -> ofEach(call, Elementwise.Function.ABSOLUTE));
        all.put("ReduceSumSquare", call -> ofEach(call, Elementwise.Function.SQUARE));
        all.put("ReduceL2", ReductionNodes::length);
        all.put("ReduceProd", ReductionNodes::product);
        all.put("GlobalAveragePool", call -> pool(call, Reduction.Function.MEAN));
        all.put("GlobalMaxPool", call -> pool(call, Reduction.Function.MAX));
    }

    /** The sum of a function of each number. */
    private static void ofEach(NodeCall call, Elementwise.Function function) {
        if (call.isOfNumbers()) {
            call.putFolded();
        } else {
            call.put(reduced(call, FunctionNodes.layered(call, call.tracked(0), Elementwise.of(function)),
                    Reduction.Function.SUM));
        }
    }

    private static void length(NodeCall call) {
        if (call.isOfNumbers()) {
            call.putFolded();
            return;
        }
        Tracked squares = FunctionNodes.layered(call, call.tracked(0), Elementwise.of(Elementwise.Function.SQUARE));
        call.put(FunctionNodes.layered(call, reduced(call, squares, Reduction.Function.SUM),
                Elementwise.of(Elementwise.Function.SQRT)));
    }

    /** Of sizes: how many numbers a value has. */
    private static void product(NodeCall call) {
        if (call.isOfNumbers()) {
            call.putFolded();
            return;
        }
        if (!(call.value(0) instanceof Sizes sizes)) {
            throw new NotMapped("multiplies the numbers of an axis, for which there is no layer");
        }
        Value product = new Sizes(List.of(Sizes.Size.of(1)), true);
        for (Sizes.Size size : sizes.entries()) {
            product = SizeArithmetic.two("Mul", (Sizes) product, new Sizes(List.of(size), true));
        }
        boolean keeps = call.node().whole("keepdims", 1) != 0;
        call.put(new Sizes(((Sizes) product).entries(), !keeps));
    }

    private static void reduce(NodeCall call, Reduction.Function function) {
        if (call.isOfNumbers()) {
            call.putFolded();
        } else {
            call.put(reduced(call, call.tracked(0), function));
        }
    }

    /** Along the axes that the node says. */
    private static Tracked reduced(NodeCall call, Tracked value, Reduction.Function function) {
        long[] said = call.wholes("axes", 1);
        boolean isNone = said == null || said.length == 0;
        if (isNone && call.node().whole("noop_with_empty_axes", 0) != 0) {
            return value;
        }
        TreeSet<Integer> axes = new TreeSet<>();
        for (int axis = 0; isNone && axis < value.onnx().rank(); axis++) {
            axes.add(axis);
        }
        for (int i = 0; !isNone && i < said.length; i++) {
            axes.add(NodeCall.axis(said[i], value.onnx().rank()));
        }
        return reduced(call, value, axes, function, call.node().whole("keepdims", 1) != 0);
    }

    private static void pool(NodeCall call, Reduction.Function function) {
        Tracked value = call.tracked(0);
        TreeSet<Integer> axes = new TreeSet<>();
        for (int axis = 2; axis < value.onnx().rank(); axis++) {
            axes.add(axis);
        }
        call.put(reduced(call, value, axes, function, true));
    }

    private static Tracked reduced(
            NodeCall call, Tracked value, TreeSet<Integer> axes, Reduction.Function function, boolean keeps) {
        List<Factor> ended = new ArrayList<>();
        Axes outside = value.onnx();
        for (int axis : axes.descendingSet()) {
            ended.addAll(0, Axes.plain(outside.get(axis)));
            outside = keeps ? outside.with(axis, List.of()) : outside.without(axis);
        }
        if (ended.stream().anyMatch(Factor::isBatch)) {
            throw new NotMapped("makes one number of those of several samples");
        }
        if (ended.isEmpty()) {
            return value.in(outside);
        }
        Axes inside = value.axes();
        List<Integer> places = places(inside, ended);
        if (places == null) {
            inside = Layouts.behind(inside, ended);
            places = List.of(inside.rank() - 1);
        }
        Ref read = call.graph().arrangement().arranged(value, inside);
        boolean isAll = places.size() == inside.rank() - 1;
        Reduction layer = Reduction.of(function, places.stream().mapToInt(Integer::intValue).toArray()).keepDims(isAll);
        Axes made = inside;
        for (int place : places.reversed()) {
            made = isAll ? made.with(place, List.of()) : made.without(place);
        }
        return Tracked.of(PlannedCall.of(call.graph().layer(call, layer), read).output(0), made, outside);
    }

    /** The model's axes that have just these factors, or null if they are parts of axes. */
    private static List<Integer> places(Axes axes, List<Factor> factors) {
        List<Integer> places = new ArrayList<>();
        int found = 0;
        for (int axis = 1; axis < axes.rank(); axis++) {
            List<Factor> own = Axes.plain(axes.get(axis));
            if (!own.isEmpty() && factors.containsAll(own)) {
                places.add(axis);
                found += own.size();
            }
        }
        return found == factors.size() ? places : null;
    }
}
