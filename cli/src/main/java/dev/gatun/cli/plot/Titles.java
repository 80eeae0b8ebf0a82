package dev.gatun.cli.plot;

/**
 * The texts around a chart.
 *
 * @param top above it
 * @param x   below it
 * @param y   beside it
 */
public record Titles(String top, String x, String y) {}
