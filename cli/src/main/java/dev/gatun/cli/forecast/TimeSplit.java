package dev.gatun.cli.forecast;

import dev.gatun.cli.console.Refusal;

/**
 * A table cut by time: what a model may learn from, what chooses its best epoch, and what nobody looks at before the end.
 *
 * @param trainEnd first row of the validation part
 * @param testAt   first row of the held-out test part
 * @param rows     all rows
 */
public record TimeSplit(int trainEnd, int testAt, int rows) {

    /**
     * @param validation share of the rows before the test part
     * @param test       share of all rows, the last ones
     * @throws Refusal if a share above 0 is not one row
     */
    public static TimeSplit of(int rows, double validation, double test) {
        int testAt = rows - part("--test", test, rows);
        return new TimeSplit(testAt - part("--validation", validation, testAt), testAt, rows);
    }

    private static int part(String option, double share, int of) {
        int rows = (int) Math.round(of * share);
        if (share > 0 && rows == 0) {
            throw new Refusal(
                    option + " " + share + " of " + of + " rows is less than one row; give 0 or a larger share");
        }
        return rows;
    }

    /**
     * Refuses a table that leaves a part without a single window.
     *
     * @param window  rows a model sees
     * @param horizon rows it forecasts
     */
    public void require(String source, int window, int horizon, int trainWindows, int validationWindows,
            int testWindows) {
        String part = trainWindows == 0
                ? "training"
                : validationWindows == 0 && trainEnd < testAt
                        ? "validation"
                        : testWindows == 0 && testAt < rows ? "test" : null;
        if (part != null) {
            throw new Refusal(source + ": " + rows + " rows are too few: with a window of " + window
                    + " and a horizon of " + horizon + " the " + part + " part ("
                    + switch (part) {
                        case "training" -> trainEnd;
                        case "validation" -> testAt - trainEnd;
                        default -> rows - testAt;
                    } + " rows) has no complete window; give more rows, or a smaller --window or --horizon");
        }
    }
}
