package dev.gatun.tests.reference;

import java.util.Arrays;

/**
 * Numbers in double precision that remember how they were made, so that their gradients follow by themselves: reverse
 * accumulation (Linnainmaa 1970), one number after another. A number is known by its place on the tape. A layer written with it
 * says its equations once, and nobody derives the way back by hand.
 */
final class RefTape {

    private static final int PARENTS = 3;

    private double[] values = new double[1 << 12];
    private int[] parents = new int[PARENTS << 12];
    private double[] slopes = new double[PARENTS << 12];
    private int size;
    private double kinkDistance = Double.POSITIVE_INFINITY;

    /** A number that is given. */
    int given(double value) {
        return made(value);
    }

    /** Numbers that are given, in order. */
    int[] given(double[] numbers) {
        return Arrays.stream(numbers).mapToInt(this::given).toArray();
    }

    double value(int number) {
        return values[number];
    }

    double[] values(int[] numbers) {
        return Arrays.stream(numbers).mapToDouble(this::value).toArray();
    }

    int plus(int a, int b) {
        return from(from(made(value(a) + value(b)), 0, a, 1), 1, b, 1);
    }

    int minus(int a, int b) {
        return from(from(made(value(a) - value(b)), 0, a, 1), 1, b, -1);
    }

    int times(int a, int b) {
        return from(from(made(value(a) * value(b)), 0, a, value(b)), 1, b, value(a));
    }

    /** {@code a b + c}. */
    int timesPlus(int a, int b, int c) {
        int made = made(value(a) * value(b) + value(c));
        return from(from(from(made, 0, a, value(b)), 1, b, value(a)), 2, c, 1);
    }

    int of(RefActivation function, int x) {
        kinkDistance = Math.min(kinkDistance, function.kinkDistance(value(x)));
        return from(made(function.value(value(x))), 0, x, function.derivative(value(x)));
    }

    /** 1 over the root of a number. */
    int inverseRoot(int x) {
        double y = 1 / Math.sqrt(value(x));
        return from(made(y), 0, x, -0.5 * y / value(x));
    }

    /** Between -limit and limit, without a slope beyond; 0 is no limit. */
    int clipped(int x, double limit) {
        if (limit == 0) {
            return x;
        }
        kinkDistance = Math.min(kinkDistance, Math.abs(Math.abs(value(x)) - limit));
        boolean beyond = Math.abs(value(x)) > limit;
        return from(made(beyond ? Math.signum(value(x)) * limit : value(x)), 0, x, beyond ? 0 : 1);
    }

    private int made(double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
            parents = Arrays.copyOf(parents, 2 * PARENTS * size);
            slopes = Arrays.copyOf(slopes, 2 * PARENTS * size);
        }
        values[size] = value;
        return size++;
    }

    private int from(int made, int place, int parent, double slope) {
        parents[made * PARENTS + place] = parent;
        slopes[made * PARENTS + place] = slope;
        return made;
    }

    /** Distance to the nearest kink. */
    double kinkDistance() {
        return kinkDistance;
    }

    double largest() {
        return Arrays.stream(values, 0, size).map(Math::abs).max().orElse(0);
    }

    /** Gradients of all numbers, from those of some: {@code gradients} is as long as the tape, and is added to. */
    void backward(double[] gradients) {
        for (int made = size - 1; made >= 0; made--) {
            for (int place = 0; gradients[made] != 0 && place < PARENTS; place++) {
                double slope = slopes[made * PARENTS + place];
                if (slope != 0) {
                    gradients[parents[made * PARENTS + place]] += slope * gradients[made];
                }
            }
        }
    }

    int size() {
        return size;
    }
}
