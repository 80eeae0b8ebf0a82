package dev.gatun.cli.plot;

import java.awt.Color;

/** The colours of what pictures show. Light and dark differ as well as hue, and lines that meet differ in their stroke. */
final class Palette {

    static final Color HISTORY = new Color(0x9AA8BC);
    static final Color TRUTH = Look.INK;
    static final Color FORECAST = Look.FIRST;
    static final Color BASELINE = Look.SECOND;
    /** Over a part of a chart, so thin that the grid shows. */
    static final Color SHADE = new Color(0xB0, 0x98, 0x50, 34);

    private Palette() {}
}
