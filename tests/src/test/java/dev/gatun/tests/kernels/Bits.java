package dev.gatun.tests.kernels;

import java.util.List;
import java.util.Random;

/** Comparison by bits, and numbers to compare. */
public final class Bits {

    private Bits() {}

    /**
     * Throws at the first pair whose bits differ. Zeros of different sign differ; a NaN equals any NaN, because which of two
     * NaNs survives an operation is up to the processor.
     */
    public static void same(float[] got, float[] expected, String what) {
        if (got.length != expected.length) {
            throw new AssertionError(what + ": " + got.length + " numbers, expected " + expected.length);
        }
        for (int i = 0; i < got.length; i++) {
            if (Float.floatToIntBits(got[i]) != Float.floatToIntBits(expected[i])) {
                throw new AssertionError("%s, number %d: got %s (%08x), expected %s (%08x)".formatted(what, i, got[i],
                        Float.floatToRawIntBits(got[i]), expected[i], Float.floatToRawIntBits(expected[i])));
            }
        }
    }

    /** As {@link #same(float[], float[], String)}, array by array. */
    public static void same(List<float[]> got, List<float[]> expected, String what) {
        if (got.size() != expected.size()) {
            throw new AssertionError(what + ": " + got.size() + " arrays, expected " + expected.size());
        }
        for (int i = 0; i < got.size(); i++) {
            same(got.get(i), expected.get(i), what + ", array " + i);
        }
    }

    /** Numbers of ordinary size with some zeros of both signs, subnormals and very small ones among them. */
    public static float[] numbers(int count, long seed) {
        return numbers(count, seed, 8);
    }

    /** As {@link #numbers}, with NaN, infinities and the largest floats too. */
    public static float[] anyNumbers(int count, long seed) {
        return numbers(count, seed, 13);
    }

    private static float[] numbers(int count, long seed, int kinds) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = switch (random.nextInt(kinds)) {
                case 0 -> random.nextBoolean() ? 0f : -0f;
                case 1 -> Float.MIN_VALUE * (random.nextInt(2000) - 1000);
                case 2 -> (float) random.nextGaussian() * 1e-4f;
                case 9 -> Float.NaN;
                case 10 -> Float.POSITIVE_INFINITY;
                case 11 -> Float.NEGATIVE_INFINITY;
                case 12 -> random.nextBoolean() ? Float.MAX_VALUE : -Float.MAX_VALUE;
                default -> (float) random.nextGaussian();
            };
        }
        return values;
    }
}
