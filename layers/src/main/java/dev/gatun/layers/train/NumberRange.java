package dev.gatun.layers.train;

/** Ranges that the numbers of a configuration must lie in. */
final class NumberRange {

    private NumberRange() {}

    static void positive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " must be positive and finite, got " + value);
        }
    }

    static void within(String name, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw new IllegalArgumentException(name + " must lie in " + low + " to " + high + ", got " + value);
        }
    }

    static void below(String name, double value, double limit) {
        if (!(value >= 0 && value < limit)) {
            throw new IllegalArgumentException(name + " must be at least 0 and below " + limit + ", got " + value);
        }
    }
}
