package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Operators over a whole row. Before version 13 a row is everything from an axis on, 1 if none is given; since then it is one
 * axis, the last if none is given.
 */
final class Softmaxes {

    private static final int ONE_AXIS = 13;

    static final List<Operator> OPERATORS = Stream.of(
            of("Softmax", Softmaxes::softmax),
            of("LogSoftmax", Softmaxes::logSoftmax),
            of("Hardmax", Softmaxes::hardmax)).flatMap(List::stream).toList();

    private Softmaxes() {}

    private static List<Operator> of(String name, UnaryOperator<double[]> function) {
        return List.of(
                Operator.of(name).to(ONE_AXIS - 1).with("axis").makes(call -> {
                    NumberArray array = call.input(0);
                    long given = call.node().whole("axis", 1);
                    int axis = given == array.rank() ? array.rank() : OperatorCall.axis(given, array.rank());
                    return mapped(array, function, IntStream.range(axis, array.rank()).toArray());
                }),
                Operator.of(name).from(ONE_AXIS).with("axis").makes(call -> mapped(call.input(0), function,
                        OperatorCall.axis(call.node().whole("axis", -1), call.input(0).rank()))));
    }

    private static NumberArray mapped(NumberArray array, UnaryOperator<double[]> function, int... axes) {
        AxisRows rows = AxisRows.of(array, axes);
        double[] made = new double[array.count()];
        double[] row = new double[rows.length()];
        for (int i = 0; i < rows.count() && rows.length() > 0; i++) {
            rows.read(array, i, row);
            rows.write(function.apply(row), i, made);
        }
        return Storage.rounded(array.type(), array.shape(), made);
    }

    private static double most(double... row) {
        double most = row[0];
        for (double number : row) {
            most = Math.max(most, number);
        }
        return most;
    }

    static double[] softmax(double... row) {
        double most = most(row);
        double sum = 0;
        for (int i = 0; i < row.length; i++) {
            row[i] = Math.exp(row[i] - most);
            sum += row[i];
        }
        for (int i = 0; i < row.length; i++) {
            row[i] /= sum;
        }
        return row;
    }

    private static double[] logSoftmax(double... row) {
        double sum = ReduceOperators.logSumExp(row);
        for (int i = 0; i < row.length; i++) {
            row[i] -= sum;
        }
        return row;
    }

    /** 1 where the first of the largest stands. */
    private static double[] hardmax(double... row) {
        double most = most(row);
        boolean isFound = false;
        for (int i = 0; i < row.length; i++) {
            boolean isFirst = !isFound && row[i] == most;
            isFound |= isFirst;
            row[i] = isFirst ? 1 : 0;
        }
        return row;
    }
}
