package dev.gatun.layers.type.norms;

/** What numbers are divided by, and whether their mean goes first. */
enum Formula {

    /** {@code (x - mean) / sqrt(variance + epsilon)}. */
    CENTERED(true, true),
    /** {@code x / sqrt(variance + epsilon)}, the variance about the mean: what Keras calls rms_scaling. */
    SCALED(false, true),
    /** {@code x / sqrt(mean of squares + epsilon)}. */
    ROOT_MEAN_SQUARE(false, false),
    /** {@code x / sqrt(sum of squares)}, at most {@link #MOST} times x. Source: keras/src/ops/nn.py, {@code _normalize}. */
    LENGTH(false, false);

    private static final double MOST = 1e12;

    private final boolean subtractsMean;
    private final boolean squaresApart;

    Formula(boolean subtractsMean, boolean squaresApart) {
        this.subtractsMean = subtractsMean;
        this.squaresApart = squaresApart;
    }

    boolean subtractsMean() {
        return subtractsMean;
    }

    /** Whether a mean is needed at all. */
    boolean needsMean() {
        return squaresApart;
    }

    /** By what numbers are multiplied of which the squares have this sum. */
    double scale(double squares, long count, double epsilon) {
        return this == LENGTH
                ? Math.min(1 / Math.sqrt(squares), MOST)
                : 1 / Math.sqrt(squares / count + epsilon);
    }

    /** How the scale falls with a number, over its distance from where squares are taken. */
    double slope(double scale, long count) {
        double cube = scale * scale * scale;
        return this == LENGTH ? scale < MOST ? cube : 0 : cube / count;
    }
}
