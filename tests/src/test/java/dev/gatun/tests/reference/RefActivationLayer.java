package dev.gatun.tests.reference;

/** An Activation layer on rows, the leading dimensions together. */
public final class RefActivationLayer {
    private RefActivationLayer() {}

    /** {@code y = act(x)}, row by row. */
    public static double[][] forward(RefActivation activation, double[][] x) {
        double[][] y = new double[x.length][];
        for (int row = 0; row < x.length; row++) {
            y[row] = activation.row(x[row]);
        }
        return y;
    }

    /** Gradient of x from the gradient of y. */
    public static double[][] backward(RefActivation activation, double[][] x, double[][] gY) {
        double[][] gX = new double[x.length][];
        for (int row = 0; row < x.length; row++) {
            gX[row] = activation.rowGradient(x[row], gY[row]);
        }
        return gX;
    }

    /** How near x comes to a kink of the activation. */
    public static double kinkDistance(RefActivation activation, double[][] x) {
        double nearest = Double.POSITIVE_INFINITY;
        for (double[] row : x) {
            for (double v : row) {
                nearest = Math.min(nearest, activation.kinkDistance(v));
            }
        }
        return nearest;
    }
}
