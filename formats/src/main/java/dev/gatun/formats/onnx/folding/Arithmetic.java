package dev.gatun.formats.onnx.folding;

import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.tensors.NumberType;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;

/** Number by number: of whole numbers in whole numbers, of others in float64, rounded at the end. */
final class Arithmetic {

    /** A comparison of two numbers. */
    private interface Comparison {
        boolean holds(double x, double y);
    }

    private static final Map<String, DoubleBinaryOperator> TWO = Map.of("Add", Double::sum, "Sub", (x, y) -> x - y,
            "Mul", (x, y) -> x * y, "Div", (x, y) -> x / y, "Pow", Math::pow, "Max", Math::max, "Min", Math::min);
    private static final Map<String, LongBinaryOperator> TWO_WHOLE = Map.of("Add", Long::sum, "Sub", (x, y) -> x - y,
            "Mul", (x, y) -> x * y, "Div", (x, y) -> y == 0 ? 0 : x / y, "Pow", (x, y) -> (long) Math.pow(x, y), "Max",
            Math::max, "Min", Math::min);
    private static final Map<String, DoubleUnaryOperator> ONE = Map.of("Neg", x -> -x, "Sqrt", Math::sqrt, "Exp",
            Math::exp,
            "Log", Math::log, "Reciprocal", x -> 1 / x, "Abs", Math::abs, "Tanh", Math::tanh, "Sigmoid",
            x -> 1 / (1 + Math.exp(-x)), "Floor", Math::floor, "Ceil", Math::ceil);
    private static final Map<String, Comparison> COMPARED = Map.of("Equal", (x, y) -> x == y, "Greater",
            (x, y) -> x > y,
            "Less", (x, y) -> x < y, "GreaterOrEqual", (x, y) -> x >= y, "LessOrEqual", (x, y) -> x <= y, "And",
            (x, y) -> x != 0 && y != 0, "Or", (x, y) -> x != 0 || y != 0, "Xor", (x, y) -> x != 0 ^ y != 0);

    private Arithmetic() {}

    static boolean ofTwo(String operator) {
        return TWO.containsKey(operator) || COMPARED.containsKey(operator);
    }

    static boolean ofOne(String operator) {
        return ONE.containsKey(operator);
    }

    static NumberArray two(String operator, NumberArray first, NumberArray second) {
        int[] shape = Moves.both(first.shape(), second.shape());
        NumberArray x = Moves.repeated(first, shape);
        NumberArray y = Moves.repeated(second, shape);
        if (COMPARED.containsKey(operator)) {
            Comparison comparison = COMPARED.get(operator);
            boolean[] held = new boolean[x.count()];
            for (int i = 0; i < held.length; i++) {
                held[i] = comparison.holds(x.number(i), y.number(i));
            }
            return NumberArray.booleans(shape, held);
        }
        if (x.type().isWhole() && y.type().isWhole()) {
            LongBinaryOperator function = TWO_WHOLE.get(operator);
            long[] longs = new long[x.count()];
            for (int i = 0; i < longs.length; i++) {
                longs[i] = function.applyAsLong(x.longs()[i], y.longs()[i]);
            }
            return NumberArray.longs(x.type(), shape, longs);
        }
        DoubleBinaryOperator function = TWO.get(operator);
        double[] doubles = new double[x.count()];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = function.applyAsDouble(x.number(i), y.number(i));
        }
        return rounded(x.type(), shape, doubles);
    }

    static NumberArray one(String operator, NumberArray array) {
        DoubleUnaryOperator function = ONE.get(operator);
        double[] doubles = new double[array.count()];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = function.applyAsDouble(array.number(i));
        }
        return rounded(array.type(), array.shape(), doubles);
    }

    static NumberArray chosen(NumberArray condition, NumberArray first, NumberArray second) {
        int[] shape = Moves.both(condition.shape(), Moves.both(first.shape(), second.shape()));
        NumberArray holds = Moves.repeated(condition, shape);
        NumberArray x = Moves.repeated(first, shape);
        NumberArray y = Moves.repeated(second, shape);
        double[] doubles = new double[holds.count()];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = (holds.number(i) != 0 ? x : y).number(i);
        }
        return rounded(first.type(), shape, doubles);
    }

    /** Numbers as numbers of a type. */
    static NumberArray cast(NumberArray array, NumberType type) {
        if (array.type() == type) {
            return array;
        }
        if (type.isWhole() && array.type().isWhole()) {
            return NumberArray.longs(type, array.shape(), array.longs());
        }
        double[] doubles = new double[array.count()];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = array.number(i);
        }
        return rounded(type, array.shape(), doubles);
    }

    private static NumberArray rounded(NumberType type, int[] shape, double... doubles) {
        if (type == NumberType.FLOAT64) {
            return NumberArray.doubles(shape, doubles);
        }
        if (type == NumberType.BOOL) {
            boolean[] booleans = new boolean[doubles.length];
            for (int i = 0; i < doubles.length; i++) {
                booleans[i] = doubles[i] != 0;
            }
            return NumberArray.booleans(shape, booleans);
        }
        if (type.isWhole()) {
            long[] longs = new long[doubles.length];
            for (int i = 0; i < doubles.length; i++) {
                longs[i] = (long) doubles[i];
            }
            return NumberArray.longs(type, shape, longs);
        }
        float[] floats = new float[doubles.length];
        for (int i = 0; i < doubles.length; i++) {
            floats[i] = (float) doubles[i];
        }
        return NumberArray.floats(NumberType.FLOAT32, shape, floats);
    }
}
