package dev.gatun.data;

import dev.gatun.data.time.DataException;
import java.util.stream.IntStream;

/**
 * Fills cells without a value by straight lines between their neighbours, and by the nearest value at either end. Lines do
 * not cross a hole; a stretch between two holes that has no value of a column at all stays without.
 */
final class Gaps {

    private Gaps() {}

    /** The values of a series, [T][C], filled. */
    static double[][] filled(Series series) {
        double[][] values = IntStream.range(0, series.rows())
                .mapToObj(row -> IntStream.range(0, series.columns().size())
                        .mapToDouble(column -> series.value(row, column)).toArray())
                .toArray(double[][]::new);
        for (int column = 0; column < series.columns().size(); column++) {
            boolean hasValue = false;
            for (int first = 0, row = 0; row < series.rows(); row++) {
                if (row + 1 == series.rows() || !series.timeline().isUnbroken(row, row + 1)) {
                    hasValue |= fill(values, column, first, row + 1);
                    first = row + 1;
                }
            }
            if (!hasValue) {
                throw new DataException(series.source() + ": column '" + series.columns().get(column)
                        + "' has no value at all; leave it out");
            }
        }
        return values;
    }

    /** Fills rows {@code [from,to)} if one of them has a value, and says whether. */
    private static boolean fill(double[][] values, int column, int from, int to) {
        int before = -1;
        for (int row = from; row < to; row++) {
            if (!Double.isNaN(values[row][column])) {
                between(values, column, before < 0 ? from - 1 : before, row, before >= 0);
                before = row;
            }
        }
        for (int row = before + 1; before >= 0 && row < to; row++) {
            values[row][column] = values[before][column];
        }
        return before >= 0;
    }

    /** Rows after {@code before} and before {@code after}: on a line from one to the other, or as the latter. */
    private static void between(double[][] values, int column, int before, int after, boolean isLine) {
        double last = values[after][column];
        for (int row = before + 1; row < after; row++) {
            double share = (double) (row - before) / (after - before);
            values[row][column] = isLine
                    ? values[before][column] + share * (last - values[before][column])
                    : last;
        }
    }
}
