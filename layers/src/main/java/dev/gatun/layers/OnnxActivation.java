package dev.gatun.layers;

import dev.gatun.layers.onnx.OnnxAttribute;
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
        return switch (function) {
            case LINEAR -> x;
            case TANH -> call.node("Tanh", x);
            case SIGMOID -> call.node("Sigmoid", x);
            case RELU -> call.node("Relu", x);
            case RELU6 -> call.node("Clip", x, call.constant(0), call.constant(6));
            case LEAKY_RELU -> node("LeakyRelu", Map.of("alpha", OnnxAttribute.of(0.2f)));
            case ELU -> node("Elu", Map.of("alpha", OnnxAttribute.of(1f)));
            case SELU -> node("Selu", Map.of(
                    "alpha", OnnxAttribute.of(1.6732632f), "gamma", OnnxAttribute.of(1.050701f)));
            case SOFTPLUS -> call.node("Softplus", x);
            case SOFTSIGN -> call.node("Softsign", x);
            case HARD_SIGMOID -> hardSigmoid(1f / 6f);
            case HARD_SIGMOID_KERAS2 -> hardSigmoid(0.2f);
            case EXPONENTIAL -> call.node("Exp", x);
            case GELU -> gelu();
            case SILU -> call.node("Mul", x, call.node("Sigmoid", x));
            case SOFTMAX -> node("Softmax", Map.of("axis", OnnxAttribute.of(-1)));
        };
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
