package dev.gatun.data;

import dev.gatun.memory.check.Arguments;
import java.util.Arrays;

/**
 * Least squares by Cholesky's factorisation of the normal equations, in double. A column that depends on those before it
 * gets the coefficient 0, so that any data have a solution.
 */
public final class LeastSquares {

    /** Of a column's own square: what is left of it after those before it; less is rounding. */
    private static final double RANK_TOLERANCE = 1e-10;

    private LeastSquares() {}

    /**
     * Minimises |X b - Y|^2.
     *
     * @param x [N][P], at least one row and one column
     * @param y [N][Q]
     * @return b [P][Q]
     * @throws NullPointerException     naming what is null
     * @throws IllegalArgumentException if there are no rows, not as many of both, or rows of one have different widths
     */
    public static double[][] solve(double[][] x, double[][] y) {
        Arguments.all(x, "LeastSquares.solve", "x", "a row of numbers for each observation");
        Arguments.all(y, "LeastSquares.solve", "y", "a row of numbers for each observation");
        if (x.length == 0 || x.length != y.length || !isEven(x) || !isEven(y) || x[0].length == 0) {
            throw new IllegalArgumentException("LeastSquares.solve: x has " + x.length + " rows and y has " + y.length
                    + "; give as many of both, at least one, and rows of one width");
        }
        int columns = x[0].length;
        double[][] gram = new double[columns][columns];
        double[][] right = new double[columns][y[0].length];
        for (int row = 0; row < x.length; row++) {
            for (int i = 0; i < columns; i++) {
                add(x[row][i], x[row], gram[i], i + 1);
                add(x[row][i], y[row], right[i], y[row].length);
            }
        }
        boolean[] isDropped = factorise(gram);
        forward(gram, isDropped, right);
        backward(gram, isDropped, right);
        return right;
    }

    private static boolean isEven(double[][] rows) {
        return Arrays.stream(rows).allMatch(row -> row.length == rows[0].length);
    }

    private static void add(double factor, double[] from, double[] to, int count) {
        for (int i = 0; i < count; i++) {
            to[i] += factor * from[i];
        }
    }

    /** Replaces the lower triangle by L with L L' = gram; says which columns were dropped. */
    private static boolean[] factorise(double[][] gram) {
        boolean[] isDropped = new boolean[gram.length];
        for (int i = 0; i < gram.length; i++) {
            double own = gram[i][i];
            for (int j = 0; j <= i; j++) {
                double sum = gram[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= gram[i][k] * gram[j][k];
                }
                if (j < i) {
                    gram[i][j] = isDropped[j] ? 0 : sum / gram[j][j];
                } else {
                    isDropped[i] = !(sum > own * RANK_TOLERANCE);
                    gram[i][i] = isDropped[i] ? 0 : Math.sqrt(sum);
                }
            }
        }
        return isDropped;
    }

    private static void forward(double[][] lower, boolean[] isDropped, double[][] right) {
        for (int i = 0; i < lower.length; i++) {
            for (int k = 0; k < i; k++) {
                add(-lower[i][k], right[k], right[i], right[i].length);
            }
            divide(right[i], isDropped[i], lower[i][i]);
        }
    }

    private static void backward(double[][] lower, boolean[] isDropped, double[][] right) {
        for (int i = lower.length - 1; i >= 0; i--) {
            for (int k = i + 1; k < lower.length; k++) {
                if (!isDropped[k]) {
                    add(-lower[k][i], right[k], right[i], right[i].length);
                }
            }
            divide(right[i], isDropped[i], lower[i][i]);
        }
    }

    private static void divide(double[] row, boolean isDropped, double by) {
        for (int i = 0; i < row.length; i++) {
            row[i] = isDropped ? 0 : row[i] / by;
        }
    }
}
