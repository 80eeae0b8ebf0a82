package dev.gatun.tests.onnx;

import dev.gatun.tests.reference.RefTensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** ONNX's operators that make one value, of opset 14, as the specification has them. */
final class OnnxOperators {

    private OnnxOperators() {}

    static RefTensor run(String operator, List<RefTensor> reads, OnnxAttributes attributes) {
        RefTensor x = reads.getFirst();
        DoubleUnaryOperator function = OnnxFunctions.of(operator, attributes);
        if (function != null) {
            return each(x, function);
        }
        if (OnnxWindows.OPERATORS.contains(operator)) {
            return OnnxWindows.run(operator, reads, attributes);
        }
        DoubleBinaryOperator ofTwo = ofTwo(operator, attributes);
        if (ofTwo != null) {
            return OnnxBroadcast.both(x, reads.get(1), ofTwo);
        }
        return OnnxAxes.has(operator)
                ? OnnxAxes.run(operator, reads, attributes)
                : other(operator, reads, attributes);
    }

    private static DoubleBinaryOperator ofTwo(String operator, OnnxAttributes attributes) {
        return switch (operator) {
            case "PRelu" -> (a, slope) -> a < 0 ? slope * a : a;
            case "Add" -> Double::sum;
            case "Sub" -> (a, b) -> a - b;
            case "Mul" -> (a, b) -> a * b;
            case "Max" -> Math::max;
            case "Min" -> Math::min;
            case "Pow" -> Math::pow;
            case "Mod" -> {
                OnnxEvaluator.require(attributes.whole("fmod", 0) == 0, "only of whole numbers");
                yield (a, b) -> Math.floorMod((long) a, (long) b);
            }
            case "Less" -> (a, b) -> a < b ? 1 : 0;
            case "LessOrEqual" -> (a, b) -> a <= b ? 1 : 0;
            case "Greater" -> (a, b) -> a > b ? 1 : 0;
            case "GreaterOrEqual" -> (a, b) -> a >= b ? 1 : 0;
            case "Equal" -> (a, b) -> a == b ? 1 : 0;
            case "And" -> (a, b) -> a * b;
            case "Or" -> Math::max;
            case "Xor" -> (a, b) -> a == b ? 0 : 1;
            default -> null;
        };
    }

    private static RefTensor other(String operator, List<RefTensor> reads, OnnxAttributes attributes) {
        RefTensor x = reads.getFirst();
        return switch (operator) {
            case "Resize" -> OnnxWindows.resized(x, reads.get(2), attributes);
            case "Pad" -> OnnxMovement.pad(x, reads.get(1), reads.size() > 2 ? number(reads.get(2)) : 0);
            case "Where" -> OnnxBroadcast.where(x, reads.get(1), reads.get(2));
            case "LogSoftmax" -> each(softmax(x, attributes.whole("axis")), Math::log);
            case "Clip" -> clip(x, reads.get(1), reads.get(2));
            case "OneHot" -> oneHot(x, (int) reads.get(1).values()[0]);
            case "Range" -> range(number(x), number(reads.get(1)), number(reads.get(2)));
            case "CumSum" -> OnnxAxes.sums(x, reads.get(1));
            case "MatMul" -> OnnxBroadcast.product(x, reads.get(1));
            case "Softmax" -> softmax(x, attributes.whole("axis"));
            case "Gather" -> OnnxMovement.gather(x, reads.get(1), attributes.whole("axis", 0));
            case "Transpose" -> OnnxMovement.transpose(x, attributes.wholes("perm"));
            case "Squeeze" -> OnnxMovement.squeeze(x, reads.get(1));
            case "Unsqueeze" -> OnnxMovement.unsqueeze(x, reads.get(1));
            case "Concat" -> reads.stream().skip(1).reduce(x,
                    (joined, next) -> OnnxBroadcast.concat(joined, next, attributes.whole("axis")));
            case "Reshape" -> OnnxMovement.reshape(x, reads.get(1));
            case "Shape" -> new RefTensor(new int[] {x.shape().length},
                    Arrays.stream(x.shape()).mapToDouble(size -> size).toArray());
            case "Expand" -> OnnxBroadcast.expand(x, reads.get(1));
            case "Slice" -> OnnxMovement.slice(x, reads.subList(1, 5));
            default -> throw new IllegalArgumentException("no operator " + operator);
        };
    }

    private static RefTensor range(double first, double end, double step) {
        OnnxEvaluator.require(first == 0 && step == 1, "from 0 in steps of 1");
        return new RefTensor(new int[] {(int) end}, IntStream.range(0, (int) end).asDoubleStream().toArray());
    }

    private static double number(RefTensor constant) {
        OnnxEvaluator.require(constant.shape().length == 0, "a number with axes");
        return constant.values()[0];
    }

    /** With the values 0 and 1, along a new last axis; what is outside has no 1, and below 0 is counted from the end. */
    private static RefTensor oneHot(RefTensor x, int depth) {
        int[] shape = Arrays.copyOf(x.shape(), x.shape().length + 1);
        shape[x.shape().length] = depth;
        RefTensor y = RefTensor.zeros(shape);
        for (int i = 0; i < x.values().length; i++) {
            int place = (int) x.values()[i] + (x.values()[i] < 0 ? depth : 0);
            if (place >= 0 && place < depth) {
                y.values()[i * depth + place] = 1;
            }
        }
        return y;
    }

    private static RefTensor each(RefTensor x, DoubleUnaryOperator function) {
        RefTensor y = RefTensor.zeros(x.shape());
        for (int i = 0; i < y.values().length; i++) {
            y.values()[i] = function.applyAsDouble(x.values()[i]);
        }
        return y;
    }

    private static RefTensor clip(RefTensor x, RefTensor least, RefTensor most) {
        OnnxEvaluator.require(least.shape().length == 0 && most.shape().length == 0, "bounds with axes");
        return each(x, value -> Math.min(Math.max(value, least.values()[0]), most.values()[0]));
    }

    private static RefTensor softmax(RefTensor x, int axis) {
        RefTensor y = RefTensor.zeros(x.shape());
        int rank = x.shape().length;
        int at = axis < 0 ? rank + axis : axis;
        int width = x.shape()[at];
        int stride = 1;
        for (int inner = at + 1; inner < rank; inner++) {
            stride *= x.shape()[inner];
        }
        for (int first = 0; first < x.values().length; first++) {
            if (first / stride % width == 0) {
                softmax(x.values(), y.values(), first, width, stride);
            }
        }
        return y;
    }

    private static void softmax(double[] x, double[] y, int first, int width, int stride) {
        double most = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < width; j++) {
            most = Math.max(most, x[first + j * stride]);
        }
        double sum = 0;
        for (int j = 0; j < width; j++) {
            y[first + j * stride] = Math.exp(x[first + j * stride] - most);
            sum += y[first + j * stride];
        }
        for (int j = 0; j < width; j++) {
            y[first + j * stride] /= sum;
        }
    }
}
