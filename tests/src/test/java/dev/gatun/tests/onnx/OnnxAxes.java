package dev.gatun.tests.onnx;

import dev.gatun.tests.reference.RefTensor;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Values along their axes, taken together. */
final class OnnxAxes {

    private OnnxAxes() {}

    static RefTensor mean(RefTensor x, int[] axes) {
        int count = 1;
        for (int axis : axes) {
            count *= x.shape()[axis];
        }
        double all = count;
        return reduced(x, axes, Double::sum, sum -> sum / all);
    }

    static RefTensor length(RefTensor x, int[] axes) {
        return reduced(x, axes, (sum, value) -> sum + value * value, Math::sqrt);
    }

    private static RefTensor reduced(RefTensor x, int[] axes, DoubleBinaryOperator add, DoubleUnaryOperator end) {
        int[] shape = x.shape().clone();
        for (int axis : axes) {
            shape[axis] = 1;
        }
        RefTensor y = RefTensor.zeros(shape);
        for (int index = 0; index < x.values().length; index++) {
            int at = 0;
            int step = 1;
            int rest = index;
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                at += shape[axis] == 1 ? 0 : rest % x.shape()[axis] * step;
                step *= shape[axis];
                rest /= x.shape()[axis];
            }
            y.values()[at] = add.applyAsDouble(y.values()[at], x.values()[index]);
        }
        for (int i = 0; i < y.values().length; i++) {
            y.values()[i] = end.applyAsDouble(y.values()[i]);
        }
        return y;
    }
}
