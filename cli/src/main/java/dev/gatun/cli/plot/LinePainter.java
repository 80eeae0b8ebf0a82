package dev.gatun.cli.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.internal.chartpart.Annotation;

/**
 * Draws a line in a chart. Where many points share a column of pixels and would make a block of colour, it draws their
 * mean, and a pale band from the lowest to the highest.
 */
final class LinePainter extends Annotation {

    private static final int PALE = 70;

    private final Line line;
    private final int bin;

    /** @param bin columns of pixels that share a mean; 0 for a line through all points */
    LinePainter(Line line, int bin) {
        super(false);
        this.line = line;
        this.bin = bin;
    }

    @Override
    public void paint(Graphics2D canvas) {
        Color color = line.style().color();
        for (List<Column> stretch : stretches()) {
            Trace trace = new Trace();
            if (bin > 0) {
                canvas.setColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), PALE));
                canvas.fill(band(stretch));
                stretch.forEach(column -> trace.to(column.middle(), column.mean()));
            } else {
                stretch.forEach(column -> column.outline(trace));
            }
            canvas.setColor(color);
            if (line.style().stroke() != null) {
                trace.draw(canvas, line.style().stroke());
            }
        }
        if (line.style().points() > 0) {
            points(canvas, line.style().points());
        }
    }

    /** Columns of pixels, from one gap to the next. */
    private List<List<Column>> stretches() {
        List<List<Column>> stretches = new ArrayList<>();
        List<Column> stretch = new ArrayList<>();
        for (int i = 0; i < line.x().length; i++) {
            if (!Double.isFinite(line.y()[i])) {
                if (!stretch.isEmpty()) {
                    stretches.add(stretch);
                    stretch = new ArrayList<>();
                }
                continue;
            }
            double x = chart.getScreenXFromChart(line.x()[i]);
            int pixel = (int) Math.floor(x / Math.max(1, bin));
            if (stretch.isEmpty() || stretch.getLast().pixel() != pixel) {
                stretch.add(new Column(pixel));
            }
            stretch.getLast().add(x, chart.getScreenYFromChart(line.y()[i]));
        }
        if (!stretch.isEmpty()) {
            stretches.add(stretch);
        }
        return stretches;
    }

    private static Path2D band(List<Column> columns) {
        Path2D band = new Path2D.Double();
        band.moveTo(columns.getFirst().middle(), columns.getFirst().high());
        columns.forEach(column -> band.lineTo(column.middle(), column.high()));
        columns.reversed().forEach(column -> band.lineTo(column.middle(), column.low()));
        band.closePath();
        return band;
    }

    private void points(Graphics2D canvas, int diameter) {
        for (int i = 0; i < line.x().length; i++) {
            if (Double.isFinite(line.y()[i])) {
                canvas.fill(new Ellipse2D.Double(
                        chart.getScreenXFromChart(line.x()[i]) - diameter / 2.0,
                        chart.getScreenYFromChart(line.y()[i]) - diameter / 2.0, diameter, diameter));
            }
        }
    }
}
