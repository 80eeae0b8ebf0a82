package dev.gatun.cli.dates;

/**
 * Where rows are missing.
 *
 * @param count          of the holes
 * @param largest        distance of the two rows beside the largest
 * @param largestAfter   the row before the largest; rows count from 0
 * @param longestStretch rows of the longest stretch without a hole
 */
public record Holes(int count, Span largest, int largestAfter, int longestStretch) {}
