package dev.gatun.cli.plot;

import java.awt.Font;
import java.awt.Graphics2D;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A chart with what is below it. XChart draws frame, title and y axis; it has ticks only at even distances, dashes that
 * begin anew at each point and no thinning, so x axis, lines and legend are drawn here.
 *
 * @param titles  the texts around it
 * @param scale   of the x axis
 * @param yScale  of the y axis
 * @param lines   in the order of drawing
 * @param marks   behind the lines
 * @param height  in pixels, all included
 */
public record Panel(
        Titles titles, Scale scale, YScale yScale, List<Line> lines, List<Mark> marks, int height) {

    /**
     * Draws it.
     *
     * @param canvas whose upper left corner is the panel's
     * @param width  in pixels
     */
    public void paint(Graphics2D canvas, int width) {
        Extent extent = Extent.of(lines, marks.stream().anyMatch(mark -> !mark.label().isEmpty()));
        Legend legend = new Legend(
                lines.stream().map(line -> extent.bin(line, width) > 0 ? line.style().banded() : line.style()).toList(),
                width);
        int chartHeight = height - BottomAxis.HEIGHT - legend.height();
        XYChart chart = frame(extent, width, chartHeight);
        marks.forEach(mark -> chart.addAnnotation(new Shading(mark)));
        lines.forEach(line -> chart.addAnnotation(new LinePainter(line, extent.bin(line, width))));
        chart.addAnnotation(new BottomAxis(titles.x(), scale, extent.left(), extent.right()));
        chart.paint(canvas, width, chartHeight);
        legend.paint(canvas, height - legend.height() - 4.0);
    }

    private XYChart frame(Extent extent, int width, int chartHeight) {
        XYChart chart = new XYChartBuilder().width(width).height(chartHeight)
                .title(new Lettering(Look.font(Font.BOLD, 24)).fit(titles.top(), 0.88 * width))
                .yAxisTitle(new Lettering(Look.font(Font.PLAIN, 18)).fit(titles.y(), chartHeight - 100)).build();
        XYStyler style = chart.getStyler();
        Look.dress(style);
        style.setLegendVisible(false);
        style.setXAxisTicksVisible(false);
        style.setXAxisTitleVisible(false);
        style.setYAxisLabelAlignment(AxesChartStyler.TextAlignment.Right);
        style.setPlotContentSize(0.96);
        style.setPlotMargin(4);
        yScale.apply(style);
        // Three values, as XChart puts its ticks on values that are evenly spaced.
        double between = extent.low() + 0.3 * (extent.high() - extent.low());
        XYSeries corners = chart.addSeries(
                "corners", new double[] {extent.left(), extent.left(), extent.right()},
                new double[] {extent.low(), between, extent.high()});
        corners.setLineStyle(SeriesLines.NONE);
        corners.setMarker(SeriesMarkers.NONE);
        return chart;
    }
}
