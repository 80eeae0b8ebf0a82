package dev.gatun.formats.onnx.operator;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.formats.onnx.graph.ParsedNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * The activations of a recurrent node, by direction and gate. As ONNX Runtime reads them: names ignore case, and the lists of
 * alpha and beta are used up in order by those functions alone that have such a number.
 */
final class GateActivations {

    private final ParsedNode node;
    private final Iterator<Float> alphas;
    private final Iterator<Float> betas;

    private GateActivations(ParsedNode node) {
        this.node = node;
        this.alphas = node.reals("activation_alpha").iterator();
        this.betas = node.reals("activation_beta").iterator();
    }

    /**
     * @param otherwise names for one direction, if the node has none
     * @return for each direction as many as {@code otherwise} has
     * @throws IllegalArgumentException if there are too few or too many, or one is not known
     */
    static List<List<GateFunction>> of(ParsedNode node, int directions, List<String> otherwise) {
        List<String> names = node.texts("activations");
        if (!names.isEmpty() && names.size() != directions * otherwise.size()) {
            throw new IllegalArgumentException("it has " + names.size() + " activations, expected "
                    + otherwise.size() + " for each of " + directions + " directions");
        }
        GateActivations functions = new GateActivations(node);
        List<List<GateFunction>> all = new ArrayList<>();
        for (int direction = 0; direction < directions; direction++) {
            List<GateFunction> own = new ArrayList<>();
            for (int gate = 0; gate < otherwise.size(); gate++) {
                own.add(functions.next(names.isEmpty()
                        ? otherwise.get(gate)
                        : names.get(direction * otherwise.size() + gate)));
            }
            all.add(own);
        }
        return all;
    }

    private GateFunction next(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "relu" -> new GateFunction(ActivationOperators::relu, ActivationFormula.RELU);
            case "tanh" -> new GateFunction(Math::tanh, ActivationFormula.TANH);
            case "sigmoid" -> new GateFunction(Functions::sigmoid, ActivationFormula.SIGMOID);
            case "softsign" -> GateFunction.of(x -> x / (1 + Math.abs(x)));
            case "softplus" -> GateFunction.of(ActivationOperators::softplus);
            case "leakyrelu" -> GateFunction.of(ActivationOperators.leaky(alpha(0.01f)));
            case "thresholdedrelu" -> GateFunction.of(ActivationOperators.thresholded(alpha(0)));
            case "elu" -> GateFunction.of(ActivationOperators.elu(alpha(1)));
            case "hardsigmoid" -> GateFunction.of(ActivationOperators.hardSigmoid(alpha(0.2f), beta(0.5f)));
            case "affine" -> {
                double alpha = alpha(0);
                double beta = beta(0);
                yield GateFunction.of(x -> alpha * x + beta);
            }
            case "scaledtanh" -> {
                double alpha = alpha(0);
                double beta = beta(0);
                yield GateFunction.of(x -> alpha * Math.tanh(beta * x));
            }
            default -> throw new IllegalArgumentException("its activation '" + name + "' is not one of those that "
                    + node.operator() + " has: Relu, Tanh, Sigmoid, Affine, LeakyRelu, ThresholdedRelu, ScaledTanh,"
                    + " HardSigmoid, Elu, Softsign, Softplus");
        };
    }

    private double alpha(float otherwise) {
        return alphas.hasNext() ? alphas.next() : otherwise;
    }

    private double beta(float otherwise) {
        return betas.hasNext() ? betas.next() : otherwise;
    }
}
