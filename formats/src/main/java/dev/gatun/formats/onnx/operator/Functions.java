package dev.gatun.formats.onnx.operator;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.tensors.NumberType;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Operators of one number to one. */
final class Functions {

    static final List<Operator> OPERATORS = List.of(
            Operator.of("Abs").makes(call -> ByElement.map(call.input(0), Math::abs, Math::abs)),
            Operator.of("Neg").makes(call -> ByElement.map(call.input(0), x -> -x, x -> -x)),
            Operator.of("Sign").from(9).makes(call -> ByElement.map(call.input(0), Math::signum, Long::signum)),
            of("Floor", 1, Math::floor),
            of("Ceil", 1, Math::ceil),
            of("Round", 11, Math::rint),
            of("Sqrt", 1, Math::sqrt),
            of("Exp", 1, Math::exp),
            of("Log", 1, Math::log),
            of("Reciprocal", 1, x -> 1 / x),
            of("Sin", 7, Math::sin),
            of("Cos", 7, Math::cos),
            of("Tan", 7, Math::tan),
            of("Asin", 7, Math::asin),
            of("Acos", 7, Math::acos),
            of("Atan", 7, Math::atan),
            of("Sinh", 9, Math::sinh),
            of("Cosh", 9, Math::cosh),
            of("Asinh", 9, x -> Math.copySign(Math.log(Math.abs(x) + Math.hypot(x, 1)), x)),
            of("Acosh", 9, x -> Math.log(x + Math.sqrt(x * x - 1))),
            of("Atanh", 9, x -> 0.5 * (Math.log1p(x) - Math.log1p(-x))),
            byRows("Tanh", ActivationFormula.TANH, Math::tanh),
            byRows("Sigmoid", ActivationFormula.SIGMOID, Functions::sigmoid),
            Operator.of("Erf").from(9).makes(call -> ByElement.mapAny(call.input(0), ErrorFunction::of)));

    private Functions() {}

    private static Operator of(String name, int from, DoubleUnaryOperator function) {
        return Operator.of(name).from(from).makes(call -> ByElement.map(call.input(0), function));
    }

    /** Of float32 by the engine's kernel. */
    private static Operator byRows(String name, ActivationFormula formula, DoubleUnaryOperator function) {
        return Operator.of(name).makes(call -> {
            NumberArray x = call.input(0);
            return x.type() == NumberType.FLOAT32
                    ? NumberArray.floats(x.shape(), RowFunction.applied(formula, x.floats()))
                    : ByElement.map(x, function);
        });
    }

    static double sigmoid(double x) {
        return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
    }
}
