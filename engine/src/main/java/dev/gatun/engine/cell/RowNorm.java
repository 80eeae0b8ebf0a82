package dev.gatun.engine.cell;

import static dev.gatun.engine.cpu.Fma.fma;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.Strips;
import java.lang.foreign.MemorySegment;

/**
 * Layer normalization (Ba, Kiros and Hinton 2016) of rows of units, of which 16 lie together and the next 16 somewhere else. Sums
 * go over the units in their order, in double: the same bits for any vector width.
 *
 * @param units   U
 * @param epsilon what is added to the variance
 */
record RowNorm(int units, double epsilon) {

    private static final int WIDTH = Strips.WIDTH;

    /** Where a unit stands in a row whose groups of 16 units are so many bytes apart. */
    static long at(int unit, long group) {
        return unit / WIDTH * group + (long) (unit % WIDTH) * Float.BYTES;
    }

    double mean(MemorySegment w, long row, long group) {
        double sum = 0;
        for (int unit = 0; unit < units; unit++) {
            sum += w.get(JAVA_FLOAT, row + at(unit, group));
        }
        return sum / units;
    }

    /** 1 over the deviation. */
    double scale(MemorySegment w, long row, long group, double mean) {
        double sum = 0;
        for (int unit = 0; unit < units; unit++) {
            double apart = w.get(JAVA_FLOAT, row + at(unit, group)) - mean;
            sum += apart * apart;
        }
        return 1 / Math.sqrt(sum / units + epsilon);
    }

    static float normal(float x, double mean, double scale) {
        return (float) ((x - mean) * scale);
    }

    /** x becomes {@code gamma (x - mean) / deviation + beta}. */
    void forward(MemorySegment w, long row, long group, Affine affine) {
        double mean = mean(w, row, group);
        double scale = scale(w, row, group, mean);
        for (int unit = 0; unit < units; unit++) {
            long at = row + at(unit, group);
            w.set(JAVA_FLOAT, at, affine.value(unit, normal(w.get(JAVA_FLOAT, at), mean, scale)));
        }
    }

    /**
     * The gradient of what came out becomes that of x; those of gamma and beta are added to a row's own sums.
     *
     * @param d     gradient of what came out
     * @param x     what was normalized, groups as those of d
     * @param sums  where the affine part's gradients of this row begin
     */
    void backward(
            MemorySegment w, long d, long x, long group, double mean, double scale, Affine affine, long sums) {
        double all = 0;
        double along = 0;
        for (int unit = 0; unit < units; unit++) {
            float up = w.get(JAVA_FLOAT, d + at(unit, group));
            float normal = normal(w.get(JAVA_FLOAT, x + at(unit, group)), mean, scale);
            affine.add(w, sums, unit, up, normal);
            double g = (double) up * affine.gamma(unit);
            all += g;
            along += g * normal;
        }
        all /= units;
        along /= units;
        for (int unit = 0; unit < units; unit++) {
            long at = d + at(unit, group);
            float normal = normal(w.get(JAVA_FLOAT, x + at(unit, group)), mean, scale);
            double g = (double) w.get(JAVA_FLOAT, at) * affine.gamma(unit);
            w.set(JAVA_FLOAT, at, (float) (scale * (g - all - normal * along)));
        }
    }

    /**
     * What follows the normalization: {@code gamma x + beta}.
     *
     * @param segment   of the parameters
     * @param gamma     byte offset of the first unit's
     * @param beta      likewise
     * @param group     bytes from 16 units to the next, in the parameters and in the sums of a row
     * @param gammaSums bytes from where the sums of a row begin to those of gamma
     * @param betaSums  likewise
     */
    record Affine(MemorySegment segment, long gamma, long beta, long group, long gammaSums, long betaSums) {

        float gamma(int unit) {
            return segment.get(JAVA_FLOAT, gamma + at(unit, group));
        }

        float value(int unit, float normal) {
            return fma(gamma(unit), normal, segment.get(JAVA_FLOAT, beta + at(unit, group)));
        }

        private void add(MemorySegment w, long sums, int unit, float up, float normal) {
            long gammaAt = sums + gammaSums + at(unit, group);
            long betaAt = sums + betaSums + at(unit, group);
            w.set(JAVA_FLOAT, gammaAt, fma(up, normal, w.get(JAVA_FLOAT, gammaAt)));
            w.set(JAVA_FLOAT, betaAt, w.get(JAVA_FLOAT, betaAt) + up);
        }
    }
}
