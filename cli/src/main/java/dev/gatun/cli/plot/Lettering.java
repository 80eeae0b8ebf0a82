package dev.gatun.cli.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;

/**
 * Texts as outlines, as XChart draws them: they are as wide as they were measured, in any viewer.
 *
 * @param font of all of them
 */
record Lettering(Font font) {

    private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

    double width(String text) {
        return text.isEmpty() ? 0 : new TextLayout(text, font, CONTEXT).getAdvance();
    }

    /** Draws a text that begins at x. */
    void draw(Graphics2D canvas, String text, double x, double baseline, Color color) {
        if (!text.isEmpty()) {
            canvas.setColor(color);
            canvas.fill(new TextLayout(text, font, CONTEXT)
                    .getOutline(AffineTransform.getTranslateInstance(x, baseline)));
        }
    }

    /** Draws a text around x, but not over the edges. */
    void centre(Graphics2D canvas, String text, double x, double baseline, double right, Color color) {
        double width = width(text);
        draw(canvas, text, Math.max(0, Math.min(x - width / 2, right - width)), baseline, color);
    }

    /** The text, cut to a width. */
    String fit(String text, double room) {
        if (width(text) <= room) {
            return text;
        }
        int end = text.length();
        while (end > 0 && width(text.substring(0, end) + "\u2026") > room) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end) + "\u2026";
    }
}
