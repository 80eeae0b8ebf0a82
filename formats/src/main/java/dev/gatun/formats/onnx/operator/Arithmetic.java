package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.tensors.NumberType;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;

/** Operators of two or more numbers to one. */
final class Arithmetic {

    static final List<Operator> OPERATORS = List.of(
            of("Add", (a, b) -> a + b, (a, b) -> a + b),
            of("Sub", (a, b) -> a - b, (a, b) -> a - b),
            of("Mul", (a, b) -> a * b, (a, b) -> a * b),
            Operator.of("Div").inputs(2).makes(call -> divided(call.input(0), call.input(1))),
            Operator.of("Mod").from(10).inputs(2).with("fmod").makes(Arithmetic::modulo),
            Operator.of("Pow").inputs(2).makes(call -> power(call.input(0), call.input(1))),
            Operator.of("Max").anyInputs().makes(call -> folded(call, Math::max, Math::max)),
            Operator.of("Min").anyInputs().makes(call -> folded(call, Math::min, Math::min)),
            Operator.of("Sum").anyInputs().makes(call -> folded(call, Double::sum, Long::sum)),
            Operator.of("Mean").anyInputs().makes(Arithmetic::mean),
            Operator.of("Clip").to(10).with("min", "max").makes(call -> clipped(call.input(0),
                    call.node().real("min", -Float.MAX_VALUE), call.node().real("max", Float.MAX_VALUE))),
            Operator.of("Clip").from(11).inputs(1, 3).makes(Arithmetic::clipped));

    private Arithmetic() {}

    private static Operator of(String name, DoubleBinaryOperator function, LongBinaryOperator ofWhole) {
        return Operator.of(name).inputs(2)
                .makes(call -> FloatArithmetic.fits(call.input(0), call.input(1))
                        ? FloatArithmetic.combined(name, call.input(0), call.input(1))
                        : ByElement.combine(call.input(0), call.input(1), function, ofWhole));
    }

    private static NumberArray divided(NumberArray a, NumberArray b) {
        if (FloatArithmetic.fits(a, b)) {
            return FloatArithmetic.combined("Div", a, b);
        }
        boolean isUnsigned = a.type().isUnsigned();
        return ByElement.combine(a, b, (x, y) -> x / y, (x, y) -> {
            if (y == 0) {
                throw new IllegalArgumentException("it divides a whole number by 0");
            }
            return isUnsigned ? Long.divideUnsigned(x, y) : x / y;
        });
    }

    /** Of whole numbers with the sign of the divisor, unless {@code fmod} says that of what is divided. */
    private static NumberArray modulo(OperatorCall call) {
        boolean isOfDivided = call.node().whole("fmod", 0) != 0;
        if (!isOfDivided && call.input(0).type().isFloating()) {
            throw new IllegalArgumentException("it has floating inputs without fmod=1, which ONNX requires for them");
        }
        return ByElement.combine(call.input(0), call.input(1), (x, y) -> x % y, (x, y) -> {
            if (y == 0) {
                throw new IllegalArgumentException("it divides a whole number by 0");
            }
            return isOfDivided ? x % y : Math.floorMod(x, y);
        });
    }

    /** The two may be of different types; the result is of the first one's. */
    private static NumberArray power(NumberArray base, NumberArray exponent) {
        if (base.type() == NumberType.BOOL || exponent.type() == NumberType.BOOL) {
            throw new IllegalArgumentException("its inputs are " + base + " and " + exponent + ", expected numbers");
        }
        if (base.type().isWhole() && exponent.type().isWhole()) {
            return ByElement.combine(base, Casting.cast(exponent, base.type()), Math::pow, Arithmetic::power);
        }
        ByElement.Pair pair = ByElement.Pair.of(base, exponent);
        return Storage.rounded(base.type(), pair.shape, pair.doubles(base, exponent, Math::pow));
    }

    private static long power(long base, long exponent) {
        if (exponent < 0) {
            return (long) Math.pow(base, exponent);
        }
        long power = 1;
        long square = base;
        for (long left = exponent; left > 0; left >>= 1) {
            power *= (left & 1) == 1 ? square : 1;
            square *= square;
        }
        return power;
    }

    private static NumberArray folded(OperatorCall call, DoubleBinaryOperator function, LongBinaryOperator ofWhole) {
        NumberArray folded = call.input(0);
        for (int i = 1; i < call.inputs().size(); i++) {
            folded = ByElement.combine(folded, call.input(i), function, ofWhole);
        }
        return folded;
    }

    private static NumberArray mean(OperatorCall call) {
        double count = call.inputs().size();
        return ByElement.map(folded(call, Double::sum, Long::sum), x -> x / count);
    }

    private static NumberArray clipped(OperatorCall call) {
        NumberArray clipped = call.input(0);
        if (call.optional(1) != null) {
            clipped = ByElement.combine(clipped, single(call.input(1)), Math::max, Math::max);
        }
        return call.optional(2) == null
                ? clipped
                : ByElement.combine(clipped, single(call.input(2)), Math::min, Math::min);
    }

    /** A bound has no axes; some programs write it with one. */
    private static NumberArray single(NumberArray bound) {
        if (bound.count() != 1) {
            throw new IllegalArgumentException("its bound is " + bound + ", expected a single number");
        }
        return bound.in();
    }

    private static NumberArray clipped(NumberArray array, double least, double most) {
        return ByElement.map(array, x -> Math.min(most, Math.max(least, x)));
    }
}
