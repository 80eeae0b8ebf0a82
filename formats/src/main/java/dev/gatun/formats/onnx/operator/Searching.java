package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Operators that go along one axis: the largest, where it stands, running sums. */
final class Searching {

    static final List<Operator> OPERATORS = List.of(
            Operator.of("ArgMax").with("axis", "keepdims", "select_last_index").makes(call -> best(call, 1)),
            Operator.of("ArgMin").with("axis", "keepdims", "select_last_index").makes(call -> best(call, -1)),
            Operator.of("TopK").to(9).with("axis", "k").makesAll(call -> top(call, call.node().whole("k", 0))),
            Operator.of("TopK").from(10).inputs(2).with("axis", "largest", "sorted").makesAll(
                    call -> top(call, call.whole(1))),
            Operator.of("CumSum").from(11).inputs(2).with("exclusive", "reverse").makes(Searching::sums));

    private Searching() {}

    private static NumberArray best(OperatorCall call, int sign) {
        NumberArray array = call.input(0);
        int axis = OperatorCall.axis(call.node().whole("axis", 0), array.rank());
        boolean isLast = call.node().whole("select_last_index", 0) != 0;
        AxisRows rows = AxisRows.of(array, axis);
        if (rows.length() == 0) {
            throw new IllegalArgumentException("its input is " + array + ", which has nothing along axis " + axis);
        }
        long[] made = new long[rows.count()];
        NumberOrder order = NumberOrder.of(array);
        for (int i = 0; i < made.length; i++) {
            int first = i * rows.length();
            int best = 0;
            // The first NaN is the largest and the least.
            for (int at = 1; at < rows.length() && !Double.isNaN(array.number(rows.indices()[first + best])); at++) {
                int place = rows.indices()[first + at];
                int over = order.compare(place, rows.indices()[first + best]);
                boolean isBetter = sign * over > 0 || over == 0 && isLast || Double.isNaN(array.number(place));
                best = isBetter ? at : best;
            }
            made[i] = best;
        }
        int[] shape = array.shape();
        shape[axis] = 1;
        return ReduceOperators.counts(call.node().whole("keepdims", 1) != 0 ? shape : rows.kept(), made);
    }

    private static List<NumberArray> top(OperatorCall call, long k) {
        NumberArray array = call.input(0);
        int axis = OperatorCall.axis(call.node().whole("axis", -1), array.rank());
        if (k < 0 || k > array.size(axis)) {
            throw new IllegalArgumentException("it takes " + k + " along axis " + axis + " of " + array);
        }
        boolean isLargest = call.node().whole("largest", 1) != 0;
        AxisRows rows = AxisRows.of(array, axis);
        int count = (int) k;
        int inner = Strides.product(array.shape(), axis + 1, array.rank());
        int[] shape = array.shape();
        shape[axis] = count;
        long[] places = new long[Storage.count(shape)];
        int[] from = new int[places.length];
        NumberOrder order = NumberOrder.of(array);
        for (int i = 0; i < rows.count(); i++) {
            int first = i * rows.length();
            Comparator<Integer> byNumber = (a, b) -> order.compare(rows.indices()[first + a],
                    rows.indices()[first + b]);
            List<Integer> sorted = new ArrayList<>(IntStream.range(0, rows.length()).boxed().toList());
            sorted.sort(isLargest ? byNumber.reversed() : byNumber);
            for (int at = 0; at < count; at++) {
                int target = (i / inner * count + at) * inner + i % inner;
                places[target] = sorted.get(at);
                from[target] = rows.indices()[first + sorted.get(at)];
            }
        }
        return List.of(Storage.picked(array, shape, from), ReduceOperators.counts(shape, places));
    }

    private static NumberArray sums(OperatorCall call) {
        NumberArray array = call.input(0);
        int axis = OperatorCall.axis(call.whole(1), array.rank());
        boolean leavesOwn = call.node().whole("exclusive", 0) != 0;
        boolean isBackwards = call.node().whole("reverse", 0) != 0;
        AxisRows rows = AxisRows.of(array, axis);
        if (array.type().isWhole()) {
            return wholeSums(array, rows, leavesOwn, isBackwards);
        }
        double[] made = new double[array.count()];
        double[] row = new double[rows.length()];
        for (int i = 0; i < rows.count(); i++) {
            rows.read(array, i, row);
            double sum = 0;
            for (int step = 0; step < row.length; step++) {
                int at = isBackwards ? row.length - 1 - step : step;
                double own = row[at];
                row[at] = leavesOwn ? sum : sum + own;
                sum += own;
            }
            rows.write(row, i, made);
        }
        return Storage.rounded(array.type(), array.shape(), made);
    }

    /** Doubles do not hold all whole numbers. */
    private static NumberArray wholeSums(NumberArray array, AxisRows rows, boolean leavesOwn, boolean isBackwards) {
        long[] made = new long[array.count()];
        for (int i = 0; i < rows.count(); i++) {
            long sum = 0;
            for (int step = 0; step < rows.length(); step++) {
                int at = rows.indices()[i * rows.length() + (isBackwards ? rows.length() - 1 - step : step)];
                long own = array.longs()[at];
                made[at] = Casting.fitted(array.type(), leavesOwn ? sum : sum + own);
                sum += own;
            }
        }
        return NumberArray.longs(array.type(), array.shape(), made);
    }
}
