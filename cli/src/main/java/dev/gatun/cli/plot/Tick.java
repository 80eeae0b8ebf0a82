package dev.gatun.cli.plot;

/**
 * A place on an axis that is named below it.
 *
 * @param at      in the axis's unit
 * @param label   what stands there
 * @param context what the label leaves out, such as the year of a month; empty where it is that of the tick before
 */
public record Tick(double at, String label, String context) {}
