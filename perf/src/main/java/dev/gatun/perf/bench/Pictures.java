package dev.gatun.perf.bench;

import dev.gatun.cli.plot.Legend;
import dev.gatun.cli.plot.Look;
import dev.gatun.cli.plot.Style;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.internal.series.AxesChartSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The pictures of a report: their size and the colours of their series. */
final class Pictures {

    /** Ours first. */
    static final Color[] SERIES = {
        Look.FIRST, Look.SECOND, new Color(0x6B9A3D), new Color(0xB5892E), new Color(0x7D5BA6)};
    static final int WIDTH = 1400;
    static final int HEIGHT = 620;

    /** A bar's sample in the legend. */
    private static final BasicStroke BAR = new BasicStroke(16, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER);
    private static final int POINTS = 8;

    private Pictures() {}

    static void dress(AxesChartStyler style) {
        Look.dress(style);
        style.setSeriesColors(SERIES);
        style.setLegendVisible(false);
    }

    /** Draws a chart and, if it has several series, their names below it. */
    static void save(Chart<?, ?> chart, Path file) throws IOException {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        try {
            canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            canvas.setColor(Look.PAPER);
            canvas.fillRect(0, 0, WIDTH, HEIGHT);
            boolean isNamed = chart.getSeriesCollection().size() > 1;
            // XChart gives series their colours when it paints; how high the legend is depends on names alone.
            int below = isNamed ? new Legend(styles(chart), WIDTH).height() : 0;
            chart.paint(canvas, WIDTH, HEIGHT - below);
            if (isNamed) {
                new Legend(styles(chart), WIDTH).paint(canvas, HEIGHT - below - 8.0);
            }
        } finally {
            canvas.dispose();
        }
        ImageIO.write(image, "png", file.toFile());
    }

    private static List<Style> styles(Chart<?, ?> chart) {
        return chart.getSeriesCollection().stream().map(series -> style((AxesChartSeries) series)).toList();
    }

    private static Style style(AxesChartSeries series) {
        return switch (series) {
            case CategorySeries bar -> new Style(bar.getName(), bar.getFillColor(), BAR, 0);
            case XYSeries line when line.getMarker() == SeriesMarkers.CIRCLE ->
                new Style(line.getName(), line.getLineColor(), line.getLineStyle(), POINTS);
            default -> new Style(series.getName(), series.getLineColor(), series.getLineStyle(), 0);
        };
    }
}
