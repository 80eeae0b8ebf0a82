package dev.gatun.layers;

import dev.gatun.layers.onnx.OnnxAttribute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A function within ONNX's recurrent operators, which name them themselves and take their constants from two lists, of which
 * each function that has one takes the next.
 *
 * @param name  in ONNX
 * @param alpha the first constant; null if the function has none
 * @param beta  the second constant; null if the function has none
 */
record OnnxCellActivation(String name, Float alpha, Float beta) {

    private OnnxCellActivation(String name) {
        this(name, null, null);
    }

    static Map<String, OnnxAttribute> attributes(String layer, List<ActivationFunction> functions) {
        List<String> names = new ArrayList<>();
        List<Float> alphas = new ArrayList<>();
        List<Float> betas = new ArrayList<>();
        for (ActivationFunction function : functions) {
            OnnxCellActivation activation = of(function).orElseThrow(() -> refused(layer, function));
            names.add(activation.name());
            if (activation.alpha() != null) {
                alphas.add(activation.alpha());
            }
            if (activation.beta() != null) {
                betas.add(activation.beta());
            }
        }
        Map<String, OnnxAttribute> attributes = new LinkedHashMap<>();
        attributes.put("activations", new OnnxAttribute.Texts(names));
        if (!alphas.isEmpty()) {
            attributes.put("activation_alpha", new OnnxAttribute.Reals(alphas));
        }
        if (!betas.isEmpty()) {
            attributes.put("activation_beta", new OnnxAttribute.Reals(betas));
        }
        return attributes;
    }

    static boolean isKnown(ActivationFunction function) {
        return of(function).isPresent();
    }

    private static Optional<OnnxCellActivation> of(ActivationFunction function) {
        return Optional.ofNullable(switch (function.kind()) {
            case LINEAR -> new OnnxCellActivation("Affine", 1f, 0f);
            case TANH -> new OnnxCellActivation("Tanh");
            case SIGMOID -> new OnnxCellActivation("Sigmoid");
            case RELU -> relu(function);
            case LEAKY_RELU -> new OnnxCellActivation("LeakyRelu", function.argument(0), null);
            case ELU -> new OnnxCellActivation("Elu", function.argument(0), null);
            case SOFTPLUS -> new OnnxCellActivation("Softplus");
            case SOFTSIGN -> new OnnxCellActivation("Softsign");
            case HARD_SIGMOID -> new OnnxCellActivation("HardSigmoid", 1f / 6f, 0.5f);
            case HARD_SIGMOID_KERAS2 -> new OnnxCellActivation("HardSigmoid", 0.2f, 0.5f);
            case SPARSE_SIGMOID -> new OnnxCellActivation("HardSigmoid", 0.5f, 0.5f);
            default -> null;
        });
    }

    private static OnnxCellActivation relu(ActivationFunction function) {
        if (function.argument(1) != Float.POSITIVE_INFINITY || function.argument(2) != 0) {
            return null;
        }
        return function.argument(0) == 0
                ? new OnnxCellActivation("Relu")
                : new OnnxCellActivation("LeakyRelu", function.argument(0), null);
    }

    private static IllegalArgumentException refused(String layer, ActivationFunction function) {
        return new IllegalArgumentException("Layer '" + layer + "' has the activation " + function
                + ", which ONNX's recurrent operators do not have (they have affine, relu, leaky relu, elu, "
                + "tanh, sigmoid, hard sigmoid, softsign and softplus); save the model as .gatun or train it "
                + "with one of these");
    }
}
