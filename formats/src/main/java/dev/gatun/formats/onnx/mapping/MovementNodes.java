package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.folding.Folding;
import dev.gatun.formats.onnx.folding.Moves;
import dev.gatun.formats.onnx.graph.ElementTypes;
import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.onnx.graph.ParsedNode;
import dev.gatun.formats.onnx.value.Axes;
import dev.gatun.formats.onnx.value.Constant;
import dev.gatun.formats.onnx.value.Factor;
import dev.gatun.formats.onnx.value.Sizes;
import dev.gatun.formats.onnx.value.Tracked;
import dev.gatun.formats.onnx.value.Value;
import dev.gatun.formats.tensors.NumberType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Nodes that leave numbers as they are and say otherwise how they lie: they are no layers. */
final class MovementNodes {

    private MovementNodes() {}

    static void register(Map<String, NodeMapping> all) {
        all.put("Identity", call -> call.put(call.value(0)));
        all.put("Dropout", MovementNodes::dropout);
        all.put("Cast", call -> cast(call, ElementTypes.of(call.node().whole("to", 0), "its result")));
        all.put("Transpose", MovementNodes::transpose);
        all.put("Squeeze", MovementNodes::squeeze);
        all.put("Unsqueeze", MovementNodes::unsqueeze);
        all.put("Reshape", MovementNodes::reshape);
        all.put("Flatten", MovementNodes::flatten);
        all.put("Constant", MovementNodes::constant);
    }

    private static void dropout(NodeCall call) {
        if (call.has(2) && call.value(2) instanceof Constant training && !training.isAll(0)) {
            throw new NotMapped("drops numbers as in a training, and a model that is read predicts");
        }
        call.put(call.value(0));
    }

    private static void constant(NodeCall call) {
        ParsedNode node = call.node();
        if (node.has("value")) {
            call.put(Constant.of(node.numbers("value")));
        } else if (node.has("value_int")) {
            call.put(Constant.of(NumberArray.longs(NumberType.INT64, new int[0], node.whole("value_int", 0))));
        } else if (node.has("value_ints")) {
            call.put(Constant.of(NumberArray.longs(node.wholes("value_ints"))));
        } else if (node.has("value_float")) {
            call.put(Constant.of(NumberArray.floats(new int[0], node.real("value_float", 0))));
        } else if (node.has("value_floats")) {
            List<Float> reals = node.reals("value_floats");
            float[] floats = new float[reals.size()];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = reals.get(i);
            }
            call.put(Constant.of(NumberArray.floats(new int[] {floats.length}, floats)));
        } else {
            throw new NotMapped("holds " + node.attributes().keySet() + ", expected numbers");
        }
    }

    private static void cast(NodeCall call, NumberType type) {
        switch (call.value(0)) {
            case Constant constant -> call.put(new Constant(Folding.cast(constant.numbers(), type), constant.axes()));
            case Tracked tracked -> call.put(Casts.of(call, tracked, type));
            case Value other -> call.put(other);
        }
    }

    private static void transpose(NodeCall call) {
        Value value = call.value(0);
        int rank = rank(value);
        long[] said = call.node().wholes("perm");
        int[] order = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            order[axis] = said == null ? rank - 1 - axis : (int) said[axis];
        }
        int[] sorted = order.clone();
        Arrays.sort(sorted);
        for (int axis = 0; axis < rank; axis++) {
            if (sorted[axis] != axis || said != null && said.length != rank) {
                throw new NotMapped("orders the axes of a value of " + rank + " as " + Arrays.toString(said));
            }
        }
        call.put(value instanceof Tracked tracked
                ? tracked.in(tracked.onnx().permuted(order))
                : new Constant(Moves.transposed(((Constant) value).numbers(), order),
                        ((Constant) value).axes().permuted(order)));
    }

    /** @throws NotMapped of sizes that are known only when the model runs: they have one axis at most */
    static int rank(Value value) {
        return axes(value).rank();
    }

    static Axes axes(Value value) {
        return switch (value) {
            case Tracked tracked -> tracked.onnx();
            case Constant constant -> constant.axes();
            default -> throw new NotMapped("computes with sizes that are known only when the model runs");
        };
    }

    private static void squeeze(NodeCall call) {
        long[] said = call.wholes("axes", 1);
        if (call.value(0) instanceof Sizes sizes) {
            call.put(new Sizes(sizes.entries(), sizes.entries().size() == 1));
            return;
        }
        Value value = call.value(0);
        List<Integer> ended = new ArrayList<>();
        for (int axis = 0; axis < rank(value) && said == null; axis++) {
            if (size(value, axis) == 1) {
                ended.add(axis);
            }
        }
        for (int i = 0; said != null && i < said.length; i++) {
            ended.add(NodeCall.axis(said[i], rank(value)));
        }
        ended.sort(null);
        for (int axis : ended.reversed()) {
            value = without(call, value, axis);
        }
        call.put(value);
    }

    private static long size(Value value, int axis) {
        return value instanceof Constant constant && constant.axes().isUnit(axis)
                ? constant.numbers().size(axis)
                : axes(value).size(axis);
    }

    private static Value without(NodeCall call, Value value, int axis) {
        List<Factor> factors = axes(value).get(axis);
        if (factors.stream().anyMatch(Factor::isBatch) || size(value, axis) != 1) {
            if (factors.size() == 1 && factors.getFirst().isBatch()) {
                throw new NotMapped("takes away the axis of the batch");
            }
            throw new NotMapped("takes away axis " + axis + " of " + axes(value) + ", whose size is not 1");
        }
        return value instanceof Tracked tracked
                ? tracked.in(tracked.onnx().without(axis))
                : new Constant(((Constant) value).numbers().in(changed((Constant) value, axis, false)),
                        ((Constant) value).axes().without(axis));
    }

    private static int[] changed(Constant constant, int axis, boolean isInserted) {
        List<Integer> shape = new ArrayList<>();
        for (int size : constant.numbers().shape()) {
            shape.add(size);
        }
        if (isInserted) {
            shape.add(axis, 1);
        } else {
            shape.remove(axis);
        }
        return shape.stream().mapToInt(Integer::intValue).toArray();
    }

    private static void unsqueeze(NodeCall call) {
        long[] said = call.wholes("axes", 1);
        if (call.value(0) instanceof Sizes sizes) {
            call.put(new Sizes(sizes.entries(), false));
            return;
        }
        Value value = call.value(0);
        if (said == null) {
            throw new NotMapped("does not say which axes are new");
        }
        int rank = rank(value) + said.length;
        for (int axis : Arrays.stream(said).mapToInt(each -> NodeCall.axis(each, rank)).sorted().toArray()) {
            value = value instanceof Tracked tracked
                    ? tracked.in(tracked.onnx().inserted(axis, List.of()))
                    : new Constant(((Constant) value).numbers().in(changed((Constant) value, axis, true)),
                            ((Constant) value).axes().inserted(axis, List.of()));
        }
        call.put(value);
    }

    private static void reshape(NodeCall call) {
        boolean zeroIsNone = call.node().whole("allowzero", 0) != 0;
        Sizes target = call.sizes(1);
        switch (call.value(0)) {
            case Tracked tracked -> call.put(Regrouping.of(tracked, target, zeroIsNone));
            case Sizes sizes -> call.put(new Sizes(sizes.entries(), target.entries().isEmpty()));
            case Constant constant when constant.isPlain() -> {
                int[] shape = Folding.shape(constant.numbers(), call.wholes(1), zeroIsNone);
                call.put(Constant.of(constant.numbers().in(shape)));
            }
            default -> throw new NotMapped("reshapes numbers that are repeated for each sample");
        }
    }

    private static void flatten(NodeCall call) {
        int axis = (int) call.node().whole("axis", 1);
        switch (call.value(0)) {
            case Tracked tracked -> {
                int rank = tracked.onnx().rank();
                int before = axis == rank ? rank : NodeCall.axis(axis, rank);
                call.put(tracked.in(new Axes(List.of(merged(tracked.onnx(), 0, before),
                        merged(tracked.onnx(), before, rank)))));
            }
            case Constant constant when constant.isPlain() -> {
                NumberArray numbers = constant.numbers();
                int before = NumberArray.count(Arrays.copyOf(numbers.shape(), axis < 0 ? axis + numbers.rank() : axis));
                call.put(Constant.of(numbers.in(before, before == 0 ? 0 : numbers.count() / before)));
            }
            default -> throw new NotMapped("flattens sizes");
        }
    }

    static List<Factor> merged(Axes axes, int from, int to) {
        return axes.lists().subList(from, to).stream().flatMap(List::stream).toList();
    }
}
