package dev.gatun.cli.plot;

/** The points of a line that share a column of pixels, or a few. */
final class Column {

    private final int pixel;
    private double firstX;
    private double firstY;
    private double lastX;
    private double lastY;
    private double lowX;
    private double lowY = Double.POSITIVE_INFINITY;
    private double highX;
    private double highY = Double.NEGATIVE_INFINITY;
    private double sum;
    private int count;

    Column(int pixel) {
        this.pixel = pixel;
    }

    void add(double x, double y) {
        if (count == 0) {
            firstX = x;
            firstY = y;
        }
        if (y < lowY) {
            lowX = x;
            lowY = y;
        }
        if (y > highY) {
            highX = x;
            highY = y;
        }
        lastX = x;
        lastY = y;
        sum += y;
        count++;
    }

    int pixel() {
        return pixel;
    }

    double low() {
        return lowY;
    }

    double high() {
        return highY;
    }

    double mean() {
        return sum / count;
    }

    double middle() {
        return (firstX + lastX) / 2;
    }

    /** A line through first, lowest, highest and last point covers the same pixels as one through all. */
    void outline(Trace trace) {
        trace.to(firstX, firstY);
        boolean isLowFirst = lowX < highX;
        if (count > 2) {
            trace.to(isLowFirst ? lowX : highX, isLowFirst ? lowY : highY);
            trace.to(isLowFirst ? highX : lowX, isLowFirst ? highY : lowY);
        }
        if (count > 1) {
            trace.to(lastX, lastY);
        }
    }
}
