package dev.gatun.tests.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.data.Missing;
import dev.gatun.data.Scaling;
import dev.gatun.data.Series;
import dev.gatun.data.TimeSplit;
import dev.gatun.data.time.DataException;
import dev.gatun.data.time.DateColumn;
import dev.gatun.data.time.DateRules;
import dev.gatun.data.time.Span;
import dev.gatun.data.time.Timeline;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A series as a program makes one, without the command line. */
class SeriesTest {

    private static final double NONE = Double.NaN;

    private static Series of(double... values) {
        double[][] rows = new double[values.length][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = new double[] {values[row]};
        }
        return Series.of(List.of("v"), rows);
    }

    private static double[] values(Series series) {
        double[] values = new double[series.rows()];
        for (int row = 0; row < values.length; row++) {
            values[row] = series.value(row, 0);
        }
        return values;
    }

    @Test
    void rowsAreCopied() {
        double[][] rows = {{1}, {2}};
        Series series = Series.of(List.of("v"), rows);
        rows[0][0] = 7;
        assertEquals(1, series.value(0, 0));
        assertEquals(List.of("1", "2"), series.labels());
        assertEquals(2, series.line(1));
        assertFalse(series.isDated());
    }

    @Test
    void whatIsNoSeriesIsRefused() {
        refused("row 1 has 1 numbers, expected 2", () -> Series.of(List.of("a", "b"), new double[][] {{1, 2}, {3}}));
        refused("a column is there twice", () -> Series.of(List.of("a", "a"), new double[][] {{1, 2}}));
        refused("2 rows have 3 dates", () -> Series.of(days("2024-01-01", "2024-01-02", "2024-01-03"), List.of("a"),
                new double[2][1]));
        refused("there is no column 'w'; there are v", () -> of(1).column("w"));
    }

    @Test
    void rowsAreSortedByTheirDates() {
        DateColumn dates = DateColumn.of("day", List.of("2024-01-03", "2024-01-01", " 2024-01-02"));
        DataException told = assertThrows(DataException.class, () -> Timeline.of(dates, DateRules.STRICT));
        assertEquals(
                "the series line 2, column 'day': '2024-01-01' is before '2024-01-03' in line 1, but rows go from the"
                        + " oldest to the newest; sort them, or choose DateRules.sorted(true)",
                told.getMessage());
        assertTrue(told.message(setting -> "--" + setting.name()).endsWith("or choose --SORTED"));
        Series series = Series.of(Timeline.of(dates, DateRules.STRICT.sorted(true)), List.of("v"),
                new double[][] {{3}, {1}, {2}});
        assertArrayEquals(new double[] {1, 2, 3}, values(series));
        assertEquals(List.of("2024-01-01", "2024-01-02", "2024-01-03"), series.labels());
        assertEquals(2, series.line(0));
    }

    @Test
    void missingValuesAreTreatedAsAsked() {
        Series gaps = of(NONE, 1, NONE, NONE, 4, NONE);
        assertEquals(4, gaps.missing());
        assertSame(gaps, gaps.with(Missing.DROP));
        assertArrayEquals(new double[] {1, 1, 2, 3, 4, 4}, values(gaps.with(Missing.INTERPOLATE)));
        assertEquals(4, gaps.missing(), "the series itself is as it was");
        refused("the series line 1, column 'v': no value; fill it, or choose Missing.DROP", () -> gaps.with(
                Missing.FAIL));
        refused("column 'v' has no value at all", () -> of(NONE, NONE).with(Missing.INTERPOLATE));
        assertEquals(0, of(1, 2).with(Missing.FAIL).missing());
    }

    /** A line between neighbours would cross a month without rows. */
    @Test
    void linesDoNotCrossAHole() {
        Series series = Series.of(days("2024-01-01", "2024-01-02", "2024-01-03", "2024-03-01", "2024-03-02"),
                List.of("v"), new double[][] {{1}, {2}, {NONE}, {NONE}, {10}});
        assertEquals(1, series.timeline().holes().count());
        assertArrayEquals(new double[] {1, 2, 2, 10, 10}, values(series.with(Missing.INTERPOLATE)));
    }

    @Test
    void theLongestStepIsTheUsers() {
        DateColumn dates = DateColumn.of("day", List.of("2024-01-01", "2024-01-02", "2024-01-03", "2024-01-06"));
        assertEquals(1, Timeline.of(dates, DateRules.STRICT).holes().count());
        assertEquals("3 days", Timeline.of(dates, DateRules.STRICT).holes().largest().text());
        assertEquals(0, Timeline.of(dates, DateRules.STRICT.longestStep(Span.parse("3d"))).holes().count());
        refused("the longest step has no unit; for the dates in 'day' give one",
                () -> Timeline.of(dates, DateRules.STRICT.longestStep(Span.parse("3"))));
        refused("the longest step 3 moons: expected a length of time", () -> Span.parse("3 moons"));
        Timeline hours = Timeline.of(DateColumn.of("t", List.of("2024-01-01 00:00", "2024-01-01 01:00")),
                DateRules.STRICT);
        refused("its rows are 1 day apart, those of the training were 1 hour apart",
                () -> Timeline.of(dates, DateRules.STRICT.learned(hours.rhythm().orElseThrow())));
    }

    @Test
    void aScalingIsThatOfTheRowsItWasFittedOn() {
        Series series = of(1, 3, NONE, 1000);
        Scaling scaling = Scaling.fit(series, new int[] {0}, 3);
        assertArrayEquals(new double[] {2}, scaling.means());
        assertArrayEquals(new double[] {1}, scaling.deviations());
        assertEquals(998, scaling.standardise(1000, 0));
        assertEquals(1000, scaling.restore(998, 0));
        assertArrayEquals(new double[] {1}, Scaling.fit(of(5, 5), new int[] {0}, 2).deviations(), "never changes");
        assertArrayEquals(new double[] {2}, Scaling.fitChanges(of(1, 3, 5), new int[] {0}, 3, 1).deviations());
        refused("the series has 2 rows", () -> Scaling.fit(of(5, 5), new int[] {0}, 3));
        refused("the deviation is above 0", () -> Scaling.of(new double[1], new double[1]));
        refused("1 means have 2 deviations", () -> Scaling.of(new double[1], new double[2]));
    }

    @Test
    void aSplitIsByTime() {
        assertEquals(new TimeSplit(64, 80, 100), TimeSplit.of(100, 0.2, 0.2));
        assertEquals(new TimeSplit(100, 100, 100), TimeSplit.of(100, 0, 0));
        refused("test 0.001 of 60 rows is less than one row", () -> TimeSplit.of(60, 0.2, 0.001));
        refused("validation is a share", () -> TimeSplit.of(60, 20, 0.2));
        refused("validation is a share", () -> TimeSplit.of(60, NONE, 0.2));
        refused("give 0 <= trainEnd", () -> new TimeSplit(5, 4, 9));
    }

    private static Timeline days(String... labels) {
        return Timeline.of(DateColumn.of("day", List.of(labels)), DateRules.STRICT);
    }

    private static void refused(String said, org.junit.jupiter.api.function.Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(said), message);
        assertEquals(1, message.lines().count());
    }
}
