package dev.gatun.tests.onnx;

import dev.gatun.tests.reference.RefTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Values along their axes, taken together. */
final class OnnxAxes {

    private OnnxAxes() {}

    static boolean has(String operator) {
        return operator.startsWith("Reduce");
    }

    /** Of opset 14 a sum reads its axes, the others have them as an attribute. */
    static RefTensor run(String operator, List<RefTensor> reads, OnnxAttributes attributes) {
        RefTensor x = reads.getFirst();
        boolean isSum = operator.equals("ReduceSum");
        int[] given = isSum
                ? Arrays.stream(reads.get(1).values()).mapToInt(axis -> (int) axis).toArray()
                : attributes.wholes("axes");
        Set<Integer> axes = Arrays.stream(given).map(axis -> axis < 0 ? axis + x.shape().length : axis).boxed()
                .collect(Collectors.toSet());
        double count = axes.stream().mapToInt(axis -> x.shape()[axis]).reduce(1, Math::multiplyExact);
        RefTensor y = switch (operator) {
            case "ReduceSum" -> reduced(x, axes, 0, Double::sum, sum -> sum);
            case "ReduceMean" -> reduced(x, axes, 0, Double::sum, sum -> sum / count);
            case "ReduceMax" -> reduced(x, axes, Double.NEGATIVE_INFINITY, Math::max, most -> most);
            case "ReduceMin" -> reduced(x, axes, Double.POSITIVE_INFINITY, Math::min, least -> least);
            case "ReduceL2" -> reduced(x, axes, 0, (sum, value) -> sum + value * value, Math::sqrt);
            default -> throw new IllegalArgumentException("no operator " + operator);
        };
        return attributes.whole("keepdims") == 1
                ? y
                : y.reshape(IntStream.range(0, y.shape().length).filter(axis -> !axes.contains(axis))
                        .map(axis -> y.shape()[axis]).toArray());
    }

    private static RefTensor reduced(
            RefTensor x, Set<Integer> axes, double first, DoubleBinaryOperator add, DoubleUnaryOperator end) {
        int[] shape = x.shape().clone();
        axes.forEach(axis -> shape[axis] = 1);
        RefTensor y = RefTensor.zeros(shape);
        Arrays.fill(y.values(), first);
        for (int place = 0; place < x.values().length; place++) {
            int[] index = OnnxIndex.of(place, x.shape());
            axes.forEach(axis -> index[axis] = 0);
            int at = OnnxIndex.place(index, shape);
            y.values()[at] = add.applyAsDouble(y.values()[at], x.values()[place]);
        }
        Arrays.setAll(y.values(), at -> end.applyAsDouble(y.values()[at]));
        return y;
    }

    /** Sums from the first to each along the last axis. */
    static RefTensor sums(RefTensor x, RefTensor axis) {
        OnnxEvaluator.require(axis.shape().length == 0 && axis.values()[0] == -1, "only of the last axis");
        RefTensor y = RefTensor.zeros(x.shape());
        for (int at = 0; at < y.values().length; at++) {
            y.values()[at] = x.values()[at] + (at % x.last() == 0 ? 0 : y.values()[at - 1]);
        }
        return y;
    }

    /** Numbers of the last axis from the largest down, and where they stood. */
    static List<RefTensor> top(RefTensor x, RefTensor count, int axis) {
        OnnxEvaluator.require(axis == -1 && count.values()[0] == x.last(), "all of the last axis");
        RefTensor sorted = RefTensor.zeros(x.shape());
        RefTensor places = RefTensor.zeros(x.shape());
        for (int row = 0; row < x.values().length; row += x.last()) {
            int first = row;
            List<Integer> order = IntStream.range(0, x.last()).boxed()
                    .sorted((one, other) -> Double.compare(x.values()[first + other], x.values()[first + one]))
                    .toList();
            for (int i = 0; i < x.last(); i++) {
                sorted.values()[row + i] = x.values()[row + order.get(i)];
                places.values()[row + i] = order.get(i);
            }
        }
        return List.of(sorted, places);
    }
}
