package dev.gatun.tests.reference;

import java.util.function.DoubleSupplier;

/**
 * Gradients by 4-point central differences:
 * {@code f'(x) = (f(x - 2s) - 8 f(x - s) + 8 f(x + s) - f(x + 2s)) / 12s + O(s^4)}.
 *
 * <p>With {@link #STEP} 1e-3 the truncation is about {@code 3e-14 f^(5)} and the rounding about {@code 1.5e-13 |f|}:
 * both far below the 1e-7 that is asked, as long as f is smooth within two steps. Stay away from kinks.
 */
public final class FiniteDifference {
    /** Balances truncation against rounding in double precision. */
    public static final double STEP = 1e-3;

    private FiniteDifference() {}

    /** Gradient of {@code f} by the numbers of {@code at}, which f reads; they are as before at the end. */
    public static double[] gradient(DoubleSupplier f, double[] at) {
        return gradient(f, at, STEP);
    }

    /** As above, with a step of one's own. */
    public static double[] gradient(DoubleSupplier f, double[] at, double step) {
        double[] gradient = new double[at.length];
        for (int i = 0; i < at.length; i++) {
            double x = at[i];
            gradient[i] = (at(f, at, i, x - 2 * step)
                    - 8 * at(f, at, i, x - step)
                    + 8 * at(f, at, i, x + step)
                    - at(f, at, i, x + 2 * step))
                    / (12 * step);
            at[i] = x;
        }
        return gradient;
    }

    private static double at(DoubleSupplier f, double[] at, int i, double x) {
        at[i] = x;
        return f.getAsDouble();
    }
}
