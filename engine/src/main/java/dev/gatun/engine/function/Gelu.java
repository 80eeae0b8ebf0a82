package dev.gatun.engine.function;

/**
 * The Gaussian error linear unit (Hendrycks and Gimpel 2016) in double: x times the normal distribution's integral. The
 * product as it stands, at the ends of the line too: minus infinity gives NaN, as in Keras's back ends and as x sigmoid(x) does.
 */
final class Gelu {

    private static final double SQRT_HALF = StrictMath.sqrt(0.5);
    private static final double TWO_OVER_SQRT_PI = 2 / StrictMath.sqrt(StrictMath.PI);
    /** Beyond this the integral differs from 0 or 1 by less than half an ulp of a float times x. */
    private static final double FAR = 14;

    private Gelu() {}

    static float value(float x) {
        return (float) (x * integral(x));
    }

    static float derivative(float x) {
        return (float) (integral(x) + x * density(x));
    }

    private static double density(double x) {
        return StrictMath.exp(-0.5 * x * x) / StrictMath.sqrt(2 * StrictMath.PI);
    }

    private static double integral(double x) {
        if (x > FAR) {
            return 1;
        }
        if (x < -FAR) {
            return 0;
        }
        double z = StrictMath.abs(x) * SQRT_HALF;
        double upper = z < 2 ? 0.5 - 0.5 * erfBySeries(z) : 0.5 * erfcByFraction(z);
        return x < 0 ? upper : 1 - upper;
    }

    /** erf z = 2/sqrt(pi) e^(-z^2) sum of 2^n z^(2n+1) / (2n+1)!!; all terms positive (Abramowitz and Stegun 7.1.6). */
    private static double erfBySeries(double z) {
        double term = z;
        double sum = z;
        for (int n = 1; term > sum * 1e-17; n++) {
            term *= 2 * z * z / (2 * n + 1);
            sum += term;
        }
        return TWO_OVER_SQRT_PI * StrictMath.exp(-z * z) * sum;
    }

    /** erfc z by its continued fraction (Abramowitz and Stegun 7.1.14), from the inside; 60 levels suffice from z = 2. */
    private static double erfcByFraction(double z) {
        double fraction = z;
        for (int level = 60; level >= 1; level--) {
            fraction = z + level / 2.0 / fraction;
        }
        return StrictMath.exp(-z * z) / (StrictMath.sqrt(StrictMath.PI) * fraction);
    }
}
