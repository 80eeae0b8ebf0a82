package dev.gatun.cli.data;

import dev.gatun.cli.console.Refusal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Numeric columns over time, one row per time step, in the order of the file.
 *
 * @param source  what messages call it
 * @param columns names
 * @param values  [rows][columns]; NaN where there is no value
 * @param labels  what stands in the date column, or the row's number from 1
 * @param lines   line of each row in the file
 * @param dated   whether the labels come from a date column
 */
public record Series(
        String source, List<String> columns, double[][] values, List<String> labels, long[] lines, boolean dated) {

    /**
     * The columns of a table as numbers, with missing values treated as asked.
     *
     * @param date column of labels, or null
     * @throws Refusal if a column does not exist, a cell is not a number, or a value is missing and may not be
     */
    public static Series of(Table table, List<String> columns, String date, Missing missing) {
        int[] indices = columns.stream().mapToInt(table::column).toArray();
        int dateIndex = date == null ? -1 : table.column(date);
        double[][] values = new double[table.rows().size()][indices.length];
        List<String> labels = new ArrayList<>();
        long[] lines = new long[values.length];
        for (int r = 0; r < values.length; r++) {
            Table.Row row = table.rows().get(r);
            lines[r] = row.line();
            labels.add(dateIndex < 0 ? Integer.toString(r + 1) : row.cells().get(dateIndex).strip());
            for (int c = 0; c < indices.length; c++) {
                String cell = row.cells().get(indices[c]);
                values[r][c] = Cell.number(table.source(), row.line(), columns.get(c), cell);
                if (missing == Missing.FAIL && Double.isNaN(values[r][c])) {
                    throw new Refusal(table.source() + " line " + row.line() + ", column '" + columns.get(c)
                            + "': no value (" + (cell.isBlank() ? "the cell is empty" : "'" + cell.strip() + "'")
                            + "); fill it, or choose --missing drop or --missing interpolate");
                }
            }
        }
        Series series = new Series(table.source(), List.copyOf(columns), values, labels, lines, dateIndex >= 0);
        if (missing == Missing.INTERPOLATE) {
            Gaps.fill(series);
        }
        return series;
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
        CRC32C sum = new CRC32C();
        columns.forEach(name -> sum.update(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        ByteBuffer bytes = ByteBuffer.allocate(Math.max(1, columns.size()) * Double.BYTES);
        for (double[] row : values) {
            bytes.clear();
            for (double value : row) {
                bytes.putDouble(value);
            }
            sum.update(bytes.flip());
        }
        return rows() + "-" + Long.toHexString(sum.getValue());
    }
}
