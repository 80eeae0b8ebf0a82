package dev.gatun.data;

import dev.gatun.memory.check.Arguments;

/** Standardisation, column by column: (value - mean) / deviation. Immutable. */
public final class Scaling {

    private final double[] means;
    private final double[] deviations;

    private Scaling(double[] means, double[] deviations) {
        this.means = means;
        this.deviations = deviations;
    }

    /**
     * A scaling that is known.
     *
     * @param means      of C columns
     * @param deviations of the same columns, above 0
     * @return the scaling, with copies of both
     * @throws NullPointerException     naming what is null
     * @throws IllegalArgumentException if there is not one deviation for each mean, or a number cannot be
     */
    public static Scaling of(double[] means, double[] deviations) {
        Arguments.required(means, "Scaling.of", "means", "one for each column");
        Arguments.required(deviations, "Scaling.of", "deviations", "one for each column");
        if (means.length != deviations.length) {
            throw new IllegalArgumentException("Scaling.of: " + means.length + " means have " + deviations.length
                    + " deviations; give one for each");
        }
        for (int i = 0; i < means.length; i++) {
            if (!Double.isFinite(means[i]) || !(deviations[i] > 0 && Double.isFinite(deviations[i]))) {
                throw new IllegalArgumentException("Scaling.of: column " + i + " has mean " + means[i]
                        + " and deviation " + deviations[i] + "; both are finite, and the deviation is above 0");
            }
        }
        return new Scaling(means.clone(), deviations.clone());
    }

    /**
     * No scaling: means of 0, deviations of 1.
     *
     * @param columns C
     * @return the scaling
     * @throws IllegalArgumentException if the number is negative
     */
    public static Scaling none(int columns) {
        if (columns < 0) {
            throw new IllegalArgumentException("Scaling.none: there are at least 0 columns, got " + columns);
        }
        double[] ones = new double[columns];
        java.util.Arrays.fill(ones, 1);
        return new Scaling(new double[columns], ones);
    }

    /**
     * Fits to levels: means, and deviations divided by the number of rows, 1 for a column that never changes. Cells without a
     * value do not count.
     *
     * @param series  of the columns
     * @param columns indices in the series
     * @param end     the rows before this one are looked at
     * @return a scaling of as many columns
     * @throws IllegalArgumentException if the series has fewer rows
     */
    public static Scaling fit(Series series, int[] columns, int end) {
        require(series, columns, end, "Scaling.fit");
        double[] means = new double[columns.length];
        double[] deviations = new double[columns.length];
        for (int i = 0; i < columns.length; i++) {
            double sum = 0;
            int count = 0;
            for (int row = 0; row < end; row++) {
                double value = series.value(row, columns[i]);
                if (!Double.isNaN(value)) {
                    sum += value;
                    count++;
                }
            }
            means[i] = count == 0 ? 0 : sum / count;
            double squares = 0;
            for (int row = 0; row < end; row++) {
                double value = series.value(row, columns[i]);
                if (!Double.isNaN(value)) {
                    squares += (value - means[i]) * (value - means[i]);
                }
            }
            double deviation = count == 0 ? 0 : Math.sqrt(squares / count);
            deviations[i] = deviation > Math.abs(means[i]) * 1e-12 ? deviation : 1;
        }
        return new Scaling(means, deviations);
    }

    /**
     * Fits to changes instead of levels: means are 0, deviations the root of the mean squared change over 1 to {@code reach}
     * rows, never across a hole; 1 for a column that never changes.
     *
     * @param series  of the columns
     * @param columns indices in the series
     * @param end     the rows before this one are looked at
     * @param reach   over how many rows a change is looked at
     * @return a scaling of as many columns
     * @throws IllegalArgumentException if the series has fewer rows
     */
    public static Scaling fitChanges(Series series, int[] columns, int end, int reach) {
        require(series, columns, end, "Scaling.fitChanges");
        double[] deviations = new double[columns.length];
        for (int i = 0; i < columns.length; i++) {
            double squares = 0;
            long count = 0;
            for (int lag = 1; lag <= reach && lag < end; lag++) {
                for (int row = lag; row < end; row++) {
                    double change = series.value(row, columns[i]) - series.value(row - lag, columns[i]);
                    if (!Double.isNaN(change) && series.timeline().isUnbroken(row - lag, row)) {
                        squares += change * change;
                        count++;
                    }
                }
            }
            double deviation = count == 0 ? 0 : Math.sqrt(squares / count);
            deviations[i] = deviation > 0 ? deviation : 1;
        }
        return new Scaling(new double[columns.length], deviations);
    }

    private static void require(Series series, int[] columns, int end, String method) {
        Arguments.required(series, method, "series", "a series");
        Arguments.required(columns, method, "columns", "indices of columns, for example series.indices(names)");
        if (end < 0 || end > series.rows()) {
            throw new IllegalArgumentException(method + ": end is " + end + ", but the series has " + series.rows()
                    + " rows; give 0 to " + series.rows());
        }
    }

    /** {@return C, the number of columns} */
    public int columns() {
        return means.length;
    }

    /** {@return the means, a copy} */
    public double[] means() {
        return means.clone();
    }

    /** {@return the deviations, a copy} */
    public double[] deviations() {
        return deviations.clone();
    }

    /**
     * To the model's unit.
     *
     * @param value in the series' unit
     * @param index of the column
     * @return how many deviations from the mean
     */
    public double standardise(double value, int index) {
        return (value - means[index]) / deviations[index];
    }

    /**
     * Back to the series' unit.
     *
     * @param value how many deviations from the mean
     * @param index of the column
     * @return in the series' unit
     */
    public double restore(double value, int index) {
        return means[index] + deviations[index] * value;
    }
}
