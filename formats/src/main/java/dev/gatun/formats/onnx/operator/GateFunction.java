package dev.gatun.formats.onnx.operator;

import dev.gatun.engine.function.ActivationFormula;
import java.util.function.DoubleUnaryOperator;

/**
 * An activation of a recurrent node.
 *
 * @param function of one number
 * @param formula  the same where the engine has a kernel for rows of it; else null
 */
record GateFunction(DoubleUnaryOperator function, ActivationFormula formula) {

    static GateFunction of(DoubleUnaryOperator function) {
        return new GateFunction(function, null);
    }

    double of(double x) {
        return function.applyAsDouble(x);
    }
}
