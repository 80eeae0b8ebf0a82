package dev.gatun.data;

import dev.gatun.memory.check.Arguments;
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

    /**
     * Fits on some windows, if there are at least two for each number of a window; with fewer it would only memorise.
     *
     * @param windows over a series
     * @param starts  first rows of the windows to learn from
     * @return empty if there are too few
     * @throws IllegalArgumentException if a window's target rows do not lie in the series, or a target is no column of it
     */
    public static Optional<LinearAutoregression> fitted(Windows windows, int[] starts) {
        Arguments.required(windows, "LinearAutoregression.fitted", "windows", "windows over a series");
        Arguments.required(starts, "LinearAutoregression.fitted", "starts", "first rows of windows");
        long numbers = (long) windows.spec().window() * windows.spec().inputs().size();
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
        Arguments.required(windows, "LinearAutoregression.of", "windows", "windows over a series");
        Arguments.required(starts, "LinearAutoregression.of", "starts", "first rows of windows");
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
        WindowSpec spec = windows.spec();
        int[] columns = windows.series().indices(spec.inputs());
        return Arrays.stream(starts).mapToObj(start -> {
            double[] row = new double[spec.window() * columns.length];
            for (int i = 0; i < row.length; i++) {
                int column = i % columns.length;
                // In standard units, so that columns of different units weigh the same when rank is judged.
                row[i] = spec.inputScaling().standardise(
                        windows.series().value(start + i / columns.length, columns[column]), column);
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
