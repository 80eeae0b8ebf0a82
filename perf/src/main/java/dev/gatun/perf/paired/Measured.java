package dev.gatun.perf.paired;

import java.util.Arrays;

/**
 * Times of one engine.
 *
 * @param nanos   of one operation, a figure for each round
 * @param bytes   heap bytes allocated per operation
 * @param latency percentiles of single times; null unless the task is about them
 */
public record Measured(double[] nanos, double bytes, Latency latency) {

    public double median() {
        return median(nanos);
    }

    public static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
