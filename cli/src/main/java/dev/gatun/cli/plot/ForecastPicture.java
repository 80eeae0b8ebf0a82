package dev.gatun.cli.plot;

import dev.gatun.cli.data.Series;
import dev.gatun.cli.forecast.Forecast;
import dev.gatun.cli.forecast.Recipe;
import dev.gatun.cli.forecast.Windows;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The forecast against the truth: the whole history above, a closer look at the forecast rows below. With a horizon of
 * several rows the windows follow each other without overlap, so that each row has one forecast.
 */
public final class ForecastPicture {

    /** More rows than this are a smear in the closer look. */
    private static final int CLOSE_ROWS = 200;

    /** More than this and points hide the line. */
    private static final int POINTS = 120;

    private final Windows windows;
    private final Series series;
    private final TimeAxis axis;
    private final int column;
    private final int targetIndex;

    private ForecastPicture(Windows windows, int targetIndex) {
        this.windows = windows;
        this.series = windows.series();
        this.axis = TimeAxis.of(series, windows.recipe().date());
        this.targetIndex = targetIndex;
        this.column = series.column(windows.recipe().targets().get(targetIndex));
    }

    /**
     * @param title    said above
     * @param starts   windows to forecast
     * @param heldOut  whether no model has learned from these rows
     * @param model    drawn strongly
     * @param baseline drawn faintly below the first; null for none
     */
    public static Picture of(String title, Windows windows, int targetIndex, int[] starts, boolean heldOut,
            Forecast model, Forecast baseline) {
        ForecastPicture picture = new ForecastPicture(windows, targetIndex);
        int[] apart = picture.apart(starts);
        XYChart above = picture.above(title, apart, heldOut, model);
        XYChart below = picture.below(apart, heldOut, model, baseline);
        return new Picture(List.of(above, below), List.of(480, 560));
    }

    private int[] apart(int[] starts) {
        int horizon = windows.recipe().horizon();
        int[] next = {Integer.MIN_VALUE};
        return Arrays.stream(starts).filter(start -> {
            boolean isFree = start >= next[0];
            next[0] = isFree ? start + horizon : next[0];
            return isFree;
        }).toArray();
    }

    private XYChart above(String title, int[] starts, boolean heldOut, Forecast model) {
        XYChart chart = Palette.chart(title, axis.title(), series.columns().get(column));
        axis.format(chart);
        int[] all = IntStream.range(0, series.rows()).toArray();
        axis.line(chart, heldOut ? "history and truth" : "truth", all, values(all), Palette.HISTORY, width(all, 2f));
        int[] rows = rows(starts);
        axis.line(chart, model.name() + " forecast", rows, made(model, starts), Palette.FORECAST, width(rows, 2.2f));
        chart.getStyler().setLegendVisible(false);
        if (heldOut && rows[0] > 0) {
            chart.addAnnotation(new AnnotationLine(axis.at(rows[0]), true, false));
            chart.addAnnotation(Palette.note(
                    "held out \u2192", axis.at(rows[0]) - 0.035 * (axis.at(all[all.length - 1]) - axis.at(0)),
                    top(all)));
        }
        return chart;
    }

    private XYChart below(int[] all, boolean heldOut, Forecast model, Forecast baseline) {
        int first = Math.max(0, all.length - Math.max(1, CLOSE_ROWS / windows.recipe().horizon()));
        int[] starts = Arrays.copyOfRange(all, first, all.length);
        int[] rows = rows(starts);
        String what = (heldOut ? "Held out, never seen in training" : "Closer")
                + ": " + series.labels().get(rows[0]) + " to " + series.labels().get(rows[rows.length - 1]);
        XYChart chart = Palette.chart(what, axis.title(), series.columns().get(column));
        axis.format(chart);
        if (baseline != null) {
            XYSeries other = axis.line(
                    chart, baseline.name(), rows, made(baseline, starts), Palette.BASELINE, 1.8f);
            other.setLineStyle(Look.dashed(1.8f));
        }
        XYSeries truth = axis.line(chart, "truth", rows, values(rows), Palette.TRUTH, 2f);
        if (rows.length <= POINTS) {
            truth.setMarker(SeriesMarkers.CIRCLE);
            truth.setMarkerColor(Palette.TRUTH);
            chart.getStyler().setMarkerSize(7);
        }
        axis.line(chart, model.name() + " forecast", rows, made(model, starts), Palette.FORECAST, 3f);
        return chart;
    }

    /** Target rows of windows, in order. */
    private int[] rows(int[] starts) {
        Recipe recipe = windows.recipe();
        return Arrays.stream(starts)
                .flatMap(start -> IntStream.range(0, recipe.horizon()).map(step -> start + recipe.window() + step))
                .toArray();
    }

    private double[] values(int[] rows) {
        return Arrays.stream(rows).mapToDouble(row -> series.values()[row][column]).toArray();
    }

    private double top(int[] rows) {
        return Arrays.stream(values(rows)).filter(value -> !Double.isNaN(value)).max().orElse(0);
    }

    private double[] made(Forecast forecast, int[] starts) {
        int targets = windows.recipe().targets().size();
        return Arrays.stream(forecast.of(windows, starts))
                .flatMapToDouble(row -> IntStream.range(0, row.length / targets)
                        .mapToDouble(step -> row[step * targets + targetIndex]))
                .toArray();
    }

    private static float width(int[] rows, float width) {
        return rows.length > 2000 ? width / 2 : width;
    }
}
