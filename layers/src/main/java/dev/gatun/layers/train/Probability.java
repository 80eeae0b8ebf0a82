package dev.gatun.layers.train;

/** Probabilities kept away from 0 and 1 before a logarithm, with Keras's epsilon of 1e-7 in float arithmetic. */
final class Probability {

    private static final double LOWEST = 1e-7f;
    /** 1 - 1e-7 as a float is 0.99999988. */
    private static final double HIGHEST = (float) (1 - 1e-7);

    private Probability() {}

    /** NaN stays NaN. */
    static double clip(double p) {
        return Math.max(LOWEST, Math.min(HIGHEST, p));
    }

    /** Whether {@link #clip} moves p, so that the loss does not depend on it. */
    static boolean isClipped(double p) {
        return p < LOWEST || p > HIGHEST;
    }
}
