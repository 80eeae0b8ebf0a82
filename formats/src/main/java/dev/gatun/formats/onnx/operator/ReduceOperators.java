package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.tensors.NumberType;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Many numbers to one, along axes. Sums are those of doubles. */
final class ReduceOperators {

    static final List<Operator> OPERATORS = Stream.of(
            of("ReduceSum", row -> Arrays.stream(row).reduce(0, Double::sum), 13),
            of("ReduceMean", ReduceOperators::mean, 18),
            of("ReduceMax", row -> folded(row, Double.NEGATIVE_INFINITY, Math::max), 18),
            of("ReduceMin", row -> folded(row, Double.POSITIVE_INFINITY, Math::min), 18),
            of("ReduceProd", row -> folded(row, 1, (a, b) -> a * b), 18),
            of("ReduceL1", row -> folded(row, 0, (a, b) -> a + Math.abs(b)), 18),
            of("ReduceL2", row -> Math.sqrt(folded(row, 0, (a, b) -> a + b * b)), 18),
            of("ReduceSumSquare", row -> folded(row, 0, (a, b) -> a + b * b), 18),
            of("ReduceLogSum", row -> Math.log(folded(row, 0, Double::sum)), 18),
            of("ReduceLogSumExp", ReduceOperators::logSumExp, 18)).flatMap(List::stream).toList();

    private ReduceOperators() {}

    /** @param input the version from which on the axes are an input */
    private static List<Operator> of(String name, ToDoubleFunction<double[]> function, int input) {
        return List.of(
                Operator.of(name).to(input - 1).with("axes", "keepdims").makes(call -> reduced(call, function)),
                Operator.of(name).from(input).inputs(1, 2).with("keepdims", "noop_with_empty_axes").makes(
                        call -> reduced(call, function)));
    }

    private static NumberArray reduced(OperatorCall call, ToDoubleFunction<double[]> function) {
        NumberArray array = call.input(0);
        long[] given = call.axes("axes", 1);
        boolean isEach = false;
        if (given == null || given.length == 0) {
            given = IntStream.range(0, array.rank()).asLongStream().toArray();
            isEach = call.node().whole("noop_with_empty_axes", 0) != 0;
        }
        // Without axes each number is a row of its own: its square, its logarithm.
        int[] axes = isEach ? new int[0] : OperatorCall.axes(given, array.rank());
        boolean keeps = isEach || call.node().whole("keepdims", 1) != 0;
        AxisRows rows = AxisRows.of(array, axes);
        int[] shape = keeps ? kept(array, axes) : rows.kept();
        WholeReduction ofWhole = array.type().isWhole() ? exact(array.type(), call.node().operator()) : null;
        if (ofWhole != null) {
            return ofWhole.of(array, rows, shape);
        }
        if (array.type() == NumberType.BOOL && rows.length() == 0) {
            boolean[] none = new boolean[rows.count()];
            Arrays.fill(none, call.node().operator().equals("ReduceMin"));
            return NumberArray.booleans(shape, none);
        }
        double[] made = new double[rows.count()];
        double[] row = new double[rows.length()];
        for (int i = 0; i < made.length; i++) {
            rows.read(array, i, row);
            made[i] = function.applyAsDouble(row);
        }
        return Storage.rounded(array.type(), shape, made);
    }

    /** Doubles do not hold all whole numbers, so these are reduced as such; null for the others. */
    private static WholeReduction exact(NumberType type, String operator) {
        return switch (operator) {
            case "ReduceSum" -> new WholeReduction(0, Long::sum);
            case "ReduceL1" -> new WholeReduction(0, (a, b) -> a + Math.abs(b));
            case "ReduceSumSquare" -> new WholeReduction(0, (a, b) -> a + b * b);
            case "ReduceProd" -> new WholeReduction(1, (a, b) -> a * b);
            case "ReduceMax" -> new WholeReduction(Casting.least(type), type.isUnsigned()
                    ? (a, b) -> Long.compareUnsigned(a, b) > 0 ? a : b
                    : Math::max);
            case "ReduceMin" -> new WholeReduction(Casting.most(type), type.isUnsigned()
                    ? (a, b) -> Long.compareUnsigned(a, b) < 0 ? a : b
                    : Math::min);
            default -> null;
        };
    }

    /** @param start what an empty row is */
    private record WholeReduction(long start, LongBinaryOperator function) {

        NumberArray of(NumberArray array, AxisRows rows, int... shape) {
            long[] made = new long[rows.count()];
            for (int i = 0; i < made.length; i++) {
                made[i] = start;
                for (int at = 0; at < rows.length(); at++) {
                    long number = array.longs()[rows.indices()[i * rows.length() + at]];
                    made[i] = Casting.fitted(array.type(), function.applyAsLong(made[i], number));
                }
            }
            return NumberArray.longs(array.type(), shape, made);
        }
    }

    private static int[] kept(NumberArray array, int... axes) {
        int[] shape = array.shape();
        for (int axis : axes) {
            shape[axis] = 1;
        }
        return shape;
    }

    private static double folded(double[] row, double start, DoubleBinaryOperator function) {
        double folded = start;
        for (double number : row) {
            folded = function.applyAsDouble(folded, number);
        }
        return folded;
    }

    static double mean(double... row) {
        return row.length == 0 ? 0 : folded(row, 0, Double::sum) / row.length; // Of nothing 0, as in ONNX Runtime.
    }

    static double logSumExp(double... row) {
        double most = folded(row, Double.NEGATIVE_INFINITY, Math::max);
        if (Double.isInfinite(most)) {
            return most;
        }
        return most + Math.log(folded(row, 0, (a, b) -> a + Math.exp(b - most)));
    }

    /** The type of what is counted. */
    static NumberArray counts(int[] shape, long... counts) {
        return NumberArray.longs(NumberType.INT64, shape, counts);
    }
}
