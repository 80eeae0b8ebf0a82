package dev.gatun.cli.plot;

import java.awt.Color;
import java.awt.Font;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Charts over time, and the colours of what they show. */
final class Palette {

    static final Color HISTORY = new Color(0x9AA8BC);
    static final Color TRUTH = Look.INK;
    static final Color FORECAST = Look.FIRST;
    static final Color BASELINE = Look.SECOND;

    /** Of a step; not to be seen. */
    private static final double NUDGE = 0.01;

    private Palette() {}

    static XYChart chart(String title, String x, String y) {
        XYChart chart = new XYChartBuilder().width(1600).height(500).title(title).xAxisTitle(x).yAxisTitle(y).build();
        XYStyler style = chart.getStyler();
        Look.dress(style);
        style.setLegendSeriesLineLength(36);
        style.setPlotContentSize(0.96);
        style.setPlotMargin(4);
        style.setAnnotationTextFont(Look.font(Font.ITALIC, 17));
        style.setAnnotationTextFontColor(Look.FAINT);
        style.setXAxisTickMarkSpacingHint(120);
        style.setTimezone(java.util.TimeZone.getTimeZone("UTC"));
        return chart;
    }

    static AnnotationText note(String text, double x, double y) {
        return new AnnotationText(text, x, y, false);
    }

    static XYSeries line(XYChart chart, String name, double[] x, double[] y, Color color, float width) {
        double[] places = x.clone();
        if (places.length > 2) {
            // XChart puts a label at every value of an axis whose values are equally spaced, as many as fit side by side.
            places[0] -= NUDGE * (x[1] - x[0]);
        }
        XYSeries series = chart.addSeries(name, places, y);
        series.setLineColor(color);
        series.setLineStyle(Look.solid(width));
        series.setMarker(SeriesMarkers.NONE);
        return series;
    }
}
