package dev.gatun.cli.verify;

import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.util.Arrays;
import java.util.Locale;

/**
 * An output beside what it should be.
 *
 * @param output   its name in the model
 * @param shape    what the model gave
 * @param expected what the reference has
 * @param error    the largest distance, divided by the largest expected size, which counts as 0.0001 at least; infinite if the
 *                 shapes are not the same, or one has a NaN or an infinity where the other has not
 * @param worst    where the distance is largest
 * @param got      what the model gave there
 * @param wanted   what the reference has there
 */
public record Comparison(
        String output, Shape shape, Shape expected, double error, long[] worst, double got, double wanted) {

    /** Below this size numbers are told apart by their distance, not by its share of them. */
    private static final double LEAST_SIZE = 1e-4;

    public static Comparison of(String output, Tensor made, Expected expected) {
        if (!made.shape().equals(expected.shape())) {
            return new Comparison(output, made.shape(), expected.shape(), Double.POSITIVE_INFINITY, new long[0],
                    Double.NaN, Double.NaN);
        }
        double[] got = Expected.of(made).values();
        double[] wanted = expected.values();
        double size = LEAST_SIZE;
        double largest = 0;
        int worst = 0;
        for (int i = 0; i < wanted.length; i++) {
            size = Double.isFinite(wanted[i]) ? Math.max(size, Math.abs(wanted[i])) : size;
            double distance = distance(got[i], wanted[i]);
            if (distance > largest) {
                largest = distance;
                worst = i;
            }
        }
        boolean isEmpty = wanted.length == 0;
        return new Comparison(output, made.shape(), expected.shape(), largest / size,
                isEmpty ? new long[0] : index(worst, made.shape()), isEmpty ? Double.NaN : got[worst],
                isEmpty ? Double.NaN : wanted[worst]);
    }

    /** NaN is NaN, and an infinity itself. */
    private static double distance(double got, double wanted) {
        if (Double.compare(got, wanted) == 0 || got == wanted) {
            return 0;
        }
        double distance = Math.abs(got - wanted);
        return Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance;
    }

    private static long[] index(int element, Shape shape) {
        long[] index = shape.toArray();
        long rest = element;
        for (int axis = index.length - 1; axis >= 0; axis--) {
            long dim = shape.dim(axis);
            index[axis] = rest % dim;
            rest /= dim;
        }
        return index;
    }

    public boolean isWithin(double tolerance) {
        return error <= tolerance;
    }

    /** One line. */
    public String words(double tolerance) {
        String verdict = isWithin(tolerance) ? "agrees" : "DIFFERS";
        if (!shape.equals(expected)) {
            return output + ": " + verdict + ", shape " + shape + ", expected " + expected;
        }
        return String.format(Locale.ROOT, "%s %s: %s, error %.2e", output, shape, verdict, error)
                + (error == 0
                        ? ""
                        : ", worst at " + Arrays.toString(worst) + ": " + got + ", expected " + wanted);
    }
}
