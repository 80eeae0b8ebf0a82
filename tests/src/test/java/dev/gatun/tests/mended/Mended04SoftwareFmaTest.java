package dev.gatun.tests.mended;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.engine.cpu.Fma;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Issue D, number 4: the emulated fused multiply-add has the bits of {@link Math#fma(float, float, float)}. */
final class Mended04SoftwareFmaTest {

    private static final float[] SPECIAL = {
        0f, -0f, 1f, -1f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MAX_VALUE,
        -Float.MAX_VALUE,
        Float.MIN_VALUE, -Float.MIN_VALUE, Float.MIN_NORMAL, -Float.MIN_NORMAL, Math.nextDown(Float.MIN_NORMAL),
        Math.nextUp(Float.MIN_NORMAL), Math.nextUp(1f), Math.nextDown(1f), 0x1p-75f, -0x1p-75f, 0x1p64f, 0x1p63f, 3f,
        1f / 3, 0x1.000002p-74f, 0x1.fffffep-75f, 0x1.fffffep63f, 0x1p-126f * 3, 0x1p23f, 0x1p24f, -0x1.000002p24f};

    @Test
    void specialNumbersInAllPlaces() {
        for (float a : SPECIAL) {
            for (float b : SPECIAL) {
                for (float c : SPECIAL) {
                    check(a, b, c);
                }
            }
        }
    }

    @Test
    void hardCases() {
        check(300_000, 1);
    }

    @Test
    @Tag("thorough")
    void manyHardCases() {
        check(40_000_000, 2);
    }

    private static void check(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < count; i++) {
            float a = Float.intBitsToFloat(random.nextInt());
            float b = Float.intBitsToFloat(random.nextInt());
            check(a, b, Float.intBitsToFloat(random.nextInt()));
            nearTies(random);
            nearSubnormals(random);
        }
    }

    /** Factors of few bits and addends far below or beside: sums that lie on a midpoint of two floats, or a hair off it. */
    private static void nearTies(SplittableRandom random) {
        float a = Math.scalb((float) random.nextInt(1 << 12, 1 << 13), random.nextInt(-20, 20));
        float b = Math.scalb((float) (random.nextInt(1 << 12, 1 << 13) | 1), random.nextInt(-20, 20));
        float product = a * b;
        float c = Math.scalb(Math.ulp(product) / 2, random.nextInt(-60, 60));
        check(a, b, random.nextBoolean() ? c : -c);
        float whole = Math.scalb((float) random.nextInt(1 << 23, 1 << 24), random.nextInt(-40, 40));
        float tiny = Math.scalb(1f, random.nextInt(-60, 0));
        check(Math.ulp(whole) / 2, Math.nextAfter(1f, random.nextInt(3) - 1), random.nextBoolean() ? whole : -whole);
        check(Math.ulp(whole) * tiny, random.nextFloat() - 0.5f, whole);
    }

    /** Products and sums around and far below the smallest normal number, where a float has fewer bits. */
    private static void nearSubnormals(SplittableRandom random) {
        int exponent = random.nextInt(-150, 0);
        float a = Math.scalb(1 + random.nextInt(1 << 23) * 0x1p-23f, exponent);
        float b = Math.scalb(1 + random.nextInt(1 << 23) * 0x1p-23f, -150 - exponent + random.nextInt(-3, 30));
        float c = Float.intBitsToFloat(random.nextInt(1 << random.nextInt(1, 25)));
        check(a, b, random.nextBoolean() ? c : -c);
        // Half of the smallest float, and a little more or less.
        check(0x1p-75f, Math.nextAfter(0x1p-75f, random.nextInt(3) - 1), random.nextBoolean() ? c : -c);
        check(a, Math.scalb(0.5f, -149 - exponent), c);
    }

    private static void check(float a, float b, float c) {
        int expected = Float.floatToIntBits(Math.fma(a, b, c));
        int got = Float.floatToIntBits(Fma.emulated(a, b, c));
        if (expected != got) {
            assertTrue(false,
                    Float.toHexString(a) + " * " + Float.toHexString(b) + " + " + Float.toHexString(c) + " is "
                            + Float.toHexString(Float.intBitsToFloat(expected)) + ", got "
                            + Float.toHexString(Float.intBitsToFloat(got)));
        }
    }
}
