package dev.gatun.cli.plot;

import dev.gatun.cli.data.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Where the rows of a series lie on a chart's x axis: at their years or dates, if that is what their labels are. */
public final class TimeAxis {

    /** Of the usual distance between rows; months differ by a tenth, a hole is longer than this. */
    private static final double HOLE = 2.5;

    /** So few rows have a tick each. */
    private static final int FEW = 3;

    private final String title;
    private final double[] places;
    private final Scale scale;
    private final double step;

    private TimeAxis(String title, double[] places, boolean isCalendar) {
        this.title = title;
        this.places = places;
        this.step = step(places);
        boolean isCounted = Arrays.stream(places).allMatch(place -> place == Math.rint(place));
        this.scale = isCalendar ? new CalendarScale(step) : new NumberScale(isCounted ? 1 : 0);
    }

    /**
     * The axis of a series.
     *
     * @param series whose labels say when
     * @param name   of the date column, or null
     * @return with the rows' numbers from 1 if the labels are neither dates nor numbers
     */
    public static TimeAxis of(Series series, String name) {
        if (series.dated()) {
            double[] dates = TimeForms.millis(series.labels());
            if (dates != null) {
                return new TimeAxis(name, dates, true);
            }
            double[] numbers = numbers(series.labels());
            if (numbers != null) {
                return new TimeAxis(name, numbers, false);
            }
        }
        return new TimeAxis("row", IntStream.rangeClosed(1, series.rows()).asDoubleStream().toArray(), false);
    }

    private static double[] numbers(List<String> labels) {
        try {
            double[] numbers = labels.stream().mapToDouble(Double::parseDouble).toArray();
            return Arrays.stream(numbers).allMatch(Double::isFinite) ? numbers : null;
        } catch (NumberFormatException text) {
            return null;
        }
    }

    /** The usual distance between rows, in the axis's unit; 0 if there is one row. */
    private static double step(double[] places) {
        double[] steps = IntStream.range(1, places.length).mapToDouble(row -> places[row] - places[row - 1])
                .filter(distance -> distance > 0).sorted().toArray();
        return steps.length == 0 ? 0 : steps[steps.length / 2];
    }

    /**
     * What stands below the axis.
     *
     * @return the date column's name, or "row"
     */
    public String title() {
        return title;
    }

    /**
     * The place of a row.
     *
     * @param row from 0
     * @return in the axis's unit: milliseconds, a year, a row's number
     */
    public double at(int row) {
        return places[row];
    }

    /**
     * The ticks for a part of the series.
     *
     * @param rows that are shown
     * @return a scale for them; each has a tick of its own if they are few
     */
    public Scale scale(int[] rows) {
        double[] shown = Arrays.stream(rows).mapToDouble(row -> places[row]).distinct().sorted().toArray();
        return shown.length > FEW ? scale : new FewTicks(scale, shown);
    }

    /**
     * A line through some of the rows, interrupted where rows are left out or time has a hole.
     *
     * @param style  how it looks
     * @param rows   in order
     * @param values one for each row
     * @return the line
     */
    public Line line(Style style, int[] rows, double[] values) {
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            if (i > 0 && (rows[i] != rows[i - 1] + 1 || isHole(rows[i - 1], rows[i]))) {
                points.add(new double[] {places[rows[i]], Double.NaN});
            }
            points.add(new double[] {places[rows[i]], values[i]});
        }
        return new Line(style, points.stream().mapToDouble(point -> point[0]).toArray(),
                points.stream().mapToDouble(point -> point[1]).toArray());
    }

    private boolean isHole(int before, int row) {
        return scale instanceof CalendarScale && places[row] - places[before] > HOLE * step;
    }
}
