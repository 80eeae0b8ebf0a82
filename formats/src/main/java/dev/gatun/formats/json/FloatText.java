package dev.gatun.formats.json;

/**
 * Numbers of JSON as float32, without an object for each: the digits as a whole number, times a power of ten. That is off by a
 * few units of the last place of a double at most, so the float next to it is right unless it lies that near to the middle
 * between two floats; then, and where there are more digits or extreme sizes, the JDK decides.
 */
final class FloatText {

    /** Powers of ten that a double holds exactly. */
    private static final double[] TENS = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13,
        1e14,
        1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

    /** Digits that a long holds whatever they are. */
    private static final int MOST_DIGITS = 18;

    /** Bits of a double below those of a float, and their value in the middle between two floats. */
    private static final long BELOW = (1L << 29) - 1;
    private static final long MIDDLE = 1L << 28;
    private static final long UNSURE = 16;

    private static final double SMALLEST = 1e-30;
    private static final double LARGEST = 1e30;

    private FloatText() {}

    /** @param text a number of JSON, or a word for one that is not finite */
    static float of(StringBuilder text) {
        int length = text.length();
        int at = text.charAt(0) == '-' ? 1 : 0;
        long digits = 0;
        int count = 0;
        int behindPoint = -1;
        for (; at < length; at++) {
            char c = text.charAt(at);
            if (c >= '0' && c <= '9') {
                digits = digits * 10 + (c - '0');
                count += digits == 0 ? 0 : 1;
                behindPoint += behindPoint >= 0 ? 1 : 0;
            } else if (c == '.') {
                behindPoint = 0;
            } else {
                break;
            }
            if (count > MOST_DIGITS) {
                return exactly(text);
            }
        }
        int exponent = -Math.max(0, behindPoint);
        if (at < length) {
            if ((text.charAt(at) | 0x20) != 'e' || length - at > 5) {
                return exactly(text);
            }
            exponent += Integer.parseInt(text, at + 1, length, 10);
        }
        if (digits == 0 || Math.abs(exponent) >= TENS.length) {
            return exactly(text);
        }
        double value = exponent < 0 ? digits / TENS[-exponent] : digits * TENS[exponent];
        long below = Double.doubleToRawLongBits(value) & BELOW;
        boolean isSure = Math.abs(below - MIDDLE) > UNSURE && value > SMALLEST && value < LARGEST;
        return !isSure ? exactly(text) : (float) (text.charAt(0) == '-' ? -value : value);
    }

    private static float exactly(StringBuilder text) {
        return (float) Double.parseDouble(text.toString());
    }
}
