package dev.gatun.cli.data;

import dev.gatun.cli.console.Refusal;
import dev.gatun.cli.dates.DateColumn;
import dev.gatun.cli.dates.Timeline;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Numeric columns over time, one row per time step, oldest first.
 *
 * @param source   what messages call it
 * @param columns  names
 * @param values   [rows][columns]; NaN where there is no value
 * @param labels   what stands in the date column, or the row's number from 1
 * @param lines    line of each row in the file
 * @param timeline when the rows are
 */
public record Series(
        String source, List<String> columns, double[][] values, List<String> labels, long[] lines,
        Timeline timeline) {

    /**
     * The columns of a table as numbers, in the order of their dates, with missing values treated as asked.
     *
     * @param table   as it stands in the file
     * @param columns names of those wanted
     * @param rules   what makes a series of its rows
     * @throws Refusal if a column does not exist, a cell is not a number, a value is missing and may not be, or the dates
     *                 are not a time that passes
     */
    public static Series of(Table table, List<String> columns, RowRules rules) {
        Timeline timeline = timeline(table, rules);
        int[] indices = columns.stream().mapToInt(table::column).toArray();
        int dateIndex = rules.date() == null ? -1 : table.column(rules.date());
        double[][] values = new double[timeline.rows()][indices.length];
        List<String> labels = new ArrayList<>();
        long[] lines = new long[values.length];
        for (int r = 0; r < values.length; r++) {
            Table.Row row = table.rows().get(timeline.inFile(r));
            lines[r] = row.line();
            labels.add(dateIndex < 0 ? Integer.toString(r + 1) : row.cells().get(dateIndex).strip());
            for (int c = 0; c < indices.length; c++) {
                values[r][c] = value(table, row, columns.get(c), indices[c], rules.missing());
            }
        }
        Series series = new Series(table.source(), List.copyOf(columns), values, labels, lines, timeline);
        if (rules.missing() == Missing.INTERPOLATE) {
            Gaps.fill(series);
        }
        return series;
    }

    private static Timeline timeline(Table table, RowRules rules) {
        if (rules.date() == null) {
            return Timeline.undated(table.rows().size());
        }
        int index = table.column(rules.date());
        return Timeline.of(
                new DateColumn(
                        table.source(), rules.date(),
                        table.rows().stream().map(row -> row.cells().get(index).strip()).toList(),
                        table.rows().stream().mapToLong(Table.Row::line).toArray()),
                rules.dates());
    }

    private static double value(Table table, Table.Row row, String column, int index, Missing missing) {
        String cell = row.cells().get(index);
        double value = TableCell.number(table.source(), row.line(), column, cell);
        if (missing == Missing.FAIL && Double.isNaN(value)) {
            throw new Refusal(table.source() + " line " + row.line() + ", column '" + column + "': no value ("
                    + (cell.isBlank() ? "the cell is empty" : "'" + cell.strip() + "'")
                    + "); fill it, or choose --missing drop or --missing interpolate");
        }
        return value;
    }

    /** Whether the labels come from a date column. */
    public boolean dated() {
        return timeline.rhythm().isPresent();
    }

    public int rows() {
        return values.length;
    }

    public int column(String name) {
        return columns.indexOf(name);
    }

    /** Whether any of these columns has no value in this row. */
    public boolean hasGap(int row, int[] of) {
        for (int column : of) {
            if (Double.isNaN(values[row][column])) {
                return true;
            }
        }
        return false;
    }

    /** Cells without a value. */
    public long missing() {
        long count = 0;
        for (double[] row : values) {
            for (double value : row) {
                count += Double.isNaN(value) ? 1 : 0;
            }
        }
        return count;
    }

    /** Indices of some of the columns. */
    public int[] indices(List<String> names) {
        return names.stream().mapToInt(this::column).toArray();
    }

    /** Tells one table from another: a checksum of names and numbers. */
    public String fingerprint() {
        return fingerprint(rows());
    }

    /**
     * Tells the beginning of one table from that of another.
     *
     * @param end rows before this one count
     */
    public String fingerprint(int end) {
        CRC32C sum = new CRC32C();
        columns.forEach(name -> sum.update(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        ByteBuffer bytes = ByteBuffer.allocate(Math.max(1, columns.size()) * Double.BYTES);
        for (int row = 0; row < end; row++) {
            bytes.clear();
            for (double value : values[row]) {
                bytes.putDouble(value);
            }
            sum.update(bytes.flip());
        }
        return end + "-" + Long.toHexString(sum.getValue());
    }
}
