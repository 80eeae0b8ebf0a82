package dev.gatun.layers;

/** Conditions on the numbers that regularizers and constraints are declared with. */
final class NumberCheck {

    private NumberCheck() {}

    /** By which a penalty counts. */
    static void factor(String who, String argument, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    who + ": " + argument + " must be finite and at least 0, got " + value + "; 0.01 is usual");
        }
    }

    /** A length. */
    static void norm(String who, String argument, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(who + ": " + argument + " must be finite and at least 0, got " + value
                    + "; it is a length of vectors");
        }
    }
}
