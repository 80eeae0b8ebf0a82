package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.folding.Moves;
import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.onnx.value.Axes;
import dev.gatun.formats.onnx.value.Constant;
import dev.gatun.formats.onnx.value.Factor;
import dev.gatun.formats.onnx.value.Sizes;
import dev.gatun.formats.onnx.value.Tracked;
import dev.gatun.formats.onnx.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Nodes that take parts of values, and put values together. */
final class PartNodes {

    private static final int MOST_PARTS = 64;

    private PartNodes() {}

    static void register(Map<String, NodeMapping> all) {
        all.put("Slice", PartNodes::slice);
        all.put("Split", PartNodes::split);
        all.put("Gather", PartNodes::gather);
        all.put("Concat", PartNodes::concat);
    }

    private static void slice(NodeCall call) {
        long[] begins = call.wholes("starts", 1);
        long[] ends = call.wholes("ends", 2);
        long[] axes = call.wholes("axes", 3);
        long[] steps = call.has(4) ? call.wholes(4) : null;
        if (begins == null || ends == null || begins.length != ends.length || axes != null && axes.length != ends.length
                || steps != null && steps.length != ends.length) {
            throw new NotMapped("says as many axes, starts, ends and steps as belong together");
        }
        Value value = call.value(0);
        for (int i = 0; i < begins.length; i++) {
            long axis = axes == null ? i : axes[i];
            value = part(call, value, axis, begins[i], ends[i], steps == null ? 1 : steps[i]);
        }
        call.put(value);
    }

    private static Value part(NodeCall call, Value value, long said, long begin, long end, long step) {
        if (value instanceof Sizes sizes) {
            Cuts.Span span = Cuts.Span.of(begin, end, step, sizes.entries().size());
            List<Sizes.Size> part = new ArrayList<>();
            for (long i = 0; i < span.count(); i++) {
                part.add(sizes.entries().get((int) (span.first() + i * span.step())));
            }
            return new Sizes(part, false);
        }
        int axis = NodeCall.axis(said, MovementNodes.rank(value));
        if (value instanceof Tracked tracked) {
            return new Cuts(call).part(tracked, axis, begin, end, step);
        }
        Constant constant = (Constant) value;
        if (!constant.axes().isUnit(axis)) {
            throw new NotMapped("takes a part of numbers that are repeated for each sample");
        }
        Cuts.Span span = Cuts.Span.of(begin, end, step, constant.numbers().size(axis));
        return new Constant(Moves.part(constant.numbers(), axis, (int) span.first(), (int) span.count(), (int) step),
                constant.axes());
    }

    private static void split(NodeCall call) {
        Value value = call.value(0);
        int axis = NodeCall.axis(call.node().whole("axis", 0), MovementNodes.rank(value));
        long size = value instanceof Constant constant
                ? constant.numbers().size(axis)
                : MovementNodes.axes(value).size(axis);
        long[] parts = call.wholes("split", 1);
        int count = call.node().outputs().size();
        if (parts == null) {
            if (size == Factor.UNKNOWN) {
                throw new NotMapped("splits an axis of unknown size");
            }
            long each = Math.ceilDiv(size, count);
            parts = new long[count];
            for (int i = 0; i < count; i++) {
                parts[i] = Math.clamp(size - i * each, 0, each);
            }
        }
        long begin = 0;
        for (int output = 0; output < count; output++) {
            if (call.graph().isRead(call.node().output(output))) {
                call.put(output, part(call, value, axis, begin, begin + parts[output], 1));
            }
            begin += parts[output];
        }
        if (size != Factor.UNKNOWN && begin != size) {
            throw new NotMapped("splits an axis of size " + size + " into " + Arrays.toString(parts));
        }
    }

    private static void gather(NodeCall call) {
        Value value = call.value(0);
        if (value instanceof Sizes sizes) {
            gatherSizes(call, sizes);
            return;
        }
        int axis = NodeCall.axis(call.node().whole("axis", 0), MovementNodes.rank(value));
        if (value instanceof Constant table && call.value(1) instanceof Tracked ids) {
            Lookups.map(call, table, axis, ids);
            return;
        }
        if (value instanceof Tracked sequence && call.value(1) instanceof Sizes number
                && call.graph().loop(number) instanceof StepReader loop) {
            Tracked step = loop.at(sequence, axis);
            call.put(number.isScalar() ? step : step.in(step.onnx().inserted(axis, List.of())));
            return;
        }
        NumberArray indices = call.numbers(1);
        if (value instanceof Tracked tracked) {
            gatherValues(call, tracked, axis, indices);
            return;
        }
        if (!((Constant) value).isPlain()) {
            throw new NotMapped("takes parts of numbers that are repeated for each sample");
        }
        call.put(Constant.of(Moves.gathered(((Constant) value).numbers(), axis, indices)));
    }

    private static void gatherSizes(NodeCall call, Sizes sizes) {
        NumberArray indices = call.numbers(1);
        List<Sizes.Size> found = new ArrayList<>();
        for (int i = 0; i < indices.count(); i++) {
            long index = (long) indices.number(i);
            found.add(sizes.entries().get(NodeCall.axis(index, sizes.entries().size())));
        }
        call.put(new Sizes(found, indices.rank() == 0));
    }

    private static void gatherValues(NodeCall call, Tracked value, int axis, NumberArray indices) {
        if (indices.rank() == 0) {
            call.put(new Cuts(call).at(value, axis, (long) indices.number(0)));
            return;
        }
        if (indices.rank() == 1 && indices.count() > 1 && indices.count() <= MOST_PARTS && !isRange(indices)) {
            List<Tracked> parts = new ArrayList<>();
            for (int i = 0; i < indices.count(); i++) {
                Tracked one = new Cuts(call).at(value, axis, (long) indices.number(i));
                parts.add(one.in(one.onnx().inserted(axis, List.of())));
            }
            call.put(Unions.of(call, parts, axis));
            return;
        }
        long first = indices.count() == 0 ? 0 : (long) indices.number(0);
        long step = indices.count() > 1 ? (long) indices.number(1) - first : 1;
        for (int i = 0; i < indices.count(); i++) {
            if (indices.rank() != 1 || (long) indices.number(i) != first + i * step || step == 0 || first < 0) {
                throw new NotMapped("takes indices that are no range of an axis");
            }
        }
        long end = first + indices.count() * step;
        call.put(new Cuts(call).part(value, axis, first, end < 0 ? Long.MIN_VALUE >> 2 : end, step));
    }

    private static boolean isRange(NumberArray indices) {
        double first = indices.number(0);
        double step = indices.number(1) - first;
        boolean isRange = first >= 0 && step != 0;
        for (int i = 2; i < indices.count(); i++) {
            isRange &= indices.number(i) == first + i * step;
        }
        return isRange;
    }

    private static void concat(NodeCall call) {
        List<Value> values = call.inputs();
        if (values.stream().anyMatch(Sizes.class::isInstance)) {
            List<Sizes.Size> all = new ArrayList<>();
            for (int input = 0; input < values.size(); input++) {
                all.addAll(call.sizes(input).entries());
            }
            call.put(new Sizes(all, false));
            return;
        }
        int axis = NodeCall.axis(call.node().whole("axis", 1), MovementNodes.rank(call.value(0)));
        if (values.stream().allMatch(value -> value instanceof Constant constant && constant.axes().isUnit(axis))) {
            concatConstants(call, axis);
            return;
        }
        List<Tracked> tracked = new ArrayList<>();
        for (int input = 0; input < values.size(); input++) {
            tracked.add(values.get(input) instanceof Constant constant
                    ? FixedValues.of(call, constant, first(call))
                    : call.tracked(input));
        }
        call.put(tracked.size() == 1 ? tracked.getFirst() : Unions.of(call, tracked, axis));
    }

    private static Tracked first(NodeCall call) {
        return call.inputs().stream().filter(Tracked.class::isInstance).map(Tracked.class::cast).findFirst()
                .orElseThrow(() -> new NotMapped("puts numbers together that are repeated for each sample"));
    }

    private static void concatConstants(NodeCall call, int axis) {
        List<NumberArray> arrays = new ArrayList<>();
        Axes axes = MovementNodes.axes(call.value(0));
        for (int input = 0; input < call.inputs().size(); input++) {
            Constant constant = (Constant) call.value(input);
            arrays.add(constant.numbers());
            if (!constant.axes().sameAs(axes)) {
                throw new NotMapped("puts numbers together that are repeated along different axes");
            }
        }
        call.put(new Constant(Moves.joined(arrays, axis), axes));
    }
}
