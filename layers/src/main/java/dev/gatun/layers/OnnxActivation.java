package dev.gatun.layers;

import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.layers.onnx.OnnxType;
import java.util.List;
import java.util.Map;

/** An activation as ONNX nodes: one operator where ONNX has it, otherwise Keras's formula of several. */
final class OnnxActivation {

    private final OnnxCall call;
    private final String x;

    /** @param x the name of what the function is applied to */
    OnnxActivation(OnnxCall call, String x) {
        this.call = call;
        this.x = x;
    }

    String of(ActivationFunction function) {
        return switch (function.kind()) {
            case LINEAR -> x;
            case TANH -> call.node("Tanh", x);
            case SIGMOID -> call.node("Sigmoid", x);
            case RELU -> relu(function.argument(0), function.argument(1), function.argument(2));
            case RELU6 -> clip(x, 0, 6);
            case LEAKY_RELU -> node("LeakyRelu", Map.of("alpha", OnnxAttribute.of(function.argument(0))));
            case ELU -> node("Elu", Map.of("alpha", OnnxAttribute.of(function.argument(0))));
            case SELU -> node("Selu", Map.of(
                    "alpha", OnnxAttribute.of(1.6732632f), "gamma", OnnxAttribute.of(1.050701f)));
            case CELU -> node("Celu", Map.of("alpha", OnnxAttribute.of(function.argument(0))));
            case SOFTPLUS -> call.node("Softplus", x);
            case SOFTSIGN -> call.node("Softsign", x);
            case HARD_SIGMOID -> hardSigmoid(1f / 6f);
            case HARD_SIGMOID_KERAS2 -> hardSigmoid(0.2f);
            case HARD_TANH -> clip(x, -1, 1);
            case HARD_SILU -> call.node("Mul", x, hardSigmoid(1f / 6f));
            case HARD_SHRINK -> shrink(function.argument(0), 0);
            case SOFT_SHRINK -> shrink(function.argument(0), function.argument(0));
            case TANH_SHRINK -> tanhShrink();
            case THRESHOLD -> call.node("Where", call.node("Greater", x, call.constant(function.argument(0))), x,
                    call.constant(function.argument(1)));
            case LOG_SIGMOID -> call.node("Neg", call.node("Softplus", call.node("Neg", x)));
            case SPARSE_SIGMOID -> hardSigmoid(0.5f);
            case SPARSE_PLUS -> sparsePlus();
            case SQUAREPLUS -> squareplus(function.argument(0));
            case EXPONENTIAL -> call.node("Exp", x);
            case GELU -> function.argument(0) == 0 ? gelu() : tanhGelu();
            case SILU -> call.node("Mul", x, call.node("Sigmoid", x));
            case MISH -> call.node("Mul", x, call.node("Tanh", call.node("Softplus", x)));
            case SOFTMAX -> node("Softmax", Map.of("axis", OnnxAttribute.of(-1)));
            case LOG_SOFTMAX -> node("LogSoftmax", Map.of("axis", OnnxAttribute.of(-1)));
            case GLU -> glu();
            case SPARSEMAX -> sparsemax();
        };
    }

    /**
     * max(x - tau, 0) with the tau that makes the sum 1 (Martins and Astudillo 2016): of the numbers from the largest down as many
     * count as are above (their sum - 1) / k.
     */
    private String sparsemax() {
        String shape = call.node("Shape", x);
        String count = call.node("Slice", shape, call.constants(-1), call.constants(Long.MAX_VALUE), call.constants(0),
                call.constants(1));
        String sorted = call.node("TopK", List.of(x, count), List.of("sorted", "order"),
                Map.of("axis", OnnxAttribute.of(-1))).getFirst();
        String sums = call.node("CumSum", sorted, call.node("Squeeze", call.constants(-1), call.constants(0)));
        String places = call.cast(call.node("Add", call.indices(count), call.constants(1)), OnnxType.FLOAT);
        String counts = call.cast(call.node("Greater",
                call.node("Add", call.node("Mul", places, sorted), call.constant(1)), sums), OnnxType.FLOAT);
        String above = call.node("Sub", sum(call.node("Mul", sorted, counts)), call.constant(1));
        return call.node("Relu", call.node("Sub", x, call.node("Div", above, sum(counts))));
    }

    private String sum(String numbers) {
        return call.node("ReduceSum", List.of(numbers, call.constants(-1)), Map.of("keepdims", OnnxAttribute.of(1)));
    }

    private String glu() {
        List<String> halves = call.node("Split", List.of(x), List.of("glu", "glu/gate"),
                Map.of("axis", OnnxAttribute.of(-1)));
        return call.node("Mul", halves.getFirst(), call.node("Sigmoid", halves.getLast()));
    }

    private String clip(String value, float low, float high) {
        return call.node("Clip", value, call.constant(low), call.constant(high));
    }

    /** ONNX's Shrink: x + bias below -lambd, x - bias above lambd, 0 between. */
    private String shrink(float threshold, float bias) {
        return node("Shrink", Map.of("lambd", OnnxAttribute.of(threshold), "bias", OnnxAttribute.of(bias)));
    }

    private String relu(float slope, float maximum, float threshold) {
        if (slope == 0 && threshold == 0) {
            return maximum == Float.POSITIVE_INFINITY ? call.node("Relu", x) : clip(x, 0, maximum);
        }
        String above = maximum == Float.POSITIVE_INFINITY ? x : call.node("Min", x, call.constant(maximum));
        String below = call.node("Mul", call.node("Sub", x, call.constant(threshold)), call.constant(slope));
        return call.node("Where", call.node("Greater", x, call.constant(threshold)), above, below);
    }

    /** The square of clip(x / 2 + 0.5, 0, 1), and x beyond 1. */
    private String sparsePlus() {
        String half = hardSigmoid(0.5f);
        return call.node("Where", call.node("Less", x, call.constant(1)), call.node("Mul", half, half), x);
    }

    private String squareplus(float b) {
        String root = call.node("Sqrt", call.node("Add", call.node("Mul", x, x), call.constant(b)));
        return call.node("Mul", call.node("Add", x, root), call.constant(0.5f));
    }

    /** x - tanh(x), and near 0, where the difference loses all its digits, its series: x^3/3 - 2 x^5/15 + 17 x^7/315 - 62 x^9/2835. */
    private String tanhShrink() {
        String square = call.node("Mul", x, x);
        String series = call.constant(-62f / 2835);
        for (float factor : new float[] {17f / 315, -2f / 15, 1f / 3}) {
            series = call.node("Add", call.node("Mul", series, square), call.constant(factor));
        }
        String near = call.node("Mul", call.node("Mul", x, square), series);
        return call.node("Where", call.node("Less", square, call.constant(0.0625f)), near,
                call.node("Sub", x, call.node("Tanh", x)));
    }

    /** x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2. */
    private String tanhGelu() {
        String cube = call.node("Mul", call.node("Mul", x, x), x);
        String inner = call.node("Add", x, call.node("Mul", cube, call.constant(0.044715f)));
        String t = call.node("Tanh", call.node("Mul", inner, call.constant((float) Math.sqrt(2 / Math.PI))));
        return call.node("Mul", call.node("Mul", x, call.node("Add", t, call.constant(1))), call.constant(0.5f));
    }

    private String node(String operator, Map<String, OnnxAttribute> attributes) {
        return call.node(operator, List.of(x), attributes);
    }

    private String hardSigmoid(float alpha) {
        return node("HardSigmoid", Map.of("alpha", OnnxAttribute.of(alpha), "beta", OnnxAttribute.of(0.5f)));
    }

    /** x (1 + erf(x / sqrt 2)) / 2; an operator of its own only since opset 20. */
    private String gelu() {
        String scaled = call.node("Mul", x, call.constant((float) Math.sqrt(0.5)));
        String twice = call.node("Add", call.node("Erf", scaled), call.constant(1));
        return call.node("Mul", call.node("Mul", x, twice), call.constant(0.5f));
    }
}
