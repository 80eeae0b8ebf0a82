package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.onnx.operator.ByElement.Relation;
import dev.gatun.formats.tensors.NumberType;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.function.LongBinaryOperator;

/** Comparisons, what is computed of true and false, and the choice between two values. */
final class Logic {

    static final List<Operator> OPERATORS = List.of(
            compared("Equal", 7, (a, b) -> a == b),
            compared("Less", 7, (a, b) -> a < b),
            compared("Greater", 7, (a, b) -> a > b),
            compared("LessOrEqual", 12, (a, b) -> a <= b),
            compared("GreaterOrEqual", 12, (a, b) -> a >= b),
            combined("And", (a, b) -> a != 0 && b != 0),
            combined("Or", (a, b) -> a != 0 || b != 0),
            combined("Xor", (a, b) -> a != b),
            Operator.of("Not").makes(call -> ByElement.compare(requireBooleans(call.input(0)),
                    NumberArray.booleans(new int[0], false), (a, b) -> a == b)),
            Operator.of("IsNaN").from(9).makes(call -> tested(call.input(0), Double::isNaN)),
            Operator.of("IsInf").from(10).with("detect_negative", "detect_positive").makes(Logic::infinite),
            bitwise("BitwiseAnd", (a, b) -> a & b),
            bitwise("BitwiseOr", (a, b) -> a | b),
            bitwise("BitwiseXor", (a, b) -> a ^ b),
            Operator.of("BitwiseNot").from(18).makes(call -> ByElement.map(whole(call.input(0)), x -> x, x -> ~x)),
            Operator.of("BitShift").from(11).inputs(2).with("direction").makes(Logic::shifted),
            Operator.of("Where").from(9).inputs(3).makes(Logic::chosen));

    private Logic() {}

    private static Operator compared(String name, int from, Relation relation) {
        return Operator.of(name).from(from).inputs(2)
                .makes(call -> ByElement.compare(call.input(0), call.input(1), relation));
    }

    private static Operator combined(String name, Relation relation) {
        return Operator.of(name).from(7).inputs(2).makes(call -> ByElement.compare(requireBooleans(call.input(0)),
                requireBooleans(call.input(1)), relation));
    }

    private static Operator bitwise(String name, LongBinaryOperator function) {
        return Operator.of(name).from(18).inputs(2).makes(
                call -> ByElement.combine(whole(call.input(0)), whole(call.input(1)), (a, b) -> a, function));
    }

    private static NumberArray whole(NumberArray array) {
        if (!array.type().isWhole()) {
            throw new IllegalArgumentException("its input is " + array + ", expected whole numbers");
        }
        return array;
    }

    private static NumberArray requireBooleans(NumberArray array) {
        if (array.type() != NumberType.BOOL) {
            throw new IllegalArgumentException("its input is " + array + ", expected booleans");
        }
        return array;
    }

    private static NumberArray tested(NumberArray array, DoublePredicate test) {
        boolean[] made = new boolean[array.count()];
        for (int i = 0; i < made.length; i++) {
            made[i] = test.test(array.number(i));
        }
        return NumberArray.booleans(array.shape(), made);
    }

    private static NumberArray infinite(OperatorCall call) {
        boolean negative = call.node().whole("detect_negative", 1) != 0;
        boolean positive = call.node().whole("detect_positive", 1) != 0;
        return tested(call.input(0), x -> Double.isInfinite(x) && (x < 0 ? negative : positive));
    }

    private static NumberArray shifted(OperatorCall call) {
        boolean isLeft = switch (call.node().text("direction", "")) {
            case "LEFT" -> true;
            case "RIGHT" -> false;
            case String other -> throw new IllegalArgumentException("its attribute 'direction' is '" + other
                    + "', expected 'LEFT' or 'RIGHT'");
        };
        return ByElement.combine(whole(call.input(0)), whole(call.input(1)), (a, b) -> a,
                (a, b) -> b >= Long.SIZE || b < 0 ? 0 : isLeft ? a << b : a >>> b);
    }

    private static NumberArray chosen(OperatorCall call) {
        NumberArray condition = requireBooleans(call.input(0));
        NumberArray yes = call.input(1);
        NumberArray no = call.input(2);
        Storage.requireSameType(yes, no);
        int[] shape = Broadcast.shape(Broadcast.shape(condition.shape(), yes.shape()), no.shape());
        boolean[] holds = Broadcast.to(condition, shape).booleans();
        int[] ofYes = Broadcast.indices(yes, shape);
        int[] ofNo = Broadcast.indices(no, shape);
        // The numbers of both lie behind each other, so that picking from them serves every type.
        NumberArray both = Joining.joined(List.of(yes.in(yes.count()), no.in(no.count())), 0);
        int[] from = new int[holds.length];
        Arrays.setAll(from, i -> holds[i] ? ofYes[i] : yes.count() + ofNo[i]);
        return Storage.picked(both, shape, from);
    }
}
