package dev.gatun.cli.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How Gatun's pictures look: light paper, thin grid, colours that people with any eyes can tell apart. */
final class Palette {

    static final Color INK = new Color(0x1B2A41);
    static final Color FAINT = new Color(0x6B7A90);
    static final Color PAPER = new Color(0xFBFAF7);
    static final Color HISTORY = new Color(0x9AA8BC);
    static final Color TRUTH = new Color(0x1B2A41);
    static final Color FORECAST = new Color(0xE4572E);
    static final Color BASELINE = new Color(0x3A8FB7);
    private static final Color GRID = new Color(0xE3E1DA);

    /** Of a step; not to be seen. */
    private static final double NUDGE = 0.01;

    private static final String FAMILY = Font.SANS_SERIF;

    private Palette() {}

    static Font font(int style, int size) {
        return new Font(FAMILY, style, size);
    }

    static XYChart chart(String title, String x, String y) {
        XYChart chart = new XYChartBuilder().width(1600).height(500).title(title).xAxisTitle(x).yAxisTitle(y).build();
        XYStyler style = chart.getStyler();
        style.setChartBackgroundColor(PAPER);
        style.setPlotBackgroundColor(PAPER);
        style.setPlotBorderVisible(false);
        style.setChartFontColor(INK);
        style.setChartTitleFont(font(Font.BOLD, 24));
        style.setChartTitleBoxVisible(false);
        style.setChartTitlePadding(12);
        style.setChartPadding(18);
        style.setLegendPosition(Styler.LegendPosition.OutsideS);
        style.setLegendLayout(Styler.LegendLayout.Horizontal);
        style.setLegendFont(font(Font.PLAIN, 18));
        style.setLegendBackgroundColor(PAPER);
        style.setLegendBorderColor(PAPER);
        style.setLegendSeriesLineLength(36);
        style.setPlotGridLinesColor(GRID);
        style.setPlotGridLinesStroke(new BasicStroke(1f));
        style.setPlotGridVerticalLinesVisible(false);
        style.setPlotContentSize(0.96);
        style.setPlotMargin(4);
        style.setAntiAlias(true);
        style.setLocale(java.util.Locale.ROOT);
        style.setAnnotationLineColor(FAINT);
        style.setAnnotationLineStroke(dashed(1.6f));
        style.setAnnotationTextFont(font(Font.ITALIC, 17));
        style.setAnnotationTextFontColor(FAINT);
        style.setAxisTitleFont(font(Font.PLAIN, 18));
        style.setAxisTickLabelsFont(font(Font.PLAIN, 17));
        style.setAxisTickLabelsColor(FAINT);
        style.setAxisTickMarksColor(GRID);
        style.setAxisTicksLineVisible(false);
        style.setAxisTickPadding(8);
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
        series.setLineStyle(solid(width));
        series.setMarker(SeriesMarkers.NONE);
        return series;
    }

    static BasicStroke solid(float width) {
        return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }

    static BasicStroke dashed(float width) {
        return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, new float[] {7f, 6f}, 0f);
    }
}
