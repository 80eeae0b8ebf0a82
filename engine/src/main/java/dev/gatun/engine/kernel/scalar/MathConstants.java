package dev.gatun.engine.kernel.scalar;

/**
 * The constants of exp, tanh and sigmoid, in one place for the scalar and the SIMD twin, so that they cannot drift apart.
 *
 * <p>The polynomials are minimax fits (Lawson's iteration: least squares whose weights follow the error) in double,
 * then rounded to float from the lowest coefficient up, the remaining ones fitted again after each rounding.
 */
public final class MathConstants {

    /** log2(e), for the number of halvings or doublings. */
    public static final float LOG2_E = 0x1.715476p0f;

    /** ln 2 to 24 bits; {@code fma(n, -LN2_HIGH, x)} is exact wherever it is used (Cody and Waite, 1980). */
    public static final float LN2_HIGH = 0x1.62e430p-1f;

    /** ln 2 - LN2_HIGH. */
    public static final float LN2_LOW = -0x1.05c610p-29f;

    /** 1.5 * 2^23: adding it rounds to an integer, ties to even, and leaves that integer in the low bits. */
    private static final float ROUND = 0x1.8p23f;

    /** Where a float's exponent begins. */
    public static final int EXPONENT_SHIFT = 23;

    /** A float's sign. */
    public static final int SIGN_BIT = 0x8000_0000;

    /**
     * Added to the square of a reduced argument, in the fma that makes it: a square below the normal numbers takes a processor many
     * times as long (on Zen 5 tanh of subnormal numbers 5 times, of 1e-30 twice). Where the square counts, this vanishes in the
     * rounding; exp and sigmoid lose it when 1 is added. tanh, whose square has a factor of about -1, comes out larger than x by it,
     * so that the numbers on the way are normal, and takes the smaller of the two.
     */
    public static final float SQUARE_START = -0x1p-120f;

    // exp: (e^r - 1 - r) / r^2 for |r| <= ln2 / 2. The error relative to e^r is 2^-27.4, but held eight times smaller for
    // r < -0.15, where results are just below a power of two and rounding alone takes 0.94 ulp of the one that is allowed.
    public static final float EXP_0 = 0x1.ffffecp-2f;
    public static final float EXP_1 = 0x1.5554aap-3f;
    public static final float EXP_2 = 0x1.556646p-5f;
    public static final float EXP_3 = 0x1.122b72p-7f;
    public static final float EXP_4 = 0x1.601918p-10f;

    /** 254 more than the rounding constant: half of it, 127, is the exponent bias of each of the two scale factors. */
    public static final float EXP_ROUND = ROUND + 254;

    /** Past 88.72284 the result is infinite; e^89 is and stays clear of the scale factors' range. */
    public static final float EXP_MAX = 89;

    /** Below -103.97208, ln(2^-150), the result rounds to zero; e^-104 does. */
    public static final float EXP_MIN = -104;

    /** The bias 127, and 64 so that 2^(n + 64) is a normal float down to e^-105. */
    public static final float SIGMOID_ROUND = ROUND + 127 + 64;

    /** Takes the 64 back; a subnormal result is rounded here and nowhere before. */
    public static final float SIGMOID_RESCALE = 0x1p-64f;

    /** e^-105 rounds to zero, and so does the sigmoid. */
    public static final float SIGMOID_MIN = -105;

    /** The bias of the one scale factor. */
    public static final float TANH_ROUND = ROUND + 127;

    /** From 9.010914 on tanh rounds to 1. */
    public static final float TANH_MAX = 10;

    /** tanh halves twice as fast: e^(-2a) = 2^(-2 log2(e) a). */
    public static final float TANH_LOG2 = -2 * LOG2_E;

    /** ln(2) / 2. One step of Cody and Waite is enough: its error times 2^n / 2 stays below 0.1 ulp. */
    public static final float TANH_LN2 = LN2_HIGH / 2;

    // ((1 - e^(-2v)) / 2 - v) / v^2 for |v| <= ln2 / 4; the error relative to the numerator h of tanh is 2^-27.1.
    public static final float TANH_0 = -0x1.fffff4p-1f;
    public static final float TANH_1 = 0x1.55548cp-1f;
    public static final float TANH_2 = -0x1.555dc4p-2f;
    public static final float TANH_3 = 0x1.123d18p-3f;
    public static final float TANH_4 = -0x1.6731eep-5f;

    private MathConstants() {}
}
