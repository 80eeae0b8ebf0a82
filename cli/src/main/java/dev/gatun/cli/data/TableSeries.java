package dev.gatun.cli.data;

import dev.gatun.cli.console.Refusal;
import dev.gatun.data.Missing;
import dev.gatun.data.Series;
import dev.gatun.data.time.DateColumn;
import dev.gatun.data.time.Timeline;
import java.util.List;

/** Makes a series of a table. */
public final class TableSeries {

    private TableSeries() {}

    /**
     * The columns of a table as numbers, in the order of their dates, with missing values treated as asked.
     *
     * @param table   as it stands in the file
     * @param columns names of those wanted
     * @param rules   what makes a series of its rows
     * @throws Refusal                           if a column does not exist, a cell is not a number, or a value is missing
     *                                           and may not be
     * @throws dev.gatun.data.time.DataException if the dates are not a time that passes, or a column has no value at all
     */
    public static Series of(Table table, List<String> columns, RowRules rules) {
        Timeline timeline = timeline(table, rules);
        int[] indices = columns.stream().mapToInt(table::column).toArray();
        double[][] values = new double[timeline.rows()][indices.length];
        for (int r = 0; r < values.length; r++) {
            Table.Row row = table.rows().get(timeline.inFile(r));
            for (int c = 0; c < indices.length; c++) {
                values[timeline.inFile(r)][c] = value(table, row, columns.get(c), indices[c], rules.missing());
            }
        }
        return Series.of(timeline, columns, values).named(table.source()).with(rules.missing());
    }

    private static Timeline timeline(Table table, RowRules rules) {
        if (rules.date() == null) {
            return Timeline.undated(table.rows().size());
        }
        int index = table.column(rules.date());
        return Timeline.of(
                new DateColumn(
                        table.source(), rules.date(),
                        table.rows().stream().map(row -> row.cells().get(index)).toList(),
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
}
