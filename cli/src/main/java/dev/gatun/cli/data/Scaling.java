package dev.gatun.cli.data;

/**
 * Standardisation, column by column: (value - mean) / deviation.
 *
 * @param means      of the rows it was fitted on
 * @param deviations of the same rows (divided by their number); 1 for a column that never changes
 */
public record Scaling(double[] means, double[] deviations) {

    /** Fits on the rows before {@code end}; cells without a value do not count. */
    public static Scaling fit(Series series, int[] columns, int end) {
        double[] means = new double[columns.length];
        double[] deviations = new double[columns.length];
        for (int i = 0; i < columns.length; i++) {
            double sum = 0;
            int count = 0;
            for (int row = 0; row < end; row++) {
                double value = series.values()[row][columns[i]];
                if (!Double.isNaN(value)) {
                    sum += value;
                    count++;
                }
            }
            means[i] = count == 0 ? 0 : sum / count;
            double squares = 0;
            for (int row = 0; row < end; row++) {
                double value = series.values()[row][columns[i]];
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
     * For changes instead of levels: means are 0, deviations the root of the mean squared change over 1 to {@code reach}
     * rows, within the rows before {@code end}, never across a hole.
     */
    public static Scaling fitChanges(Series series, int[] columns, int end, int reach) {
        double[] deviations = new double[columns.length];
        for (int i = 0; i < columns.length; i++) {
            double squares = 0;
            long count = 0;
            for (int lag = 1; lag <= reach && lag < end; lag++) {
                for (int row = lag; row < end; row++) {
                    double change = series.values()[row][columns[i]] - series.values()[row - lag][columns[i]];
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

    /** To the model's unit. */
    public float standardise(double value, int index) {
        return (float) ((value - means[index]) / deviations[index]);
    }

    /** Back to the table's unit. */
    public double restore(double value, int index) {
        return means[index] + deviations[index] * value;
    }
}
