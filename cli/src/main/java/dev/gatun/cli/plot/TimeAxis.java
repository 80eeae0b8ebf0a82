package dev.gatun.cli.plot;

import dev.gatun.data.Series;
import dev.gatun.data.time.Moment;
import dev.gatun.data.time.Rhythm;
import dev.gatun.data.time.Timeline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Where the rows of a series lie on a chart's x axis: at their dates or the numbers that stand for them, if they have any. */
public final class TimeAxis {

    /** So few rows have a tick each. */
    private static final int FEW = 3;

    private final String title;
    private final Timeline timeline;
    private final double[] places;
    private final Scale scale;

    private TimeAxis(String title, Timeline timeline, double[] places, Scale scale) {
        this.title = title;
        this.timeline = timeline;
        this.places = places;
        this.scale = scale;
    }

    /**
     * The axis of a series.
     *
     * @param series whose timeline says when
     * @return with the rows' numbers from 1 if there are no dates
     */
    public static TimeAxis of(Series series) {
        Timeline timeline = series.timeline();
        if (!series.isDated()) {
            return new TimeAxis(
                    "row", timeline, IntStream.rangeClosed(1, series.rows()).asDoubleStream().toArray(),
                    new NumberScale(1));
        }
        String name = timeline.column().orElseThrow().name();
        Rhythm rhythm = timeline.rhythm().orElseThrow();
        List<Moment> moments = IntStream.range(0, series.rows()).mapToObj(row -> timeline.moment(row).orElseThrow())
                .toList();
        return rhythm.kind().isTime()
                ? ofTimes(name, timeline, moments, new CalendarScale(rhythm.usual() * 1e3))
                : ofNumbers(name, timeline, moments);
    }

    /** As the clocks show it, if they agree on their offset; else by UTC, for clocks that are set back show an hour twice. */
    private static TimeAxis ofTimes(String name, Timeline timeline, List<Moment> moments, Scale scale) {
        long[] offsets = moments.stream().mapToLong(Moment::offset).distinct().toArray();
        double shift = offsets.length == 1 ? offsets[0] * 1e3 : 0;
        return new TimeAxis(
                offsets.length > 1 ? name + " (UTC)" : name, timeline,
                moments.stream().mapToDouble(moment -> moment.at().movePointRight(3).doubleValue() + shift).toArray(),
                scale);
    }

    private static TimeAxis ofNumbers(String name, Timeline timeline, List<Moment> moments) {
        double[] numbers = moments.stream().mapToDouble(moment -> moment.at().doubleValue()).toArray();
        boolean isCounted = Arrays.stream(numbers).allMatch(number -> number == Math.rint(number));
        return new TimeAxis(name, timeline, numbers, new NumberScale(isCounted ? 1 : 0));
    }

    /**
     * What stands below the axis.
     *
     * @return the date column's name, with "(UTC)" if the table's clocks differ; or "row"
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
     * A line through some of the rows, interrupted where rows are left out or the timeline has a hole.
     *
     * @param style  how it looks
     * @param rows   in order
     * @param values one for each row
     * @return the line
     */
    public Line line(Style style, int[] rows, double[] values) {
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            if (i > 0 && (rows[i] != rows[i - 1] + 1 || !timeline.isUnbroken(rows[i - 1], rows[i]))) {
                points.add(new double[] {places[rows[i]], Double.NaN});
            }
            points.add(new double[] {places[rows[i]], values[i]});
        }
        return new Line(style, points.stream().mapToDouble(point -> point[0]).toArray(),
                points.stream().mapToDouble(point -> point[1]).toArray());
    }
}
