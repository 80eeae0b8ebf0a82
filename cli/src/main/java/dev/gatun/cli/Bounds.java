package dev.gatun.cli;

import dev.gatun.cli.console.WrongCall;

/** Values of options, checked before anything is read or written. */
final class Bounds {

    private Bounds() {}

    static void atLeast(String option, long value, long least) {
        if (value < least) {
            throw new WrongCall(option + " must be at least " + least + ", got " + value);
        }
    }

    static void between(String option, long value, long least, long most) {
        atLeast(option, value, least);
        if (value > most) {
            throw new WrongCall(option + " must be at most " + most + ", got " + value);
        }
    }

    static void atLeast(String option, double value, double least) {
        if (!(value >= least)) {
            throw new WrongCall(option + " must be at least " + least + ", got " + value);
        }
    }

    /** At least 0 and below 1. */
    static void share(String option, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new WrongCall(option + " is a share: at least 0 and below 1, got " + value + "; for 20 % give 0.2");
        }
    }

    static void positive(String option, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new WrongCall(option + " must be positive and finite, got " + value);
        }
    }
}
