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
        return switch (operator) {
            case "Add" -> both(x, reads.get(1), Double::sum);
            case "Sub" -> both(x, reads.get(1), (a, b) -> a - b);
            case "Min" -> both(x, reads.get(1), Math::min);
            case "Less" -> both(x, reads.get(1), (a, b) -> a < b ? 1 : 0);
            case "Greater" -> both(x, reads.get(1), (a, b) -> a > b ? 1 : 0);
            case "Where" -> reads.get(1).values().length > x.values().length
                    ? rowsWhere(x, reads.get(1), number(reads.get(2)))
                    : where(x, reads.get(1), reads.get(2));
            case "LogSoftmax" -> each(softmax(x, attributes.whole("axis")), Math::log);
            case "Mul" -> both(x, reads.get(1), (a, b) -> a * b);
            case "Clip" -> clip(x, reads.get(1), reads.get(2));
            case "And" -> both(x, reads.get(1), (a, b) -> a * b);
            case "Not" -> each(x, value -> 1 - value);
            case "Equal" -> {
                double other = number(reads.get(1));
                yield each(x, value -> value == other ? 1 : 0);
            }
            case "ReduceMax" -> {
                boolean isLast = Arrays.equals(attributes.wholes("axes"), new int[] {-1});
                boolean isFirst = Arrays.equals(attributes.wholes("axes"), new int[] {1}) && x.shape().length == 3;
                OnnxEvaluator.require((isLast || isFirst) && attributes.whole("keepdims") == 0,
                        "only over the last axis, or the middle one of three, which goes");
                yield most(isLast ? x : OnnxMovement.transpose(x, new int[] {0, 2, 1}));
            }
            case "OneHot" -> oneHot(x, (int) reads.get(1).values()[0]);
            case "Cast" -> {
                int to = attributes.whole("to");
                OnnxEvaluator.require(to == OnnxType.BOOL.number() || to == OnnxType.FLOAT.number(),
                        "only a cast to true and false, or of these to numbers");
                yield to == OnnxType.FLOAT.number() ? x : each(x, value -> value == 0 ? 0 : 1);
            }
            case "MatMul" -> product(x, reads.get(1));
            case "Softmax" -> softmax(x, attributes.whole("axis"));
            case "Gather" -> gather(x, reads.get(1));
            case "Transpose" -> OnnxMovement.transpose(x, attributes.wholes("perm"));
            case "Squeeze" -> OnnxMovement.squeeze(x, reads.get(1));
            case "Unsqueeze" -> OnnxMovement.unsqueeze(x, reads.get(1));
            case "Concat" -> {
                OnnxEvaluator.require(attributes.whole("axis") == -1 && reads.size() == 2, "two, by the last axis");
                yield OnnxMovement.beside(x, reads.get(1));
            }
            case "Reshape" -> {
                int[] shape = Arrays.stream(reads.get(1).values()).mapToInt(size -> (int) size).toArray();
                int known = Arrays.stream(shape).filter(size -> size >= 0).reduce(1, Math::multiplyExact);
                Arrays.setAll(shape, axis -> shape[axis] < 0 ? x.values().length / known : shape[axis]);
                yield new RefTensor(shape, x.values());
            }
            case "Shape" -> new RefTensor(new int[] {x.shape().length},
                    Arrays.stream(x.shape()).mapToDouble(size -> size).toArray());
            case "Expand" -> repeated(x, reads.get(1));
            case "Slice" -> OnnxMovement.slice(x, reads.subList(1, 5));
            default -> throw new IllegalArgumentException("no operator " + operator);
        };
    }

    /** A vector in each row of a shape that ends with 1. */
    private static RefTensor repeated(RefTensor vector, RefTensor to) {
        int[] shape = Arrays.stream(to.values()).mapToInt(size -> (int) size).toArray();
        int rows = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        OnnxEvaluator.require(vector.shape().length == 1 && shape[shape.length - 1] == 1,
                "only a vector, to rows of it");
        shape[shape.length - 1] = vector.last();
        double[] values = new double[rows * vector.last()];
        Arrays.setAll(values, i -> vector.values()[i % vector.last()]);
        return new RefTensor(shape, values);
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

    /** The second has the same shape, or that of the last axes of the first. */
    private static RefTensor both(RefTensor a, RefTensor b, DoubleBinaryOperator function) {
        for (int axis = 1; axis <= b.shape().length; axis++) {
            OnnxEvaluator.require(b.shape()[b.shape().length - axis] == a.shape()[a.shape().length - axis],
                    "not the last axes");
        }
        RefTensor y = RefTensor.zeros(a.shape());
        for (int i = 0; i < y.values().length; i++) {
            y.values()[i] = function.applyAsDouble(a.values()[i], b.values()[i % b.values().length]);
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
        OnnxEvaluator.require(axis == -1 || axis == x.shape().length - 1, "another axis than the last");
        RefTensor y = RefTensor.zeros(x.shape());
        int width = x.last();
        for (int row = 0; row < x.values().length; row += width) {
            double most = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < width; j++) {
                most = Math.max(most, x.values()[row + j]);
            }
            double sum = 0;
            for (int j = 0; j < width; j++) {
                y.values()[row + j] = Math.exp(x.values()[row + j] - most);
                sum += y.values()[row + j];
            }
            for (int j = 0; j < width; j++) {
                y.values()[row + j] /= sum;
            }
        }
        return y;
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
