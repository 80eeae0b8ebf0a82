package dev.gatun.cli.plot;

import java.awt.BasicStroke;
import java.awt.Color;

/**
 * How a line is drawn, and its name in the legend.
 *
 * @param name   for people
 * @param color  of line and points
 * @param stroke of the line, or null for points alone
 * @param points diameter of the points in pixels, 0 for none
 */
public record Style(String name, Color color, BasicStroke stroke, int points) {

    static Style solid(String name, Color color, float width) {
        return new Style(name, color, Look.solid(width), 0);
    }

    static Style dashed(String name, Color color, float width) {
        return new Style(name, color, Look.dashed(width), 0);
    }

    /** Where points are too many to be drawn one by one. */
    Style banded() {
        return new Style(name + " (mean; pale: lowest to highest)", color, stroke, points);
    }

    Style withPoints(int diameter) {
        return new Style(name, color, stroke, diameter);
    }
}
