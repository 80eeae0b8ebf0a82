package dev.gatun.tests.onnx;

import dev.gatun.layers.onnx.OnnxType;
import dev.gatun.tests.reference.RefTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

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
        return switch (operator) {
            case "Resize" -> OnnxWindows.resized(x, reads.get(2), attributes);
            case "Pad" -> OnnxWindows.padded(x, reads.get(1));
            case "PRelu" -> OnnxBroadcast.both(x, reads.get(1), (a, slope) -> a < 0 ? slope * a : a);
            case "ReduceMean" -> attributes.whole("keepdims") == 1
                    ? OnnxAxes.mean(x, kept(attributes))
                    : OnnxWindows.reduced(x, attributes, true);
            case "ReduceL2" -> OnnxAxes.length(x, kept(attributes));
            case "Add" -> OnnxBroadcast.both(x, reads.get(1), Double::sum);
            case "Sub" -> OnnxBroadcast.both(x, reads.get(1), (a, b) -> a - b);
            case "Div" -> OnnxBroadcast.both(x, reads.get(1), (a, b) -> a / b);
            case "Max" -> OnnxBroadcast.both(x, reads.get(1), Math::max);
            case "ReduceSum" -> {
                OnnxEvaluator.require(attributes.whole("keepdims") == 1, "only with the axis kept");
                yield OnnxBroadcast.sum(x, (int) reads.get(1).values()[0]);
            }
            case "Min" -> OnnxBroadcast.both(x, reads.get(1), Math::min);
            case "Less" -> OnnxBroadcast.both(x, reads.get(1), (a, b) -> a < b ? 1 : 0);
            case "Greater" -> OnnxBroadcast.both(x, reads.get(1), (a, b) -> a > b ? 1 : 0);
            case "Where" -> reads.get(1).values().length > x.values().length
                    ? rowsWhere(x, reads.get(1), number(reads.get(2)))
                    : where(x, reads.get(1), reads.get(2));
            case "LogSoftmax" -> each(softmax(x, attributes.whole("axis")), Math::log);
            case "Mul" -> OnnxBroadcast.both(x, reads.get(1), (a, b) -> a * b);
            case "Clip" -> clip(x, reads.get(1), reads.get(2));
            case "And" -> OnnxBroadcast.both(x, reads.get(1), (a, b) -> a * b);
            case "Not" -> each(x, value -> 1 - value);
            case "Equal" -> {
                double other = number(reads.get(1));
                yield each(x, value -> value == other ? 1 : 0);
            }
            case "ReduceMax" -> {
                boolean isLast = Arrays.equals(attributes.wholes("axes"), new int[] {-1});
                yield isLast && attributes.whole("keepdims") == 0 ? most(x) : OnnxWindows.reduced(x, attributes, false);
            }
            case "OneHot" -> oneHot(x, (int) reads.get(1).values()[0]);
            case "Cast" -> {
                int to = attributes.whole("to");
                OnnxEvaluator.require(to == OnnxType.BOOL.number() || to == OnnxType.FLOAT.number(),
                        "only a cast to true and false, or of these to numbers");
                yield to == OnnxType.FLOAT.number() ? x : each(x, value -> value == 0 ? 0 : 1);
            }
            case "MatMul" -> reads.get(1).shape().length == 3
                    ? OnnxBroadcast.matrices(x, reads.get(1))
                    : product(x, reads.get(1));
            case "Softmax" -> softmax(x, attributes.whole("axis"));
            case "Gather" -> gather(x, reads.get(1));
            case "Transpose" -> OnnxMovement.transpose(x, attributes.wholes("perm"));
            case "Squeeze" -> OnnxMovement.squeeze(x, reads.get(1));
            case "Unsqueeze" -> OnnxMovement.unsqueeze(x, reads.get(1));
            case "Concat" -> reads.stream().skip(1).reduce(x,
                    (joined, next) -> OnnxBroadcast.concat(joined, next, attributes.whole("axis")));
            case "Reshape" -> {
                int[] shape = Arrays.stream(reads.get(1).values()).mapToInt(size -> (int) size).toArray();
                Arrays.setAll(shape, axis -> shape[axis] == 0 ? x.shape()[axis] : shape[axis]);
                int known = Arrays.stream(shape).filter(size -> size >= 0).reduce(1, Math::multiplyExact);
                Arrays.setAll(shape, axis -> shape[axis] < 0 ? x.values().length / known : shape[axis]);
                yield new RefTensor(shape, x.values());
            }
            case "Shape" -> new RefTensor(new int[] {x.shape().length},
                    Arrays.stream(x.shape()).mapToDouble(size -> size).toArray());
            case "Expand" -> OnnxBroadcast.expand(x, reads.get(1));
            case "Slice" -> x.shape().length == 3 && reads.get(4).values()[0] == 1
                    ? OnnxWindows.cropped(x, reads.subList(1, 5))
                    : OnnxMovement.slice(x, reads.subList(1, 5));
            default -> throw new IllegalArgumentException("no operator " + operator);
        };
    }

    private static int[] kept(OnnxAttributes attributes) {
        OnnxEvaluator.require(attributes.whole("keepdims") == 1, "only with axes that stay");
        return attributes.wholes("axes");
    }

    private static double number(RefTensor constant) {
        OnnxEvaluator.require(constant.shape().length == 0, "a number with axes");
        return constant.values()[0];
    }

    /** One condition [..., 1] for each row of x. */
    private static RefTensor rowsWhere(RefTensor condition, RefTensor x, double otherwise) {
        OnnxEvaluator.require(condition.last() == 1, "not a condition for each row");
        RefTensor y = RefTensor.zeros(x.shape());
        for (int i = 0; i < y.values().length; i++) {
            y.values()[i] = condition.values()[i / x.last()] != 0 ? x.values()[i] : otherwise;
        }
        return y;
    }

    /** With the values 0 and 1, along a new last axis. */
    private static RefTensor oneHot(RefTensor x, int depth) {
        int[] shape = Arrays.copyOf(x.shape(), x.shape().length + 1);
        shape[x.shape().length] = depth;
        RefTensor y = RefTensor.zeros(shape);
        for (int i = 0; i < x.values().length; i++) {
            y.values()[i * depth + (int) x.values()[i]] = 1;
        }
        return y;
    }

    private static RefTensor most(RefTensor x) {
        RefTensor y = RefTensor.zeros(Arrays.copyOf(x.shape(), x.shape().length - 1));
        for (int row = 0; row < y.values().length; row++) {
            y.values()[row] = Arrays.stream(x.values(), row * x.last(), (row + 1) * x.last()).max().orElseThrow();
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

    /** Each of the two has the condition's shape, or none. */
    private static RefTensor where(RefTensor condition, RefTensor one, RefTensor other) {
        RefTensor y = RefTensor.zeros(condition.shape());
        for (int i = 0; i < y.values().length; i++) {
            RefTensor from = condition.values()[i] != 0 ? one : other;
            y.values()[i] = from.values()[i % from.values().length];
        }
        return y;
    }

    private static RefTensor clip(RefTensor x, RefTensor least, RefTensor most) {
        OnnxEvaluator.require(least.shape().length == 0 && most.shape().length == 0, "bounds with axes");
        return each(x, value -> Math.min(Math.max(value, least.values()[0]), most.values()[0]));
    }

    /** [..., I] times [I,U]. */
    private static RefTensor product(RefTensor x, RefTensor kernel) {
        int inputs = kernel.shape()[0];
        int units = kernel.shape()[1];
        OnnxEvaluator.require(kernel.shape().length == 2 && x.last() == inputs, "shapes do not fit");
        int[] shape = x.shape().clone();
        shape[shape.length - 1] = units;
        RefTensor y = RefTensor.zeros(shape);
        for (int at = 0; at < y.values().length; at++) {
            for (int i = 0; i < inputs; i++) {
                y.values()[at] += x.values()[at / units * inputs + i] * kernel.values()[i * units + at % units];
            }
        }
        return y;
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

    /** Rows of a table, axis 0. */
    private static RefTensor gather(RefTensor table, RefTensor rows) {
        int width = table.last();
        List<Integer> shape = new ArrayList<>();
        for (int size : rows.shape()) {
            shape.add(size);
        }
        shape.add(width);
        RefTensor y = RefTensor.zeros(shape.stream().mapToInt(Integer::intValue).toArray());
        for (int i = 0; i < rows.values().length; i++) {
            System.arraycopy(table.values(), (int) rows.values()[i] * width, y.values(), i * width, width);
        }
        return y;
    }
}
