package dev.gatun.data;

import dev.gatun.data.time.DataException;
import dev.gatun.data.time.DateColumn;
import dev.gatun.data.time.Timeline;
import dev.gatun.memory.check.Arguments;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/** Numeric columns over time, one row per time step, oldest first. Immutable; NaN where there is no value. */
public final class Series {

    private final String source;
    private final List<String> columns;
    private final double[][] values;
    private final Timeline timeline;

    private Series(String source, List<String> columns, double[][] values, Timeline timeline) {
        this.source = source;
        this.columns = columns;
        this.values = values;
        this.timeline = timeline;
    }

    /**
     * Rows without dates: one follows the other as they are given, and there are no holes.
     *
     * @param columns names of C columns, each once
     * @param values  [T][C], oldest first, NaN where there is no value; copied
     * @return the series
     * @throws NullPointerException     naming what is null
     * @throws IllegalArgumentException if a row has another width, or a name is there twice
     */
    public static Series of(List<String> columns, double[][] values) {
        Arguments.required(values, "Series.of", "values", "a row of numbers for each time step");
        return of(Timeline.undated(values.length), columns, values);
    }

    /**
     * Rows with dates.
     *
     * @param timeline when they are
     * @param columns  names of C columns, each once
     * @param values   [T][C] in the order in which the dates were given, NaN where there is no value; copied
     * @return the series, oldest first
     * @throws NullPointerException     naming what is null
     * @throws IllegalArgumentException if a row has another width, a name is there twice, or there are more or fewer rows than
     *                                  dates
     */
    public static Series of(Timeline timeline, List<String> columns, double[][] values) {
        Arguments.required(timeline, "Series.of", "timeline", "Timeline.of(dates, rules)");
        Arguments.all(columns, "Series.of", "columns", "a name for each column");
        Arguments.all(values, "Series.of", "values", "a row of numbers for each time step");
        if (values.length != timeline.rows()) {
            throw new IllegalArgumentException("Series.of: " + values.length + " rows have " + timeline.rows()
                    + " dates; give one for each");
        }
        if (new HashSet<>(columns).size() < columns.size()) {
            throw new IllegalArgumentException("Series.of: a column is there twice in " + columns + "; name each once");
        }
        double[][] sorted = new double[values.length][];
        for (int row = 0; row < sorted.length; row++) {
            double[] given = values[timeline.inFile(row)];
            if (given.length != columns.size()) {
                throw new IllegalArgumentException("Series.of: row " + timeline.inFile(row) + " has " + given.length
                        + " numbers, expected " + columns.size() + ", one for each column");
            }
            sorted[row] = given.clone();
        }
        String source = timeline.column().map(DateColumn::source).orElse("the series");
        return new Series(source, List.copyOf(columns), sorted, timeline);
    }

    /**
     * The same series under another name.
     *
     * @param name what messages call it, for example a file
     * @return another series
     */
    public Series named(String name) {
        Arguments.required(name, "Series.named", "name", "what messages should call the series");
        return new Series(name, columns, values, timeline);
    }

    /**
     * The same series with its missing values treated.
     *
     * @param missing how
     * @return a series; with {@link Missing#INTERPOLATE} one without missing values, but for stretches between two holes that
     *         have no value of a column at all
     * @throws DataException with {@link Missing#FAIL}, if there is one, saying where; with {@link Missing#INTERPOLATE}, if a
     *                       column has no value at all
     */
    public Series with(Missing missing) {
        Arguments.required(missing, "Series.with", "missing", "a constant of Missing");
        return switch (missing) {
            case DROP -> this;
            case INTERPOLATE -> new Series(source, columns, Gaps.filled(this), timeline);
            case FAIL -> {
                requireComplete();
                yield this;
            }
        };
    }

    private void requireComplete() {
        for (int row = 0; row < values.length; row++) {
            for (int column = 0; column < columns.size(); column++) {
                if (Double.isNaN(values[row][column])) {
                    throw new DataException(source + " line " + line(row) + ", column '" + columns.get(column)
                            + "': no value; fill it, or choose ", DataException.Setting.MISSING);
                }
            }
        }
    }

    /** {@return what messages call it} */
    public String source() {
        return source;
    }

    /** {@return the names of the columns} */
    public List<String> columns() {
        return columns;
    }

    /** {@return T, the number of time steps} */
    public int rows() {
        return values.length;
    }

    /** {@return when the rows are} */
    public Timeline timeline() {
        return timeline;
    }

    /** {@return whether it is known when the rows are} */
    public boolean isDated() {
        return timeline.rhythm().isPresent();
    }

    /**
     * A number.
     *
     * @param row    from 0
     * @param column from 0
     * @return NaN if there is no value
     */
    public double value(int row, int column) {
        return values[row][column];
    }

    /** {@return what stands in the date column of each row; without dates the rows' numbers from 1} */
    public List<String> labels() {
        return IntStream.range(0, rows()).mapToObj(this::label).toList();
    }

    /**
     * What stands in the date column of a row.
     *
     * @param row from 0
     * @return without dates the row's number from 1
     */
    public String label(int row) {
        return timeline.label(row);
    }

    /**
     * The line of a row in its file.
     *
     * @param row from 0
     * @return without dates the row's number from 1
     */
    public long line(int row) {
        return timeline.line(row);
    }

    /**
     * Index of a column.
     *
     * @param name of the column
     * @return from 0
     * @throws IllegalArgumentException if there is none of that name, listing those there are
     */
    public int column(String name) {
        Arguments.required(name, "Series.column", "name", "the name of a column");
        int index = columns.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException(
                    source + ": there is no column '" + name + "'; there are " + String.join(", ", columns));
        }
        return index;
    }

    /**
     * Indices of some of the columns.
     *
     * @param names of columns
     * @return one for each, from 0
     * @throws IllegalArgumentException if there is none of a name, listing those there are
     */
    public int[] indices(List<String> names) {
        Arguments.all(names, "Series.indices", "names", "names of columns");
        return names.stream().mapToInt(this::column).toArray();
    }

    /**
     * Whether any of these columns has no value in a row.
     *
     * @param row from 0
     * @param of  columns, from 0
     * @return true if a value is missing
     */
    public boolean hasGap(int row, int[] of) {
        Arguments.required(of, "Series.hasGap", "of", "indices of columns");
        for (int column : of) {
            if (Double.isNaN(values[row][column])) {
                return true;
            }
        }
        return false;
    }

    /** {@return how many values are missing} */
    public long missing() {
        long count = 0;
        for (double[] row : values) {
            for (double value : row) {
                count += Double.isNaN(value) ? 1 : 0;
            }
        }
        return count;
    }

    /** {@return a checksum of names and numbers, which tells one series from another} */
    public String fingerprint() {
        return fingerprint(rows());
    }

    /**
     * Tells the beginning of one series from that of another.
     *
     * @param end rows before this one count
     * @return a checksum of names and numbers
     */
    public String fingerprint(int end) {
        CRC32C sum = new CRC32C();
        columns.forEach(name -> sum.update(name.getBytes(StandardCharsets.UTF_8)));
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
