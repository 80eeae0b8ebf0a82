package dev.gatun.cli.data;

import dev.gatun.cli.console.Refusal;

/** Fills cells without a value by straight lines between their neighbours. */
final class Gaps {

    private Gaps() {}

    static void fill(Series series) {
        for (int column = 0; column < series.columns().size(); column++) {
            int before = -1;
            for (int row = 0; row < series.rows(); row++) {
                if (!Double.isNaN(series.values()[row][column])) {
                    between(series.values(), column, before, row);
                    before = row;
                }
            }
            if (before < 0) {
                throw new Refusal(series.source() + ": column '" + series.columns().get(column)
                        + "' has no value at all; leave it out");
            }
            for (int row = before + 1; row < series.rows(); row++) {
                series.values()[row][column] = series.values()[before][column];
            }
        }
    }

    private static void between(double[][] values, int column, int before, int after) {
        for (int row = before + 1; row < after; row++) {
            double share = before < 0 ? 1 : (double) (row - before) / (after - before);
            double first = before < 0 ? 0 : values[before][column];
            double last = values[after][column];
            values[row][column] = before < 0 ? last : first + share * (last - first);
        }
    }
}
