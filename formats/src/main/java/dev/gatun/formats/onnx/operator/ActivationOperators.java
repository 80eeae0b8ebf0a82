package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.onnx.graph.ParsedNode;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

/** ActivationOperators, which have attributes. */
final class ActivationOperators {

    private static final float SELU_ALPHA = 1.67326319217681884765625f;
    private static final float SELU_GAMMA = 1.05070102214813232421875f;

    static final List<Operator> OPERATORS = List.of(
            Operator.of("Relu")
                    .makes(call -> ByElement.map(call.input(0), ActivationOperators::relu, x -> Math.max(0, x))),
            of("LeakyRelu", 1, node -> leaky(node.real("alpha", 0.01f)), "alpha"),
            of("ThresholdedRelu", 10, node -> thresholded(node.real("alpha", 1)), "alpha"),
            of("Elu", 1, node -> elu(node.real("alpha", 1)), "alpha"),
            of("Selu", 1, node -> selu(node.real("alpha", SELU_ALPHA), node.real("gamma", SELU_GAMMA)), "alpha",
                    "gamma"),
            of("Celu", 12, node -> celu(node.real("alpha", 1)), "alpha"),
            of("HardSigmoid", 1, node -> hardSigmoid(node.real("alpha", 0.2f), node.real("beta", 0.5f)), "alpha",
                    "beta"),
            of("HardSwish", 14, node -> x -> x * Math.clamp(x / 6 + 0.5, 0, 1)),
            of("Softplus", 1, node -> ActivationOperators::softplus),
            of("Softsign", 1, node -> x -> x / (1 + Math.abs(x))),
            of("Mish", 18, node -> x -> x * Math.tanh(softplus(x))),
            of("Gelu", 20, ActivationOperators::gelu, "approximate"),
            Operator.of("Shrink").from(9).with("lambd", "bias").makes(ActivationOperators::shrunk),
            Operator.of("PRelu").inputs(2).makes(call -> prelu(call.input(0), call.input(1))));

    private ActivationOperators() {}

    private static Operator of(
            String name, int from, Function<ParsedNode, DoubleUnaryOperator> function, String... attributes) {
        return Operator.of(name).from(from).with(attributes)
                .makes(call -> ByElement.map(call.input(0), function.apply(call.node())));
    }

    static double relu(double x) {
        return x > 0 || Double.isNaN(x) ? x : 0;
    }

    static DoubleUnaryOperator leaky(double alpha) {
        return x -> x >= 0 ? x : alpha * x;
    }

    static DoubleUnaryOperator thresholded(double alpha) {
        return x -> x > alpha ? x : 0;
    }

    static DoubleUnaryOperator elu(double alpha) {
        return x -> x >= 0 ? x : alpha * Math.expm1(x);
    }

    private static DoubleUnaryOperator selu(double alpha, double gamma) {
        return x -> gamma * (x > 0 ? x : alpha * Math.expm1(x));
    }

    private static DoubleUnaryOperator celu(double alpha) {
        return x -> Math.max(0, x) + Math.min(0, alpha * Math.expm1(x / alpha));
    }

    static DoubleUnaryOperator hardSigmoid(double alpha, double beta) {
        return x -> Math.max(0, Math.min(1, alpha * x + beta));
    }

    static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    private static DoubleUnaryOperator shrink(double lambda, double bias) {
        return x -> x < -lambda ? x + bias : x > lambda ? x - bias : 0;
    }

    private static NumberArray shrunk(OperatorCall call) {
        DoubleUnaryOperator function = shrink(call.node().real("lambd", 0.5f), call.node().real("bias", 0));
        return ByElement.mapAny(call.input(0), function);
    }

    private static DoubleUnaryOperator gelu(ParsedNode node) {
        return switch (node.text("approximate", "none")) {
            case "none" -> x -> 0.5 * x * (1 + ErrorFunction.of(x / Math.sqrt(2)));
            case "tanh" -> x -> 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
            case String other -> throw new IllegalArgumentException("its attribute 'approximate' is '" + other
                    + "', expected 'none' or 'tanh'");
        };
    }

    private static NumberArray prelu(NumberArray x, NumberArray slope) {
        return ByElement.combine(x, slope, (number, by) -> number < 0 ? by * number : number,
                (number, by) -> number < 0 ? by * number : number);
    }
}
