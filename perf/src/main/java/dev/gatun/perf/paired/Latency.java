package dev.gatun.perf.paired;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Single times, in nanoseconds.
 *
 * @param curve percentiles for a picture, from the least time to the longest
 */
public record Latency(long count, long p50, long p99, long p999, long max, List<Point> curve) {

    /** So many percent are not longer than so many nanoseconds. */
    public record Point(double percentile, long nanos) {}

    static Latency of(Histogram histogram) {
        List<Point> curve = new ArrayList<>();
        for (HistogramIterationValue value : histogram.percentiles(10)) {
            curve.add(new Point(value.getPercentileLevelIteratedTo(), value.getValueIteratedTo()));
        }
        return new Latency(
                histogram.getTotalCount(), histogram.getValueAtPercentile(50), histogram.getValueAtPercentile(99),
                histogram.getValueAtPercentile(99.9), histogram.getMaxValue(), List.copyOf(curve));
    }
}
