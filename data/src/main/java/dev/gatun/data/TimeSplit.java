package dev.gatun.data;

import dev.gatun.data.time.DataException.Setting;
import dev.gatun.data.time.DataException;

/**
 * Rows cut by time: what a model may learn from, what chooses its best epoch, and what nobody looks at before the end.
 *
 * @param trainEnd first row of the validation part
 * @param testAt   first row of the held-out test part
 * @param rows     all rows
 */
public record TimeSplit(int trainEnd, int testAt, int rows) {

    /**
     * Checks that the parts follow each other.
     *
     * @throws IllegalArgumentException if they do not
     */
    public TimeSplit {
        if (trainEnd < 0 || testAt < trainEnd || rows < testAt) {
            throw new IllegalArgumentException("TimeSplit: the parts of " + rows + " rows end at " + trainEnd + " and "
                    + testAt + "; give 0 <= trainEnd <= testAt <= rows");
        }
    }

    /**
     * Cuts by shares.
     *
     * @param rows       all rows
     * @param validation share of the rows before the test part, at least 0 and below 1
     * @param test       share of all rows, the last ones, at least 0 and below 1
     * @return the parts
     * @throws IllegalArgumentException if a share is out of range, or above 0 and yet not one row
     */
    public static TimeSplit of(int rows, double validation, double test) {
        int testAt = rows - part(Setting.TEST, test, rows);
        return new TimeSplit(testAt - part(Setting.VALIDATION, validation, testAt), testAt, rows);
    }

    private static int part(Setting setting, double share, int of) {
        if (!(share >= 0 && share < 1)) {
            throw new DataException(setting, " is a share: at least 0 and below 1, got " + share);
        }
        int rows = (int) Math.round(of * share);
        if (share > 0 && rows == 0) {
            throw new DataException(setting, " " + share + " of " + of
                    + " rows is less than one row; give 0 or a larger share");
        }
        return rows;
    }
}
