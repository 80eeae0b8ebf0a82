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
        double[] row = new double[rows.length()];
        for (int i = 0; i < made.length; i++) {
            rows.read(array, i, row);
            int best = 0;
            for (int at = 1; at < row.length; at++) {
                double over = sign * Double.compare(row[at], row[best]);
                best = over > 0 || over == 0 && isLast ? at : best;
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
        double[] row = new double[rows.length()];
        Comparator<Integer> order = Comparator.comparingDouble(at -> row[at]);
        for (int i = 0; i < rows.count(); i++) {
            rows.read(array, i, row);
            List<Integer> sorted = new ArrayList<>(IntStream.range(0, row.length).boxed().toList());
            sorted.sort(isLargest ? order.reversed() : order);
            for (int at = 0; at < count; at++) {
                int target = (i / inner * count + at) * inner + i % inner;
                places[target] = sorted.get(at);
                from[target] = rows.indices()[i * rows.length() + sorted.get(at)];
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
}
