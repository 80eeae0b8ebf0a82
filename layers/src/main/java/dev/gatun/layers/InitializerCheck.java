package dev.gatun.layers;

/** Whether the numbers that an initializer is declared with can make weights. Messages use Keras's names beside Gatun's. */
final class InitializerCheck {

    private InitializerCheck() {}

    static void finite(String initializer, String argument, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "Initializer " + initializer + ": " + argument + " must be finite, got " + value
                            + "; weights that begin so never become numbers");
        }
    }

    static void limits(float minimum, float maximum) {
        finite("RandomUniform", "minimum (minval)", minimum);
        finite("RandomUniform", "maximum (maxval)", maximum);
        if (minimum > maximum) {
            throw new IllegalArgumentException("Initializer RandomUniform: the minimum (minval) " + minimum
                    + " is above the maximum (maxval) " + maximum + "; exchange them");
        }
        if (Float.isInfinite(maximum - minimum)) {
            throw new IllegalArgumentException("Initializer RandomUniform: the minimum (minval) " + minimum
                    + " is too far from the maximum (maxval) " + maximum + "; give limits at most " + Float.MAX_VALUE
                    + " apart");
        }
    }

    static void deviation(float deviation) {
        if (!(deviation >= 0) || Float.isInfinite(deviation)) {
            throw new IllegalArgumentException(
                    "Initializer RandomNormal: the deviation (stddev) must be finite and not "
                            + "negative, got " + deviation);
        }
    }

    static void scale(double scale) {
        if (!(scale > 0) || Double.isInfinite(scale)) {
            throw new IllegalArgumentException("Initializer VarianceScaling: scale must be positive and finite, got "
                    + scale + "; 1 keeps the variance");
        }
    }
}
