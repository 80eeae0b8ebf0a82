package dev.gatun.tests.reference;

/** Dropout with a given mask: 0 where dropped, {@code 1/(1 - rate)} where kept. Its gradient is the same product. */
public final class RefDropout {
    private RefDropout() {}

    /** {@code x * mask}, element by element; a null mask is inference, which changes nothing. */
    public static double[] apply(double[] x, double[] mask) {
        double[] y = x.clone();
        for (int i = 0; mask != null && i < y.length; i++) {
            y[i] *= mask[i];
        }
        return y;
    }
}
