package dev.gatun.engine.function;

/** Smooth activation functions in double and StrictMath: rare, and the same on every machine. */
final class SmoothUnits {

    private static final double ROOT = StrictMath.sqrt(2 / StrictMath.PI);
    private static final double CUBE = 0.044715;

    private SmoothUnits() {}

    /** log(1 + e^x). */
    static double softplus(double x) {
        return StrictMath.max(x, 0.0) + StrictMath.log1p(StrictMath.exp(-StrictMath.abs(x)));
    }

    private static double sigmoid(double x) {
        return 1 / (1 + StrictMath.exp(-x));
    }

    /** x tanh(softplus(x)) (Misra 2019). */
    static double mish(double x) {
        return x * StrictMath.tanh(softplus(x));
    }

    static double mishSlope(double x) {
        double t = StrictMath.tanh(softplus(x));
        return t + x * (1 - t * t) * sigmoid(x);
    }

    /** (x + sqrt(x^2 + b)) / 2 (Barron 2021); below zero by its other root, where the sum would cancel. */
    static double squareplus(double x, double b) {
        double root = StrictMath.sqrt(x * x + b);
        return x < 0 ? b / (root - x) / 2 : (x + root) / 2;
    }

    static double squareplusSlope(double x, double b) {
        double root = StrictMath.sqrt(x * x + b);
        // Where both are 0 the root has a kink.
        return root == 0 ? 0.5 : (1 + x / root) / 2;
    }

    /** x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2 (Hendrycks and Gimpel 2016). */
    static double tanhGelu(double x) {
        return x * (1 + StrictMath.tanh(ROOT * (x + CUBE * x * x * x))) / 2;
    }

    static double tanhGeluSlope(double x) {
        double t = StrictMath.tanh(ROOT * (x + CUBE * x * x * x));
        return (1 + t) / 2 + x * (1 - t * t) * ROOT * (1 + 3 * CUBE * x * x) / 2;
    }
}
