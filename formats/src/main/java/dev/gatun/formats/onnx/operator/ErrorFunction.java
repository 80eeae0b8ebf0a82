package dev.gatun.formats.onnx.operator;

/** The error function erf in double, by Taylor polynomials around the middles of short pieces, which a series makes once. */
final class ErrorFunction {

    /** Beyond it erf is 1 to the last bit of a double. */
    private static final int FAR = 6;
    private static final int PIECES_OF_ONE = 16;
    /** Of a sixteenth, what is left out is below a bit of a double. */
    private static final int DEGREE = 10;
    private static final double TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);
    private static final double[][] PIECES = pieces();

    private ErrorFunction() {}

    static double of(double x) {
        double far = Math.abs(x);
        if (!(far >= 1.0 / PIECES_OF_ONE)) {
            return series(x); // Few terms, and small numbers keep their bits.
        }
        if (far >= FAR) {
            return Math.signum(x);
        }
        int piece = (int) (far * PIECES_OF_ONE);
        double from = far - middle(piece);
        double[] polynomial = PIECES[piece];
        double sum = polynomial[DEGREE];
        for (int power = DEGREE - 1; power >= 0; power--) {
            sum = sum * from + polynomial[power];
        }
        return Math.copySign(sum, x);
    }

    /** Of terms of one sign: 2/sqrt(pi) exp(-x^2) (x + 2 x^3 / 3 + 4 x^5 / 15 + ...). */
    private static double series(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > Math.ulp(sum) / 4; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return TWO_OVER_SQRT_PI * Math.exp(-x * x) * sum;
    }

    private static double middle(int piece) {
        return (piece + 0.5) / PIECES_OF_ONE;
    }

    /** By the derivative y = 2/sqrt(pi) exp(-x^2), of which y' = -2 x y. */
    private static double[][] pieces() {
        double[][] pieces = new double[FAR * PIECES_OF_ONE][DEGREE + 1];
        for (int piece = 0; piece < pieces.length; piece++) {
            double c = middle(piece);
            double before = 0;
            double slope = TWO_OVER_SQRT_PI * Math.exp(-c * c);
            pieces[piece][0] = series(c);
            for (int power = 1; power <= DEGREE; power++) {
                pieces[piece][power] = slope / power;
                double next = -2 * (c * slope + before) / power;
                before = slope;
                slope = next;
            }
        }
        return pieces;
    }
}
