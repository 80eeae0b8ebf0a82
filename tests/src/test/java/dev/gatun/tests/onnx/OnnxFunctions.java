package dev.gatun.tests.onnx;

import dev.gatun.tests.reference.RefActivation;
import java.util.Iterator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** ONNX's functions of one number, as the specification has them. */
final class OnnxFunctions {

    private OnnxFunctions() {}

    /** @return null if there is no function of this name */
    static DoubleUnaryOperator of(String operator, OnnxAttributes attributes) {
        return switch (operator) {
            case "Identity" -> x -> x;
            case "Tanh" -> Math::tanh;
            case "Sigmoid" -> x -> 1 / (1 + Math.exp(-x));
            case "Relu" -> x -> Math.max(0, x);
            case "LeakyRelu" -> leaky(attributes.number("alpha", 0.01));
            case "Elu" -> elu(attributes.number("alpha", 1), 1);
            case "Selu" -> elu(attributes.number("alpha", 1.67326319217681884765625),
                    attributes.number("gamma", 1.05070102214813232421875));
            case "Softplus" -> x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
            case "Softsign" -> x -> x / (1 + Math.abs(x));
            case "HardSigmoid" -> hardSigmoid(attributes.number("alpha", 0.2), attributes.number("beta", 0.5));
            case "Exp" -> Math::exp;
            case "Neg" -> x -> -x;
            case "Sqrt" -> Math::sqrt;
            case "Abs" -> Math::abs;
            case "Log" -> Math::log;
            case "Reciprocal" -> x -> 1 / x;
            case "Sin" -> Math::sin;
            case "Cos" -> Math::cos;
            case "Sign" -> Math::signum;
            case "Floor" -> Math::floor;
            case "Ceil" -> Math::ceil;
            case "Round" -> Math::rint;
            case "Not" -> x -> x == 0 ? 1 : 0;
            case "Celu" -> celu(attributes.number("alpha", 1));
            case "Shrink" -> shrink(attributes.number("lambd", 0.5), attributes.number("bias", 0));
            case "Erf" -> RefActivation::erf;
            default -> null;
        };
    }

    /**
     * Within a recurrent operator.
     *
     * @param alphas of which a function that has one takes the next
     * @param betas  of which a function that has one takes the next
     */
    static DoubleUnaryOperator ofCell(String name, Iterator<Float> alphas, Iterator<Float> betas) {
        return switch (name) {
            case "Affine" -> affine(alphas.next(), betas.next());
            case "Relu" -> x -> Math.max(0, x);
            case "LeakyRelu" -> leaky(alphas.next());
            case "Tanh" -> Math::tanh;
            case "Sigmoid" -> x -> 1 / (1 + Math.exp(-x));
            case "HardSigmoid" -> hardSigmoid(alphas.next(), betas.next());
            case "Elu" -> elu(alphas.next(), 1);
            case "Softsign" -> x -> x / (1 + Math.abs(x));
            case "Softplus" -> x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
            default -> throw new IllegalArgumentException("ONNX's recurrent operators have no function " + name);
        };
    }

    /** In the order of the operator. */
    static DoubleUnaryOperator[] ofCell(OnnxAttributes attributes) {
        List<String> names = attributes.texts("activations");
        Iterator<Float> alphas = attributes.numbers("activation_alpha").iterator();
        Iterator<Float> betas = attributes.numbers("activation_beta").iterator();
        DoubleUnaryOperator[] functions = new DoubleUnaryOperator[names.size()];
        for (int i = 0; i < functions.length; i++) {
            functions[i] = ofCell(names.get(i), alphas, betas);
        }
        OnnxEvaluator.require(!alphas.hasNext() && !betas.hasNext(), "constants are left for " + names);
        return functions;
    }

    private static DoubleUnaryOperator celu(double alpha) {
        return x -> Math.max(0, x) + Math.min(0, alpha * Math.expm1(x / alpha));
    }

    private static DoubleUnaryOperator shrink(double lambda, double bias) {
        return x -> x < -lambda ? x + bias : x > lambda ? x - bias : 0;
    }

    private static DoubleUnaryOperator affine(double alpha, double beta) {
        return x -> alpha * x + beta;
    }

    private static DoubleUnaryOperator leaky(double alpha) {
        return x -> x >= 0 ? x : alpha * x;
    }

    private static DoubleUnaryOperator elu(double alpha, double gamma) {
        return x -> gamma * (x >= 0 ? x : alpha * Math.expm1(x));
    }

    private static DoubleUnaryOperator hardSigmoid(double alpha, double beta) {
        return x -> Math.max(0, Math.min(1, alpha * x + beta));
    }
}
