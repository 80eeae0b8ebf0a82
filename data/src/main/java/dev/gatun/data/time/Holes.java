package dev.gatun.data.time;

import dev.gatun.memory.check.Arguments;

/**
 * Where rows are missing.
 *
 * @param count          of the holes
 * @param largest        distance of the two rows beside the largest; 0 if there is none
 * @param largestAfter   the row before the largest; rows count from 0
 * @param longestStretch rows of the longest stretch without a hole
 */
public record Holes(int count, Span largest, int largestAfter, int longestStretch) {

    /**
     * Checks that nothing is null.
     *
     * @throws NullPointerException naming what is
     */
    public Holes {
        Arguments.required(largest, "Holes", "largest", "a distance, 0 if there is no hole");
    }
}
