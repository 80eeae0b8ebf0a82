package dev.gatun.cli.plot;

import java.util.Arrays;
import java.util.List;

/**
 * What a chart's axes must show: never a single value.
 *
 * @param left  first place
 * @param right last place
 * @param low   lowest value
 * @param high  highest value, and room for a label above it
 */
record Extent(double left, double right, double low, double high) {

    private static final double HEADROOM = 0.12;

    /** Points for each column of pixels, from which on they make a block of colour. */
    private static final double CROWD = 1.2;

    /** Points of which a mean is smooth, and columns of pixels that it may at most take. */
    private static final double ENOUGH = 8;

    private static final int WIDEST = 4;

    static Extent of(List<Line> lines, boolean isLabelled) {
        double[] x = lines.stream().flatMapToDouble(line -> Arrays.stream(line.x())).sorted().toArray();
        double[] y = lines.stream().flatMapToDouble(line -> Arrays.stream(line.y())).filter(Double::isFinite).sorted()
                .toArray();
        double left = x[0];
        double right = x[x.length - 1];
        double low = y.length == 0 ? 0 : y[0];
        double high = y.length == 0 ? 0 : y[y.length - 1];
        double aside = left == right ? Math.max(0.5, 2 * Math.ulp(left)) : 0;
        double apart = low == high ? Math.max(0.5, Math.abs(low) * 0.05) : 0;
        double headroom = isLabelled ? (high - low) * HEADROOM : 0;
        return new Extent(left - aside, right + aside, low - apart, high + apart + headroom);
    }

    /**
     * How many columns of pixels share a mean, on an axis of so many pixels; 0 if the line's points can be shown side by
     * side.
     */
    int bin(Line line, double pixels) {
        double[] x = line.x();
        double density = x.length / Math.max(1, (x[x.length - 1] - x[0]) / (right - left) * pixels);
        return density > CROWD ? (int) Math.min(WIDEST, Math.ceil(ENOUGH / density)) : 0;
    }
}
