package dev.gatun.tests.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gradients of the cells with one state in double precision against central differences, masks and dropout included. */
final class RefRecurrentTest {

    private static final int BATCH = 2;
    private static final int TIME = 4;
    private static final int INPUTS = 3;
    private static final int UNITS = 3;
    private static final double STEP = 1e-4;

    private final Random random = new Random(5);

    @ParameterizedTest
    @CsvSource({"GRU after, false", "GRU before, true", "GRU before, false", "GRU after, true", "GRU one bias, false",
        "simple, false", "simple, true"})
    void gradientsAreSlopes(String kind, boolean backwards) {
        boolean simple = kind.equals("simple");
        int columns = (simple ? 1 : 3) * UNITS;
        double[][] bias = matrix(kind.equals("GRU after") ? 2 : 1, columns);
        RefCell.Weights weights = new RefCell.Weights(matrix(INPUTS, columns), matrix(UNITS, columns),
                kind.equals("GRU one bias") ? null : bias);
        RefCell cell = simple
                ? new RefSimpleRnn(weights, RefActivation.TANH)
                : new RefGru(weights, RefActivation.TANH, RefActivation.SIGMOID, !kind.equals("GRU before"));
        RefRecurrent layer = new RefRecurrent(cell, backwards);
        double[][][] x = {matrix(TIME, INPUTS), matrix(TIME, INPUTS)};
        boolean[][] mask = {{true, false, true, true}, {false, true, true, false}};
        RefRecurrent.Input input = new RefRecurrent.Input(x, mask, matrix(BATCH, UNITS), matrix(BATCH, INPUTS));
        double[][][] gOutputs = {matrix(TIME, UNITS), matrix(TIME, UNITS)};
        double[][] gH = matrix(BATCH, UNITS);
        DoubleSupplier f = () -> {
            RefRecurrent.Tape tape = layer.forward(input);
            double sum = 0;
            for (int b = 0; b < BATCH; b++) {
                for (int t = 0; t < TIME; t++) {
                    sum += dot(tape.outputs()[b][t], gOutputs[b][t]);
                }
                sum += dot(tape.last()[b], gH[b]);
            }
            return sum;
        };
        RefRecurrent.Result g = layer.backward(layer.forward(input), gOutputs, gH);
        slopes(f, weights.kernel(), g.weights().kernel, "kernel");
        slopes(f, weights.recurrentKernel(), g.weights().recurrentKernel, "recurrent kernel");
        if (weights.bias() != null) {
            slopes(f, weights.bias(), g.weights().bias, "bias");
        }
        slopes(f, x[0], g.x()[0], "x");
        slopes(f, x[1], g.x()[1], "x");
        slopes(f, input.h0(), g.h0(), "h0");
    }

    private double[][] matrix(int rows, int columns) {
        double[][] matrix = new double[rows][];
        for (int row = 0; row < rows; row++) {
            matrix[row] = random.doubles(columns, -0.9, 0.9).toArray();
        }
        return matrix;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** By four points, whose error is of the fourth order. */
    private static void slopes(DoubleSupplier f, double[][] at, double[][] gradient, String what) {
        for (int row = 0; row < at.length; row++) {
            for (int column = 0; column < at[row].length; column++) {
                double here = at[row][column];
                double[] values = new double[5];
                for (int k = -2; k <= 2; k++) {
                    at[row][column] = here + k * STEP;
                    values[k + 2] = f.getAsDouble();
                }
                at[row][column] = here;
                double slope = (values[0] - 8 * values[1] + 8 * values[3] - values[4]) / (12 * STEP);
                assertEquals(slope, gradient[row][column], 1e-9, what + " " + row + ", " + column);
            }
        }
    }
}
