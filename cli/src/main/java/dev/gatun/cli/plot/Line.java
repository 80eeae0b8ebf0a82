package dev.gatun.cli.plot;

/**
 * A line of a chart; it is interrupted where a value is not finite.
 *
 * @param style how it looks
 * @param x     places, in order
 * @param y     values
 */
public record Line(Style style, double[] x, double[] y) {}
