package dev.gatun.engine.kernel.scalar;

import static dev.gatun.engine.cpu.Fma.fma;
import static dev.gatun.engine.kernel.scalar.MathConstants.*;

/**
 * exp, tanh and sigmoid in float: the exact oracle of the SIMD twin in {@code dev.gatun.engine.kernel}, which does the
 * same operations in the same order and so gives the same bits for every float. Only add, sub, mul, div, fma, compare,
 * select and integer shifts: nothing a processor or a library could round differently.
 *
 * <p>Errors and dips were measured over all 2^32 floats against a double reference. NaN gives NaN. Arguments near 0, subnormal or not,
 * take no longer than others.
 */
public final class ScalarMath {

    private ScalarMath() {}

    /**
     * e^x = 2^n * e^r with n = round(x * log2(e)) and r = x - n * ln 2 (Cody and Waite's two-step reduction, by fma);
     * e^r is a polynomial of degree 6. The scale is two factors, so that overflow and subnormal results come out right.
     *
     * <p>Largest error 0.9975 ulp, at x = 59.304146; no dip. Exact at 0. Zero below -103.97208, subnormal below -87.33655,
     * infinite above 88.72283.
     */
    public static float exp(float x) {
        float a = x > EXP_MAX ? EXP_MAX : x;
        a = a < EXP_MIN ? EXP_MIN : a;
        float t = fma(a, LOG2_E, EXP_ROUND);
        float n = t - EXP_ROUND;
        float r = fma(n, -LN2_LOW, fma(n, -LN2_HIGH, a));
        float p = expReduced(r);
        int k = Float.floatToRawIntBits(t);
        int half = k >> 1;
        float scaled = p * Float.intBitsToFloat(half << EXPONENT_SHIFT);
        return scaled * Float.intBitsToFloat((k - half) << EXPONENT_SHIFT);
    }

    /**
     * 1 / (1 + e^-x) = s / (1 + e) with e = e^-|x| and s = 1, or e where x is negative: no cancellation on either side.
     * The rounding of 1 + e is not given back: that would take three operations more.
     *
     * <p>Largest error 2.4019 ulp, at x = -4.157294. 198,096 dips, each of 1 ulp, all between -1.9443452 and -0.69314736,
     * where e rises by an ulp and 1 + e is rounded up by more. 1/2 at 0. Zero below -103.97208, subnormal below -87.33654,
     * 1 from 16.635532 on.
     */
    public static float sigmoid(float x) {
        float a = Float.intBitsToFloat(Float.floatToRawIntBits(x) | SIGN_BIT);
        a = a < SIGMOID_MIN ? SIGMOID_MIN : a;
        float t = fma(a, LOG2_E, SIGMOID_ROUND);
        float n = t - SIGMOID_ROUND;
        float r = fma(n, -LN2_LOW, fma(n, -LN2_HIGH, a));
        float p = expReduced(r);
        float e = p * Float.intBitsToFloat(Float.floatToRawIntBits(t) << EXPONENT_SHIFT) * SIGMOID_RESCALE;
        return (x < 0 ? e : 1) / (e + 1);
    }

    /**
     * tanh|x| = h / (1 - h) with h = (1 - e^(-2|x|)) / 2 from a polynomial without cancellation near 0. The smaller of x and
     * the quotient is taken, for the reason of {@link MathConstants#SQUARE_START}, and given the sign of x: tanh is odd, and -0
     * stays -0.
     *
     * <p>Largest error 2.4984 ulp, at x = 4.5050907; no dip. Exact at 0 and for subnormals. 1 from 8.491054 on.
     */
    public static float tanh(float x) {
        float size = Math.abs(x);
        float a = size > TANH_MAX ? TANH_MAX : size;
        float t = fma(a, TANH_LOG2, TANH_ROUND);
        float n = t - TANH_ROUND;
        float v = fma(n, TANH_LN2, a);
        float w = tanhReduced(v);
        float scale = Float.intBitsToFloat(Float.floatToRawIntBits(t) << EXPONENT_SHIFT);
        float h = fma(scale, w, fma(scale, -0.5f, 0.5f));
        float y = h / (1 - h);
        int result = Math.min(Float.floatToRawIntBits(y), Float.floatToRawIntBits(size));
        return Float.intBitsToFloat(Float.floatToRawIntBits(x) & SIGN_BIT | result);
    }

    private static float expReduced(float r) {
        float r2 = fma(r, r, SQUARE_START);
        float low = fma(r, EXP_1, EXP_0);
        float middle = fma(r, EXP_3, EXP_2);
        float p = fma(r2, fma(r2, EXP_4, middle), low);
        return fma(r2, p, r) + 1;
    }

    private static float tanhReduced(float v) {
        float v2 = fma(v, v, SQUARE_START);
        float low = fma(v, TANH_1, TANH_0);
        float middle = fma(v, TANH_3, TANH_2);
        float p = fma(v2, fma(v2, TANH_4, middle), low);
        return fma(v2, p, v);
    }
}
