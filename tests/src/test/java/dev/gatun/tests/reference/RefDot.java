package dev.gatun.tests.reference;

import java.util.List;
import java.util.Map;

/**
 * A Dot layer: the definition, number by number.
 *
 * @param first      axis of the first value, counted from the batch
 * @param second     axis of the second
 * @param normalizes whether vectors are made one long before
 */
public record RefDot(int first, int second, boolean normalizes) implements RefGraph.Node {

    private static final double SHORTEST = 1e-7;

    @Override
    public RefGraph.Step forward(List<RefTensor> inputs, boolean[][] mask, Map<String, RefTensor> given) {
        double[][][] a = matrices(inputs.get(0), first);
        double[][][] b = matrices(inputs.get(1), second);
        int n = a[0].length;
        int m = b[0].length;
        boolean left = inputs.get(0).shape().length == 3;
        boolean right = inputs.get(1).shape().length == 3;
        RefTensor y = left && right
                ? RefTensor.zeros(a.length, n, m)
                : RefTensor.zeros(a.length, left ? n : m);
        for (int s = 0; s < a.length; s++) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < m; j++) {
                    double sum = 0;
                    for (int k = 0; k < a[s][i].length; k++) {
                        sum += a[s][i][k] / length(a[s][i]) * b[s][j][k] / length(b[s][j]);
                    }
                    y.values()[(s * n + i) * m + j] = sum;
                }
            }
        }
        return new RefLayers.Simple(y, null, (gOutputs, gradients) -> {
            double[] g = gOutputs.getFirst().values();
            return List.of(back(inputs.get(0), first, a, b, g, false), back(inputs.get(1), second, b, a, g, true));
        });
    }

    private RefTensor back(RefTensor of, int axis, double[][][] own, double[][][] other, double[] g, boolean turned) {
        RefTensor back = RefTensor.zeros(of.shape());
        int rows = own[0].length;
        int columns = other[0].length;
        for (int s = 0; s < own.length; s++) {
            for (int i = 0; i < rows; i++) {
                double length = length(own[s][i]);
                double[] slope = new double[own[s][i].length];
                double along = 0;
                for (int k = 0; k < slope.length; k++) {
                    for (int j = 0; j < columns; j++) {
                        double part = turned ? g[(s * columns + j) * rows + i] : g[(s * rows + i) * columns + j];
                        slope[k] += part * other[s][j][k] / length(other[s][j]);
                    }
                    along += slope[k] * own[s][i][k] / length;
                }
                for (int k = 0; k < slope.length; k++) {
                    double d = normalizes ? (slope[k] - along * own[s][i][k] / length) / length : slope[k];
                    back.values()[place(of, axis, s, i, k)] += d;
                }
            }
        }
        return back;
    }

    private double length(double[] vector) {
        double squares = 0;
        for (double number : vector) {
            squares += number * number;
        }
        return normalizes ? Math.max(Math.sqrt(squares), SHORTEST) : 1;
    }

    /** [B][N][K]. */
    private static double[][][] matrices(RefTensor of, int axis) {
        int[] shape = of.shape();
        int n = shape.length == 2 ? 1 : shape[3 - axis];
        double[][][] matrices = new double[shape[0]][n][shape[axis]];
        for (int s = 0; s < shape[0]; s++) {
            for (int i = 0; i < n; i++) {
                for (int k = 0; k < shape[axis]; k++) {
                    matrices[s][i][k] = of.values()[place(of, axis, s, i, k)];
                }
            }
        }
        return matrices;
    }

    private static int place(RefTensor of, int axis, int s, int i, int k) {
        int[] shape = of.shape();
        if (shape.length == 2) {
            return s * shape[1] + k;
        }
        return axis == 1 ? (s * shape[1] + k) * shape[2] + i : (s * shape[1] + i) * shape[2] + k;
    }
}
