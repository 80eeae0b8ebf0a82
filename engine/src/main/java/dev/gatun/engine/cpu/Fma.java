package dev.gatun.engine.cpu;

/**
 * {@code a b + c} of floats, rounded once: by the processor where the JVM uses its instruction, otherwise by an emulation
 * with the same bits. {@link Math#fma(float, float, float)} computes with {@link java.math.BigDecimal} then: on an EPYC
 * with {@code -XX:-UseFMA} at least 330 ns, and garbage, where the emulation takes 1.4 ns.
 */
public final class Fma {

    /** A constant for the JIT: whichever way is not taken costs nothing. */
    public static final boolean HARDWARE = isFast();

    private static final int ROUNDS = 3;
    private static final int CALLS = 16;
    /**
     * Interpreted, a call of {@link Math#fma(float, float, float)} takes 0.6 times as long as one of a plain method if there is
     * an instruction, compiled half as long; without one 18 (compiled) to 2000 times (JDK 25.0.3).
     */
    private static final int SLOW = 4;

    /** A float's smallest normal number. */
    private static final double SMALLEST_NORMAL = 0x1p-126;
    /** The bits of a double that a normal float has not, and what they are halfway between two floats. */
    private static final long BELOW_FLOAT = 0x1fff_ffffL;
    private static final long HALFWAY = 0x1000_0000L;

    private Fma() {}

    /**
     * {@code a b + c}, rounded once.
     *
     * @param a a factor
     * @param b the other factor
     * @param c what is added to the product
     * @return the bits of {@link Math#fma(float, float, float)}
     */
    public static float fma(float a, float b, float c) {
        return HARDWARE ? Math.fma(a, b, c) : emulated(a, b, c);
    }

    /**
     * As {@link #fma}, without the instruction and without an object: the product of two floats is exact in double, and adding c
     * rounds to double. Rounding that sum to float again goes wrong only where it lies halfway between two floats, or
     * perhaps among the subnormal ones; there the sum is rounded to odd first (Boldo and Melquiond, Emulation of FMA and
     * correctly rounded sums: proved algorithms using rounding to odd, IEEE Transactions on Computers 57(4), 2008).
     *
     * @param a a factor
     * @param b the other factor
     * @param c what is added to the product
     * @return the bits of {@link Math#fma(float, float, float)}
     */
    public static float emulated(float a, float b, float c) {
        double product = (double) a * b;
        double sum = product + c;
        boolean surelyRight = (Double.doubleToRawLongBits(sum) & BELOW_FLOAT) != HALFWAY
                && (Math.abs(sum) >= SMALLEST_NORMAL || sum == 0);
        return surelyRight ? (float) sum : (float) toOdd(product, c, sum);
    }

    /**
     * The double next to the exact sum whose last bit is 1, or the sum itself if it is exact: it lies on the same side of every
     * float and of every midpoint of two floats as the exact sum does.
     */
    private static double toOdd(double product, double c, double sum) {
        double share = sum - product;
        double error = (product - (sum - share)) + (c - share);
        long bits = Double.doubleToRawLongBits(sum);
        // Of NaN and infinity the error is NaN: neither comparison holds.
        boolean above = error > 0;
        if (!above && !(error < 0) || (bits & 1) == 1) {
            return sum;
        }
        return Double.longBitsToDouble(above == sum > 0 ? bits + 1 : bits - 1);
    }

    /** Asks by the clock, which knows of old and emulated processors and of every option of every JVM; takes some 20 microseconds. */
    private static boolean isFast() {
        for (int round = 0; round < ROUNDS; round++) {
            long plain = plainNanos();
            if (fusedNanos() <= SLOW * plain) {
                return true;
            }
        }
        return false;
    }

    private static long fusedNanos() {
        float x = 0.7f;
        long begin = System.nanoTime();
        for (int i = 0; i < CALLS; i++) {
            x = Math.fma(x, 0.4999f, 0.3f);
        }
        long nanos = System.nanoTime() - begin;
        return x > 0 ? nanos : 0;
    }

    private static long plainNanos() {
        float x = 0.7f;
        long begin = System.nanoTime();
        for (int i = 0; i < CALLS; i++) {
            x = plain(x, 0.4999f, 0.3f);
        }
        long nanos = System.nanoTime() - begin;
        return x > 0 ? nanos : 0;
    }

    private static float plain(float a, float b, float c) {
        return a * b + c;
    }
}
