package dev.gatun.cli.plot;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.List;

/** The names of a chart's lines side by side, all on one baseline (XChart centres each by the letters it has). */
public final class Legend {

    private static final int SAMPLE = 40;
    private static final int GAP = 10;
    private static final int BETWEEN = 36;
    private static final int ROW = 28;
    private static final Lettering TEXT = new Lettering(Look.font(Font.PLAIN, 18));

    private final List<List<Style>> rows = new ArrayList<>();
    private final double width;

    /**
     * Breaks the names into rows.
     *
     * @param styles of the lines
     * @param width  of the picture in pixels
     */
    public Legend(List<Style> styles, double width) {
        this.width = width;
        List<Style> row = new ArrayList<>();
        for (Style style : styles) {
            row.add(style);
            if (row.size() > 1 && length(row) > width - 2 * BETWEEN) {
                row.removeLast();
                rows.add(row);
                row = new ArrayList<>(List.of(style));
            }
        }
        if (!row.isEmpty()) {
            rows.add(row);
        }
    }

    /**
     * The height of it all.
     *
     * @return pixels
     */
    public int height() {
        return rows.size() * ROW;
    }

    /**
     * Draws it.
     *
     * @param canvas to draw on
     * @param top    its upper edge in pixels
     */
    public void paint(Graphics2D canvas, double top) {
        double baseline = top + ROW - 9;
        for (List<Style> row : rows) {
            double x = Math.max(BETWEEN, (width - length(row)) / 2);
            for (Style style : row) {
                paint(canvas, style, x, baseline);
                x += length(List.of(style)) + BETWEEN;
            }
            baseline += ROW;
        }
    }

    private void paint(Graphics2D canvas, Style style, double x, double baseline) {
        double middle = baseline - 6;
        canvas.setColor(style.color());
        if (style.stroke() != null) {
            canvas.setStroke(style.stroke());
            canvas.draw(new Line2D.Double(x, middle, x + SAMPLE, middle));
        }
        double radius = style.points() / 2.0;
        if (radius > 0) {
            canvas.fill(new Ellipse2D.Double(x + SAMPLE / 2.0 - radius, middle - radius, 2 * radius, 2 * radius));
        }
        TEXT.draw(canvas, name(style), x + SAMPLE + GAP, baseline, Look.INK);
    }

    private double length(List<Style> row) {
        return row.stream().mapToDouble(style -> SAMPLE + GAP + TEXT.width(name(style))).sum()
                + (row.size() - 1) * BETWEEN;
    }

    private String name(Style style) {
        return TEXT.fit(style.name(), width - 4 * BETWEEN - SAMPLE);
    }
}
