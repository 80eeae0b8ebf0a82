package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.value.Axes;
import dev.gatun.formats.onnx.value.Constant;
import dev.gatun.formats.onnx.value.Sizes;
import dev.gatun.formats.onnx.value.Tracked;
import dev.gatun.formats.onnx.value.Value;
import dev.gatun.layers.Elementwise;
import java.util.ArrayList;
import java.util.List;

/** Where. */
final class Choices {

    private Choices() {}

    static void map(NodeCall call) {
        Value first = call.value(1);
        Value second = call.value(2);
        if (!(call.value(0) instanceof Constant condition)) {
            call.put(ofValues(call, call.tracked(0), first, second));
            return;
        }
        if (first instanceof Sizes || second instanceof Sizes) {
            ofSizes(call, condition);
        } else if (first instanceof Constant one && second instanceof Constant other && condition.isPlain()
                && one.isPlain()
                && other.isPlain()) {
            call.put(Constant.of(call.met(List.of(condition.numbers(), one.numbers(), other.numbers()))));
        } else if (condition.isAll(1) || condition.isAll(0)) {
            call.put(whole(condition.isAll(1) ? first : second, condition.isAll(1) ? second : first, condition));
        } else {
            throw new NotMapped("chooses number by number by numbers of its own, for which there is no layer");
        }
    }

    /** What is taken everywhere, if it is not repeated by what it is chosen from. */
    private static Value whole(Value taken, Value other, Constant condition) {
        int rank = MovementNodes.rank(taken);
        boolean isLarger = rank >= MovementNodes.rank(other) && rank >= condition.rank();
        Axes axes = MovementNodes.axes(taken);
        for (int axis = 1; isLarger && taken instanceof Tracked && axis <= MovementNodes.rank(other); axis++) {
            isLarger = !axes.isUnit(rank - axis)
                    || MovementNodes.axes(other).isUnit(MovementNodes.rank(other) - axis);
        }
        if (!isLarger) {
            throw new NotMapped("repeats what it chooses along axes of what it does not");
        }
        return taken;
    }

    private static void ofSizes(NodeCall call, Constant condition) {
        Sizes first = call.sizes(1);
        Sizes second = call.sizes(2);
        int count = Math.max(condition.numbers().count(), Math.max(first.entries().size(), second.entries().size()));
        List<Sizes.Size> chosen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean holds = condition.numbers().number(condition.numbers().count() == 1 ? 0 : i) != 0;
            chosen.add(SizeArithmetic.at(holds ? first : second, i, count));
        }
        call.put(new Sizes(chosen, first.isScalar() && second.isScalar() && condition.rank() == 0));
    }

    private static Tracked ofValues(NodeCall call, Tracked condition, Value first, Value second) {
        Elementwise layer = Elementwise.of(Elementwise.Function.WHERE);
        List<Tracked> values = new ArrayList<>(List.of(condition));
        Value[] both = {first, second};
        for (int place = 0; place < both.length; place++) {
            if (both[place] instanceof Tracked tracked) {
                values.add(tracked);
            } else if (both[place] instanceof Constant constant && constant.isAll(constant.numbers().number(0))) {
                layer = layer.argument(place + 1, constant.numbers().number(0));
            } else {
                throw new NotMapped("chooses between values and numbers that differ, for which there is no layer");
            }
        }
        return Meetings.of(call, values, layer);
    }
}
