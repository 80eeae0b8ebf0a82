package dev.gatun.cli.plot;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import org.knowm.xchart.internal.chartpart.Annotation;

/** A mark behind the lines of a chart. */
final class Shading extends Annotation {

    private static final Lettering TEXT = new Lettering(Look.font(Font.ITALIC, 17));
    private static final int ASIDE = 8;

    private final Mark mark;

    Shading(Mark mark) {
        super(false);
        this.mark = mark;
    }

    @Override
    public void paint(Graphics2D canvas) {
        double top = getYAxisScreenValueForMin();
        double bottom = getYAxisScreenValueForMax();
        double left = chart.getScreenXFromChart(mark.from());
        double right = chart.getScreenXFromChart(mark.to());
        if (right > left) {
            canvas.setColor(Palette.SHADE);
            canvas.fill(new Rectangle2D.Double(left, top, right - left, bottom - top));
        }
        canvas.setColor(Look.FAINT);
        canvas.setStroke(Look.dashed(1.6f));
        canvas.draw(new Line2D.Double(left, top, left, bottom));
        boolean hasRoom = left + ASIDE + TEXT.width(mark.label()) < getXAxisScreenValueForMax();
        TEXT.draw(canvas, mark.label(), hasRoom ? left + ASIDE : left - ASIDE - TEXT.width(mark.label()), top + 18,
                Look.FAINT);
    }
}
