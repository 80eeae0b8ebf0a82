package dev.gatun.cli.plot;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.util.List;
import org.knowm.xchart.internal.chartpart.Annotation;

/** An x axis below a chart, with ticks where its scale wants them. */
final class BottomAxis extends Annotation {

    /** Of marks, labels, contexts and title, in pixels, from the lower edge of XChart's chart. */
    static final int HEIGHT = 66;

    private static final Lettering LABELS = new Lettering(Look.font(Font.PLAIN, 17));
    private static final Lettering TITLE = new Lettering(Look.font(Font.PLAIN, 18));

    private final String title;
    private final Scale scale;
    private final double from;
    private final double to;

    BottomAxis(String title, Scale scale, double from, double to) {
        super(false);
        this.title = title;
        this.scale = scale;
        this.from = from;
        this.to = to;
    }

    @Override
    public void paint(Graphics2D canvas) {
        double left = chart.getScreenXFromChart(from);
        double bottom = getYAxisScreenValueForMax();
        double length = chart.getScreenXFromChart(to) - left;
        Room room = new Room(from, to, length, LABELS::width);
        List<Tick> ticks = scale.ticks(room);
        boolean hasContext = false;
        for (Tick tick : ticks) {
            double x = left + room.at(tick.at());
            canvas.setColor(Look.FAINT);
            canvas.setStroke(new BasicStroke(1f));
            canvas.draw(new Line2D.Double(x, bottom, x, bottom + 6));
            LABELS.centre(canvas, tick.label(), x, bottom + 26, chart.getWidth(), Look.FAINT);
            LABELS.centre(canvas, tick.context(), x, bottom + 47, chart.getWidth(), Look.FAINT);
            hasContext |= !tick.context().isEmpty();
        }
        TITLE.centre(canvas, TITLE.fit(title, length), left + length / 2, bottom + (hasContext ? 72 : 52),
                chart.getWidth(), Look.INK);
    }
}
