package dev.gatun.cli.plot;

/**
 * A part of the x axis that is pointed out.
 *
 * @param from  where it begins
 * @param to    where it ends; as {@code from} for a line
 * @param label said at its top, or empty
 */
public record Mark(double from, double to, String label) {}
