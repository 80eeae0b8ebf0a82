package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.graph.ParsedNode;
import dev.gatun.layers.ActivationFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The functions of a recurrent operator. Each that has constants takes the next ones of two lists, as ONNX Runtime does it; its
 * own defaults if there are none left.
 *
 * @param functions for each direction those of its cell, in the operator's order
 */
record CellActivations(List<List<CellFunction>> functions) {

    private static final Map<String, Float> ALPHA = new HashMap<>();
    private static final Map<String, Float> BETA = new HashMap<>();

    static {
        ALPHA.put("affine", 1f);
        ALPHA.put("leakyrelu", 0.01f);
        ALPHA.put("thresholdedrelu", 1f);
        ALPHA.put("scaledtanh", 1f);
        ALPHA.put("hardsigmoid", 0.2f);
        ALPHA.put("elu", 1f);
        BETA.put("affine", 0f);
        BETA.put("scaledtanh", 1f);
        BETA.put("hardsigmoid", 0.5f);
    }

    static CellActivations of(ParsedNode node, int directions, List<String> usual) {
        List<String> names = node.texts("activations");
        if (!names.isEmpty() && names.size() != directions * usual.size()) {
            throw new NotMapped("has " + names.size() + " activations, expected " + directions * usual.size());
        }
        List<Float> alphas = new ArrayList<>(node.reals("activation_alpha"));
        List<Float> betas = new ArrayList<>(node.reals("activation_beta"));
        List<List<CellFunction>> all = new ArrayList<>();
        for (int direction = 0; direction < directions; direction++) {
            List<CellFunction> own = new ArrayList<>();
            for (int place = 0; place < usual.size(); place++) {
                String name = names.isEmpty() ? usual.get(place) : names.get(direction * usual.size() + place);
                String key = name.toLowerCase(Locale.ROOT);
                own.add(function(name, next(alphas, ALPHA.get(key)), next(betas, BETA.get(key))));
            }
            all.add(own);
        }
        return new CellActivations(all);
    }

    private static float next(List<Float> given, Float otherwise) {
        return otherwise == null ? 0 : given.isEmpty() ? otherwise : given.removeFirst();
    }

    private static CellFunction function(String name, float alpha, float beta) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "tanh" -> CellFunction.of(ActivationFunction.TANH);
            case "sigmoid" -> CellFunction.of(ActivationFunction.SIGMOID);
            case "relu" -> CellFunction.of(ActivationFunction.RELU);
            case "softplus" -> CellFunction.of(ActivationFunction.SOFTPLUS);
            case "softsign" -> CellFunction.of(ActivationFunction.SOFTSIGN);
            case "leakyrelu" -> CellFunction.of(ActivationFunction.leakyRelu(alpha));
            case "elu" -> CellFunction.of(ActivationFunction.elu(alpha));
            case "thresholdedrelu" -> CellFunction.of(ActivationFunction.threshold(alpha, 0));
            case "affine" -> new CellFunction(ActivationFunction.LINEAR, alpha, beta);
            case "hardsigmoid" -> hardSigmoid(alpha, beta);
            case "scaledtanh" -> scaledTanh(alpha, beta);
            default -> throw new NotMapped("has the activation '" + name + "', which the operator does not have");
        };
    }

    /** max(0, min(1, alpha x + beta)), of which one form has a name of its own and the others are one of numbers that are scaled. */
    private static CellFunction hardSigmoid(float alpha, float beta) {
        if (alpha == 0.2f && beta == 0.5f) {
            return CellFunction.of(ActivationFunction.HARD_SIGMOID_KERAS2);
        }
        if (alpha == (float) (1.0 / 6) && beta == 0.5f) {
            return CellFunction.of(ActivationFunction.HARD_SIGMOID);
        }
        return new CellFunction(ActivationFunction.SPARSE_SIGMOID, 2.0 * alpha, 2.0 * (beta - 0.5));
    }

    private static CellFunction scaledTanh(float alpha, float beta) {
        if (alpha != 1) {
            throw new NotMapped("has the activation ScaledTanh with alpha " + alpha
                    + ", and no layer multiplies what a function gives");
        }
        return new CellFunction(ActivationFunction.TANH, beta, 0);
    }

    /**
     * A function of numbers that are scaled before.
     *
     * @param function of scale x + shift
     * @param scale    1 for none
     * @param shift    0 for none
     */
    record CellFunction(ActivationFunction function, double scale, double shift) {

        static CellFunction of(ActivationFunction function) {
            return new CellFunction(function, 1, 0);
        }

        boolean isPlain() {
            return scale == 1 && shift == 0;
        }
    }
}
