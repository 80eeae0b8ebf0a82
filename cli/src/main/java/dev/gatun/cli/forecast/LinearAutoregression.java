package dev.gatun.cli.forecast;

import java.util.Arrays;
import java.util.Optional;

/**
 * Ordinary least squares with an intercept, from all numbers of a window to each number of the forecast: the best linear
 * model of the same window. In double, on inputs moved to mean 0.
 */
public final class LinearAutoregression implements Forecast {

    private final double[] inputMeans;
    private final double[] outputMeans;
    private final double[][] coefficients;

    private LinearAutoregression(double[] inputMeans, double[] outputMeans, double[][] coefficients) {
        this.inputMeans = inputMeans;
        this.outputMeans = outputMeans;
        this.coefficients = coefficients;
    }

    /** Fits on these windows, if there are at least two for each number of a window; with fewer it would only memorise. */
    public static Optional<LinearAutoregression> fitted(Windows windows, int[] starts) {
        long numbers = (long) windows.recipe().window() * windows.recipe().inputs().size();
        return starts.length < 2 * numbers ? Optional.empty() : Optional.of(fit(windows, starts));
    }

    private static LinearAutoregression fit(Windows windows, int[] starts) {
        double[][] inputs = inputs(windows, starts);
        double[][] outputs = windows.truth(starts);
        double[] inputMeans = means(inputs);
        double[] outputMeans = means(outputs);
        subtract(inputs, inputMeans);
        subtract(outputs, outputMeans);
        return new LinearAutoregression(inputMeans, outputMeans, LeastSquares.solve(inputs, outputs));
    }

    @Override
    public String name() {
        return "linear autoregression";
    }

    @Override
    public double[][] of(Windows windows, int[] starts) {
        double[][] inputs = inputs(windows, starts);
        subtract(inputs, inputMeans);
        return Arrays.stream(inputs).map(this::one).toArray(double[][]::new);
    }

    private double[] one(double[] input) {
        double[] forecast = outputMeans.clone();
        for (int i = 0; i < input.length; i++) {
            for (int j = 0; j < forecast.length; j++) {
                forecast[j] += input[i] * coefficients[i][j];
            }
        }
        return forecast;
    }

    private static double[][] inputs(Windows windows, int[] starts) {
        Recipe recipe = windows.recipe();
        int[] columns = windows.series().indices(recipe.inputs());
        return Arrays.stream(starts).mapToObj(start -> {
            double[] row = new double[recipe.window() * columns.length];
            for (int i = 0; i < row.length; i++) {
                int column = i % columns.length;
                // In standard units, so that columns of different units weigh the same when rank is judged.
                row[i] = (windows.series().values()[start + i / columns.length][columns[column]]
                        - recipe.inputScaling().means()[column]) / recipe.inputScaling().deviations()[column];
            }
            return row;
        }).toArray(double[][]::new);
    }

    private static double[] means(double[][] rows) {
        double[] means = new double[rows[0].length];
        for (double[] row : rows) {
            for (int i = 0; i < means.length; i++) {
                means[i] += row[i];
            }
        }
        for (int i = 0; i < means.length; i++) {
            means[i] /= rows.length;
        }
        return means;
    }

    private static void subtract(double[][] rows, double[] means) {
        for (double[] row : rows) {
            for (int i = 0; i < means.length; i++) {
                row[i] -= means[i];
            }
        }
    }
}
