package dev.gatun.data.time;

import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * The labels of a date column as moments, in the order of the file. One form of date holds for all of them.
 *
 * @param source what messages call the table
 * @param name   of the column
 * @param labels text of each row
 * @param lines  line of each row in the file
 */
public record DateColumn(String source, String name, List<String> labels, long[] lines) {

    /**
     * Keeps copies, and strips the labels.
     *
     * @throws NullPointerException     naming what is null
     * @throws IllegalArgumentException if there is not one line for each label
     */
    public DateColumn {
        Arguments.required(source, "DateColumn", "source", "what messages should call the table");
        Arguments.required(name, "DateColumn", "name", "the name of the column");
        Arguments.all(labels, "DateColumn", "labels", "the text of each row");
        Arguments.required(lines, "DateColumn", "lines", "the line of each row");
        if (labels.size() != lines.length) {
            throw new IllegalArgumentException("DateColumn: " + labels.size() + " labels have " + lines.length
                    + " lines; give one for each");
        }
        labels = labels.stream().map(String::strip).toList();
        lines = lines.clone();
    }

    /**
     * Labels that are not out of a file: their lines are 1, 2, 3 and so on.
     *
     * @param name   of the column, in messages too
     * @param labels text of each row
     * @return the column
     */
    public static DateColumn of(String name, List<String> labels) {
        Arguments.required(labels, "DateColumn.of", "labels", "the text of each row");
        return new DateColumn("the series", name, labels, LongStream.rangeClosed(1, labels.size()).toArray());
    }

    /** The line of one row, without copying all. */
    long line(int row) {
        return lines[row];
    }

    /** {@return the line of each row, a copy} */
    @Override
    public long[] lines() {
        return lines.clone();
    }

    private static final String FORMS = "write dates as 2024-01-31 or 2024-01-31 13:00";

    /**
     * Moments of one kind.
     *
     * @param kind of all
     * @param of   each row
     */
    record Moments(DateKind kind, List<Moment> of) {}

    /** @throws DataException if a label is not a date or a number, or not in the form of the others, with its line */
    Moments moments() {
        DateForm best = null;
        int most = -1;
        for (DateForm form : DateForm.ALL) {
            int read = readable(form);
            if (read == labels.size()) {
                requireUnambiguous(form);
                return new Moments(form.kind(), labels.stream().map(form::of).map(Optional::orElseThrow).toList());
            }
            if (read > most) {
                best = form;
                most = read;
            }
        }
        throw unreadable(most);
    }

    /** How many labels from the first on are in this form. */
    private int readable(DateForm form) {
        int row = 0;
        while (row < labels.size() && form.of(labels.get(row)).isPresent()) {
            row++;
        }
        return row;
    }

    /** 01/02/2024 is a day of January to some and of February to others; another row of the table may tell. */
    private void requireUnambiguous(DateForm form) {
        if (form != DateForm.MONTH_FIRST || readable(DateForm.DAY_FIRST) < labels.size()) {
            return;
        }
        for (int row = 0; row < labels.size(); row++) {
            String label = labels.get(row);
            if (!form.of(label).equals(DateForm.DAY_FIRST.of(label))) {
                throw new DataException(
                        place(row) + "'" + label + "' may be month or day first, and no row of the table tells; "
                                + FORMS);
            }
        }
    }

    private DataException unreadable(int row) {
        String label = labels.get(row);
        if (label.isEmpty()) {
            return new DataException(place(row) + "there is no date; fill the cell or take the row out");
        }
        if (row == 0) {
            return new DataException(place(row) + "'" + shortened(label)
                    + "' is neither a date nor a number, so the order of the"
                    + " rows cannot be checked; " + FORMS + ", or ", DataException.Setting.UNDATED);
        }
        return new DataException(place(row) + "'" + shortened(label) + "' is not a date like those above it ('"
                + labels.get(row - 1) + "' in line " + lines[row - 1] + "); correct the cell");
    }

    private String place(int row) {
        return source + " line " + lines[row] + ", column '" + name + "': ";
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "..." : text;
    }

    /**
     * The rows, oldest first.
     *
     * @param isSorted whether rows may stand in any order; else another order than by date is refused
     * @throws DataException if two rows have one date, or the order is not that of the dates, with the lines
     */
    int[] order(Moments moments, boolean isSorted) {
        List<Integer> rows = new ArrayList<>(labels.size());
        for (int row = 0; row < labels.size(); row++) {
            rows.add(row);
        }
        if (isSorted) {
            rows.sort(java.util.Comparator.comparing(moments.of()::get));
        }
        for (int i = 1; i < rows.size(); i++) {
            int before = rows.get(i - 1);
            int row = rows.get(i);
            int later = moments.of().get(row).compareTo(moments.of().get(before));
            if (later == 0) {
                throw new DataException(place(Math.max(row, before)) + "'" + labels.get(Math.max(row, before))
                        + "' is the date of line " + lines[Math.min(row, before)] + " too; " + doubleFix(moments, row));
            }
            if (later < 0) {
                throw new DataException(place(row) + "'" + labels.get(row) + "' is before '" + labels.get(before)
                        + "' in line "
                        + lines[before] + ", but rows go from the oldest to the newest; sort them, or choose ",
                        DataException.Setting.SORTED);
            }
        }
        return rows.stream().mapToInt(Integer::intValue).toArray();
    }

    private static String doubleFix(Moments moments, int row) {
        boolean isHour = moments.kind() == DateKind.LOCAL && moments.of().get(row).wallClock() % 86_400 != 0;
        return isHour
                ? "keep one row of each time (where clocks were set back, write times with their offset: "
                        + "2024-10-27 02:00+01:00)"
                : "keep one row of each date (a table holds one series, and rows within a day need their time)";
    }
}
