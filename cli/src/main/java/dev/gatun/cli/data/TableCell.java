package dev.gatun.cli.data;

import dev.gatun.cli.console.Refusal;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the text of a cell as a number. */
public final class TableCell {

    /** What people write where there is no value. */
    private static final Set<String> NOTHING = Set.of("", "nan", "na", "n/a", "null", "none", "?", "-");

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    /** Float32 ends at 3.4e38; squares of what is below this still fit a double. */
    private static final double LARGEST = 1e38;

    private TableCell() {}

    public static boolean isNumber(String cell) {
        return NUMBER.matcher(cell.strip()).matches();
    }

    public static boolean isMissing(String cell) {
        return NOTHING.contains(cell.strip().toLowerCase(java.util.Locale.ROOT));
    }

    /**
     * The number, or NaN where there is no value.
     *
     * @throws Refusal if it is neither, with the line and the column
     */
    public static double number(String source, long line, String column, String cell) {
        String text = cell.strip();
        if (isMissing(text)) {
            return Double.NaN;
        }
        if (!isNumber(text)) {
            throw new Refusal(source + " line " + line + ", column '" + column + "': '" + shortened(text)
                    + "' is not a finite number; correct the cell, leave the column out, or, if it dates the rows, say --date "
                    + column);
        }
        double value = Double.parseDouble(text);
        if (Math.abs(value) > LARGEST) {
            throw new Refusal(source + " line " + line + ", column '" + column + "': " + shortened(text)
                    + " is too large for float32; use another unit");
        }
        return value;
    }

    /** At most the beginning, for messages. */
    public static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "..." : text;
    }
}
