package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;

/** Operators that put numbers where others say. */
final class Scattering {

    static final List<Operator> OPERATORS = List.of(
            Operator.of("Scatter").from(9).to(10).inputs(3).with("axis").makes(Scattering::elements),
            Operator.of("ScatterElements").from(11).inputs(3).with("axis", "reduction").makes(Scattering::elements),
            Operator.of("ScatterND").from(11).inputs(3).with("reduction").makes(Scattering::tuples));

    private Scattering() {}

    private static NumberArray elements(OperatorCall call) {
        int[] places = Gathering.places(call.input(0), call.input(1), call.node().whole("axis", 0));
        return put(call, places, 1);
    }

    private static NumberArray tuples(OperatorCall call) {
        NumberArray data = call.input(0);
        NumberArray indices = call.input(1);
        int[] starts = Gathering.starts(data, indices, 0);
        int length = Strides.product(data.shape(), indices.size(indices.rank() - 1), data.rank());
        return put(call, starts, length);
    }

    private static NumberArray put(OperatorCall call, int[] starts, int length) {
        NumberArray data = call.input(0);
        NumberArray updates = call.input(2);
        Storage.requireSameType(data, updates);
        if (updates.count() != (long) starts.length * length) {
            throw new IllegalArgumentException("its updates are " + updates + ", expected " + (long) starts.length
                    * length + " numbers for the indices " + call.input(1));
        }
        String reduction = call.node().text("reduction", "none");
        Object made = Storage.of(data.type(), data.count());
        System.arraycopy(data.numbers(), 0, made, 0, data.count());
        NumberArray target = Storage.value(data.type(), data.shape(), made);
        for (int i = 0; i < starts.length; i++) {
            if (reduction.equals("none")) {
                System.arraycopy(updates.numbers(), i * length, made, starts[i], length);
            } else {
                NumberArray old = Joining.part(target.in(data.count()), 0, starts[i], length);
                NumberArray by = Joining.part(updates.in(updates.count()), 0, i * length, length);
                System.arraycopy(reduced(reduction, old, by).numbers(), 0, made, starts[i], length);
            }
        }
        return target;
    }

    private static NumberArray reduced(String reduction, NumberArray old, NumberArray by) {
        DoubleBinaryOperator function = switch (reduction) {
            case "add" -> Double::sum;
            case "mul" -> (a, b) -> a * b;
            case "max" -> Math::max;
            case "min" -> Math::min;
            default -> throw new IllegalArgumentException("its attribute 'reduction' is '" + reduction
                    + "', expected one of " + List.of("none", "add", "mul", "max", "min"));
        };
        LongBinaryOperator ofWhole = switch (reduction) {
            case "add" -> Long::sum;
            case "mul" -> (a, b) -> a * b;
            case "max" -> Math::max;
            default -> Math::min;
        };
        return ByElement.combine(old, by, function, ofWhole);
    }
}
