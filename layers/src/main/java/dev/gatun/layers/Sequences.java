package dev.gatun.layers;

import dev.gatun.memory.DataType;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sequences of several lengths, as they are: what would otherwise be padded to one length by hand and told apart by a
 * {@link Mask}. Immutable, but for the numbers of its tensors, which are not copied. Any number of threads may read.
 *
 * <pre>{@code
 * Sequences x = Sequences.of(first, second, third);     // each float[time][features]
 * trainer.fit(Samples.of(x, y));                        // y [3,...], or Sequences of targets for each step
 * List<Tensor> made = model.predict(x);                 // one for each sequence, in this order
 * }</pre>
 */
public final class Sequences {

    private final List<Tensor> all;

    private Sequences(List<Tensor> all) {
        this.all = all;
    }

    /**
     * Sequences of features.
     *
     * @param sequences each [T][F], of any T and the same F; at least one
     * @return the sequences, in this order
     * @throws ShapeException if there is none, or one has other features than the first
     */
    public static Sequences of(float[][]... sequences) {
        List<Tensor> all = new ArrayList<>();
        for (float[][] sequence : Arguments.all(sequences, "Sequences.of", "sequences", "arrays [T][F]")) {
            all.add(Tensor.of(sequence));
        }
        return of(all);
    }

    /**
     * Sequences of features, or of ids.
     *
     * @param sequences each [T,F], or ids [T], of any T and the same F; at least one
     * @return the sequences, in this order
     * @throws ShapeException           if there is none, or one has other features than the first, or no steps to count
     * @throws IllegalArgumentException if some hold floats and others whole numbers
     */
    public static Sequences of(List<Tensor> sequences) {
        List<Tensor> all = Arguments.copy(sequences, "Sequences.of", "sequences", "tensors [T,F], or ids [T]");
        if (all.isEmpty()) {
            throw new ShapeException("Sequences.of: there are no sequences; give at least one");
        }
        Tensor first = all.getFirst();
        for (int i = 0; i < all.size(); i++) {
            Tensor each = all.get(i);
            Shape shape = each.shape();
            if (shape.rank() < 1 || shape.rank() > 2 || shape.rank() == 1 && each.type() == DataType.FLOAT32) {
                throw new ShapeException("Sequences.of: sequence " + i + " (counted from 0) has shape " + shape
                        + "; give each as [time, features], or whole numbers [time]");
            }
            if (each.type() != first.type()) {
                throw new IllegalArgumentException("Sequences.of: sequence " + i + " (counted from 0) holds "
                        + each.type() + ", sequence 0 " + first.type() + "; give all of one kind");
            }
            if (shape.rank() != first.shape().rank() || shape.rank() == 2 && shape.last() != first.shape().last()) {
                throw new ShapeException("Sequences.of: sequence " + i + " (counted from 0) has shape " + shape
                        + ", sequence 0 has " + first.shape() + "; give all the same features per step");
            }
        }
        return new Sequences(all);
    }

    /** {@return how many there are} */
    public int count() {
        return all.size();
    }

    /**
     * One of the sequences.
     *
     * @param index counted from 0
     * @return [T,F], or ids [T]
     * @throws IndexOutOfBoundsException if there is none
     */
    public Tensor get(int index) {
        return all.get(index);
    }

    /** {@return the steps of each} */
    public int[] lengths() {
        return all.stream().mapToInt(each -> Math.toIntExact(each.shape().dim(0))).toArray();
    }

    /** {@return which steps count once they are padded} */
    public Mask mask() {
        return Mask.lengths(lengths());
    }

    /** {@return all in one tensor [N,T,F], or [N,T], as long as the longest; zeros behind the ends of the others} */
    public Tensor padded() {
        return padded(Arrays.stream(lengths()).max().orElseThrow());
    }

    /**
     * All in one tensor.
     *
     * @param time T, of the longest or more
     * @return [N,T,F], or [N,T]; zeros behind the ends
     * @throws ShapeException if a sequence is longer
     */
    public Tensor padded(int time) {
        Shape first = all.getFirst().shape();
        boolean features = first.rank() == 2;
        int columns = features ? Math.toIntExact(first.last()) : 1;
        boolean floats = all.getFirst().type() == DataType.FLOAT32;
        long[] dims = features ? new long[] {all.size(), time, columns} : new long[] {all.size(), time};
        int numbers = Math.toIntExact(Shape.of(dims).elements());
        Tensor padded = floats ? Tensor.zeros(dims) : Tensor.ofInts(new int[numbers], dims);
        long stepBytes = (long) columns * Float.BYTES;
        for (int i = 0; i < all.size(); i++) {
            Tensor each = all.get(i);
            each.requireAlive();
            long steps = each.shape().dim(0);
            if (steps > time) {
                throw new ShapeException("Sequences.padded: sequence " + i + " (counted from 0) has " + steps
                        + " steps, more than " + time + "; cut it, or give a larger time");
            }
            long base = padded.baseBytes() + (long) i * time * stepBytes;
            for (long t = 0; t < steps; t++) {
                long from = each.baseBytes() + t * (features ? each.rowBytes() : stepBytes);
                MemorySegment.copy(each.segment(), from, padded.segment(), base + t * stepBytes, stepBytes);
            }
        }
        return padded;
    }

    /**
     * Some of the sequences.
     *
     * @param indices counted from 0, at least one
     * @return in this order
     * @throws IndexOutOfBoundsException if there is none of a number
     */
    public Sequences chosen(int... indices) {
        Arguments.required(indices, "Sequences.chosen", "indices", "numbers of sequences");
        return of(Arrays.stream(indices).mapToObj(all::get).toList());
    }

    /** {@return how many there are, and from how many steps to how many} */
    @Override
    public String toString() {
        return all.size() + " sequences of " + Arrays.stream(lengths()).min().orElseThrow() + " to "
                + Arrays.stream(lengths()).max().orElseThrow() + " steps";
    }
}
