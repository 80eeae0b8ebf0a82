package dev.gatun.layers;

import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.util.Arrays;

/**
 * Which steps of an input's sequences count, one row for each sample: given with the data where sequences of several lengths
 * were padded to one. What stands in a step that does not count is of no matter, NaN included. Immutable.
 *
 * <pre>{@code
 * model.predict(x, Mask.lengths(5, 3, 8));                    // of three samples the first 5, 3 and 8 steps
 * trainer.fit(Samples.of(x, y).masked(Mask.of(counts)));      // counts[sample][step]
 * }</pre>
 */
public final class Mask {

    /** Every step counts: for an input that needs no mask, where another one has one. */
    public static final Mask NONE = new Mask(null, null);

    private final int[] lengths;
    private final boolean[][] counts;

    private Mask(int[] lengths, boolean[][] counts) {
        this.lengths = lengths;
        this.counts = counts;
    }

    /**
     * Sequences that are padded at their end.
     *
     * @param lengths for each sample how many steps count, from its first one on; 0 for none
     * @return a mask of as many rows
     * @throws IllegalArgumentException if a length is negative
     */
    public static Mask lengths(int... lengths) {
        Arguments.required(lengths, "Mask.lengths", "lengths", "how many steps of each sample count");
        for (int sample = 0; sample < lengths.length; sample++) {
            if (lengths[sample] < 0) {
                throw new IllegalArgumentException(
                        "Mask.lengths: sample " + sample + " (counted from 0) has a length of "
                                + lengths[sample] + "; give how many of its steps count, at least 0");
            }
        }
        return new Mask(lengths.clone(), null);
    }

    /**
     * Any pattern.
     *
     * @param counts [N][T]: whether a step of a sample counts; rows of one length
     * @return a mask of N rows
     * @throws ShapeException if a row has another length than the first
     */
    public static Mask of(boolean[][] counts) {
        Arguments.all(counts, "Mask.of", "counts", "for each sample a row that says which steps count");
        boolean[][] rows = new boolean[counts.length][];
        for (int sample = 0; sample < counts.length; sample++) {
            if (counts[sample].length != counts[0].length) {
                throw new ShapeException("Mask.of: row " + sample + " has " + counts[sample].length
                        + " steps, row 0 has " + counts[0].length
                        + "; give rows of one length, that of the padded data");
            }
            rows[sample] = counts[sample].clone();
        }
        return new Mask(null, rows);
    }

    /**
     * Whether it leaves nothing out, whatever the data.
     *
     * @return true of {@link #NONE} alone
     */
    public boolean isNone() {
        return lengths == null && counts == null;
    }

    /**
     * The mask for data of a shape, as numbers.
     *
     * @param input whose mask it is, for messages: {@code input 'x'}
     * @param shape [N,T,F] or [N,T], known
     * @return int32 [N,T], 1 where a step counts and 0 where it does not
     * @throws ShapeException if it has not a row for each sample and a number for each step
     */
    public Tensor steps(String input, Shape shape) {
        Arguments.required(input, "Mask.steps", "input", "what messages call the input");
        Arguments.required(shape, "Mask.steps", "shape", "that of the data, for example Shape.of(32, 10, 3)");
        if (shape.rank() < 2) {
            throw new ShapeException(
                    "The mask of " + input + " is for sequences [samples, time, ...], got data of shape "
                            + shape);
        }
        int samples = Math.toIntExact(shape.dim(0));
        int time = Math.toIntExact(shape.dim(1));
        int[] steps = new int[Math.multiplyExact(samples, time)];
        if (isNone()) {
            Arrays.fill(steps, 1);
        } else {
            requireRows(input, samples);
            for (int sample = 0; sample < samples; sample++) {
                fill(input, sample, steps, time);
            }
        }
        return Tensor.ofInts(steps, samples, time);
    }

    private void requireRows(String input, int samples) {
        int rows = lengths == null ? counts.length : lengths.length;
        if (rows != samples) {
            throw new ShapeException("The mask of " + input + " is for " + rows + " samples, the data have " + samples
                    + "; give a " + (lengths == null ? "row" : "length") + " for each sample");
        }
    }

    private void fill(String input, int sample, int[] steps, int time) {
        if (lengths != null) {
            if (lengths[sample] > time) {
                throw new ShapeException("The mask of " + input + " says that " + lengths[sample] + " steps of sample "
                        + sample + " (counted from 0) count, the data have " + time
                        + " steps; give a length of at most "
                        + time);
            }
            Arrays.fill(steps, sample * time, sample * time + lengths[sample], 1);
            return;
        }
        if (counts[sample].length != time) {
            throw new ShapeException("The mask of " + input + " has " + counts[sample].length
                    + " steps for each sample, the data have " + time + "; give a mask as long as the data");
        }
        for (int t = 0; t < time; t++) {
            steps[sample * time + t] = counts[sample][t] ? 1 : 0;
        }
    }

    /** {@return what it is, without its numbers} */
    @Override
    public String toString() {
        return isNone()
                ? "Mask of nothing"
                : lengths != null ? "Mask of " + lengths.length + " lengths" : "Mask of " + counts.length + " samples";
    }
}
