package dev.gatun.cli.plot;

import dev.gatun.cli.data.Series;
import java.awt.Color;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.function.Function;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Where the rows of a series lie on a chart's x axis: at their years or dates, if that is what their labels are. */
final class TimeAxis {

    private static final List<Function<String, LocalDateTime>> FORMS = List.of(
            text -> LocalDateTime.parse(text.replace(' ', 'T')),
            text -> LocalDate.parse(text).atStartOfDay(),
            text -> LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE).atStartOfDay(),
            text -> LocalDate.parse(text + "-01").atStartOfDay());

    private final String title;
    private final double[] numbers;
    private final List<Date> dates;

    private TimeAxis(String title, double[] numbers, List<Date> dates) {
        this.title = title;
        this.numbers = numbers;
        this.dates = dates;
    }

    /** @param name of the date column, or null */
    static TimeAxis of(Series series, String name) {
        if (series.dated()) {
            List<Date> dates = dates(series.labels());
            if (dates != null) {
                return new TimeAxis(name, null, dates);
            }
            double[] numbers = numbers(series.labels());
            if (numbers != null) {
                return new TimeAxis(name, numbers, null);
            }
        }
        double[] rows = new double[series.rows()];
        Arrays.setAll(rows, row -> row + 1);
        return new TimeAxis("row", rows, null);
    }

    private static double[] numbers(List<String> labels) {
        double[] numbers = new double[labels.size()];
        try {
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = Double.parseDouble(labels.get(i));
                if (!Double.isFinite(numbers[i])) {
                    return null;
                }
            }
        } catch (NumberFormatException text) {
            return null;
        }
        return numbers;
    }

    private static List<Date> dates(List<String> labels) {
        for (Function<String, LocalDateTime> form : FORMS) {
            try {
                List<Date> dates = new ArrayList<>();
                for (String label : labels) {
                    dates.add(Date.from(form.apply(label).toInstant(ZoneOffset.UTC)));
                }
                return dates;
            } catch (DateTimeParseException another) {
                continue;
            }
        }
        return null;
    }

    String title() {
        return title;
    }

    /** Sets how numbers are written below the axis. */
    void format(XYChart chart) {
        if (numbers != null) {
            chart.getStyler().setXAxisDecimalPattern("0");
        }
    }

    /** The place of a row, in the chart's unit. */
    double at(int row) {
        return numbers == null ? dates.get(row).getTime() : numbers[row];
    }

    /** Adds a line through some of the rows. */
    XYSeries line(XYChart chart, String name, int[] rows, double[] values, Color color, float width) {
        if (numbers != null) {
            return Palette.line(
                    chart, name, Arrays.stream(rows).mapToDouble(row -> numbers[row]).toArray(), values, color, width);
        }
        List<Date> x = Arrays.stream(rows).mapToObj(dates::get).toList();
        XYSeries series = chart.addSeries(name, x, Arrays.stream(values).boxed().toList());
        series.setLineColor(color);
        series.setLineStyle(Look.solid(width));
        series.setMarker(SeriesMarkers.NONE);
        return series;
    }
}
