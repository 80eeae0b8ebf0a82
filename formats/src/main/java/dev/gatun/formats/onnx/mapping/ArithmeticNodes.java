package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.folding.Folding;
import dev.gatun.formats.onnx.plan.PlannedCall;
import dev.gatun.formats.onnx.plan.Ref;
import dev.gatun.formats.onnx.value.Axes;
import dev.gatun.formats.onnx.value.Constant;
import dev.gatun.formats.onnx.value.Factor;
import dev.gatun.formats.onnx.value.Sizes;
import dev.gatun.formats.onnx.value.Tracked;
import dev.gatun.formats.onnx.value.Value;
import dev.gatun.layers.Add;
import dev.gatun.layers.Elementwise;
import dev.gatun.layers.Elementwise.Function;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Maximum;
import dev.gatun.layers.Minimum;
import dev.gatun.layers.Multiply;
import dev.gatun.layers.Subtract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Arithmetic of several values. */
final class ArithmeticNodes {

    private static final Map<String, Function> FUNCTIONS = Map.ofEntries(Map.entry("Add", Function.ADD),
            Map.entry("Sub", Function.SUBTRACT), Map.entry("Mul", Function.MULTIPLY), Map.entry("Div", Function.DIVIDE),
            Map.entry("Pow", Function.POWER), Map.entry("Max", Function.MAXIMUM), Map.entry("Min", Function.MINIMUM),
            Map.entry("Equal", Function.EQUAL), Map.entry("Greater", Function.GREATER),
            Map.entry("Less", Function.LESS),
            Map.entry("GreaterOrEqual", Function.GREATER_EQUAL), Map.entry("LessOrEqual", Function.LESS_EQUAL),
            Map.entry("And", Function.LOGICAL_AND), Map.entry("Or", Function.LOGICAL_OR),
            Map.entry("Xor", Function.LOGICAL_XOR));
    private static final Map<String, Layer> MERGES = Map.of("Add", Add.of(), "Sub", Subtract.of(), "Mul", Multiply.of(),
            "Max", Maximum.of(), "Min", Minimum.of());

    private ArithmeticNodes() {}

    static void register(Map<String, NodeMapping> all) {
        for (String operator : FUNCTIONS.keySet()) {
            all.put(operator, call -> chain(call, operator));
        }
        all.put("Sum", call -> chain(call, "Add"));
        all.put("Where", Choices::map);
        all.put("PRelu", Slopes::map);
    }

    private static void chain(NodeCall call, String operator) {
        Value value = call.value(0);
        for (int input = 1; input < call.inputs().size(); input++) {
            value = two(call, operator, value, call.value(input));
        }
        call.put(value);
    }

    static Value two(NodeCall call, String operator, Value first, Value second) {
        if (first instanceof Tracked one && second instanceof Tracked other) {
            return merged(call, operator, one, other);
        }
        if (first instanceof Tracked one && second instanceof Constant constant) {
            return Constants.with(call, operator, one, constant, false);
        }
        if (first instanceof Constant constant && second instanceof Tracked one) {
            return Constants.with(call, operator, one, constant, true);
        }
        if (first instanceof Constant one && second instanceof Constant other) {
            return folded(operator, one, other);
        }
        if (first instanceof Tracked || second instanceof Tracked) {
            throw new NotMapped("computes with a size that is known only when the model runs");
        }
        return SizeArithmetic.two(operator, sizes(first), sizes(second));
    }

    private static Sizes sizes(Value value) {
        if (value instanceof Sizes sizes) {
            return sizes;
        }
        Constant constant = (Constant) value;
        List<Sizes.Size> entries = new ArrayList<>();
        for (int i = 0; i < constant.numbers().count(); i++) {
            double number = constant.numbers().number(i);
            if (number != Math.rint(number)) {
                throw new NotMapped("computes with a size that is known only when the model runs and " + number);
            }
            entries.add(Sizes.Size.of((long) number));
        }
        return new Sizes(entries, constant.rank() == 0);
    }

    private static Constant folded(String operator, Constant first, Constant second) {
        int rank = Math.max(first.rank(), second.rank());
        Axes one = Matching.ranked(first.axes(), rank);
        Axes other = Matching.ranked(second.axes(), rank);
        List<List<Factor>> axes = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            axes.add(one.isUnit(axis) ? other.get(axis) : one.get(axis));
        }
        return new Constant(Folding.two(operator, first.numbers(), second.numbers()), new Axes(axes));
    }

    private static Tracked merged(NodeCall call, String operator, Tracked first, Tracked second) {
        Layer layer = MERGES.containsKey(operator)
                ? MERGES.get(operator)
                : Elementwise.of(FUNCTIONS.get(operator));
        return Meetings.of(call, List.of(first, second), layer);
    }

    static Function function(String operator) {
        return FUNCTIONS.get(operator);
    }

    /** A number that stands for a whole value. */
    static Tracked withNumber(NodeCall call, String operator, Tracked value, double number, boolean isFirst) {
        Elementwise layer = Elementwise.of(FUNCTIONS.get(operator)).argument(isFirst ? 0 : 1, number);
        Ref ref = PlannedCall.of(call.graph().layer(call, layer), call.graph().arrangement().joined(value)).output(0);
        return Tracked.of(ref, value.axes(), value.onnx());
    }
}
