package dev.gatun.cli.plot;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;

/** A pen that draws one unbroken stretch of a line as one path, so that dashes run on over its points. */
final class Trace {

    private final Path2D.Double path = new Path2D.Double();
    private double x;
    private double y;
    private int points;

    void to(double nextX, double nextY) {
        if (points > 0 && nextX == x && nextY == y) {
            return;
        }
        x = nextX;
        y = nextY;
        if (points++ == 0) {
            path.moveTo(x, y);
        } else {
            path.lineTo(x, y);
        }
    }

    /** Draws the stretch; a single point as a dot. */
    void draw(Graphics2D canvas, BasicStroke stroke) {
        if (points == 1) {
            double radius = Math.max(1.5, stroke.getLineWidth());
            canvas.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
        } else if (points > 1) {
            canvas.setStroke(stroke);
            canvas.draw(path);
        }
    }
}
