package dev.gatun.layers.train;

import dev.gatun.layers.Mask;
import dev.gatun.layers.Sequences;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Data to train or evaluate on, samples first.
 *
 * @param x       one tensor for each input of the model, in its order: [N,T,I] or [N,I]
 * @param y       one tensor for each output with a loss, in the model's order: as the output's shape, a last axis of 1 may be
 *                missing; class numbers for a sparse loss
 * @param weights empty, or one tensor for all outputs with a loss, or one for each of them: [N], or [N,T] for a weight per
 *                step
 * @param masks   empty, or one for the model's only input of sequences, or one for each input: which of its steps count
 * @param padded  whether they are sequences that were padded, which have samples first for a time-major model, too; other data
 *                for such a model have time first
 */
public record Samples(
        List<Tensor> x, List<Tensor> y, List<Tensor> weights, List<Mask> masks, boolean padded) {

    /**
     * Copies the lists, not the tensors.
     *
     * @throws NullPointerException if a list or one of its elements is null
     */
    public Samples {
        x = Arguments.copy(x, "Samples", "x", "a tensor for each input of the model");
        y = Arguments.copy(y, "Samples", "y", "a tensor for each output with a loss");
        weights = Arguments.copy(weights, "Samples", "weights", "an empty list for none");
        masks = Arguments.copy(masks, "Samples", "masks", "an empty list for none");
    }

    /**
     * Data of which some steps count.
     *
     * @param x       one tensor for each input of the model, in its order
     * @param y       one tensor for each output with a loss, in the model's order
     * @param weights empty, or one tensor for all outputs with a loss, or one for each of them
     * @param masks   empty, or one for the model's only input of sequences, or one for each input
     * @throws NullPointerException if a list or one of its elements is null
     */
    public Samples(List<Tensor> x, List<Tensor> y, List<Tensor> weights, List<Mask> masks) {
        this(x, y, weights, masks, false);
    }

    /**
     * Data of which every step counts.
     *
     * @param x       one tensor for each input of the model, in its order
     * @param y       one tensor for each output with a loss, in the model's order
     * @param weights empty, or one tensor for all outputs with a loss, or one for each of them
     * @throws NullPointerException if a list or one of its elements is null
     */
    public Samples(List<Tensor> x, List<Tensor> y, List<Tensor> weights) {
        this(x, y, weights, List.of());
    }

    /**
     * Data for one input and one output.
     *
     * @param x input [N,T,I] or [N,I]
     * @param y target: as the output's shape, a last axis of 1 may be missing; class numbers for a sparse loss
     * @return the samples, without weights
     */
    public static Samples of(Tensor x, Tensor y) {
        Arguments.required(x, "Samples.of", "x", "a tensor, samples first");
        Arguments.required(y, "Samples.of", "y", "a tensor, samples first");
        return of(List.of(x), List.of(y));
    }

    /**
     * Sequences of several lengths, for one input and one output: padded, and masked where they have ended.
     *
     * @param x input, each [T,F], or ids [T]
     * @param y target, one for each sequence: as the output's shape, a last axis of 1 may be missing; class numbers for a
     *          sparse loss
     * @return the samples, without weights
     */
    public static Samples of(Sequences x, Tensor y) {
        Arguments.required(x, "Samples.of", "x", "sequences, for example Sequences.of(first, second)");
        Arguments.required(y, "Samples.of", "y", "a tensor, samples first");
        return padded(x, y);
    }

    /**
     * Sequences of several lengths with a target for each step, for one input and one output: padded, and masked where they
     * have ended.
     *
     * @param x input, each [T,F], or ids [T]
     * @param y target, each [T,C] and as long as its input; class numbers [T,1] for a sparse loss
     * @return the samples, without weights
     * @throws dev.gatun.memory.ShapeException if a target is longer or shorter than its input
     */
    public static Samples of(Sequences x, Sequences y) {
        Arguments.required(x, "Samples.of", "x", "sequences, for example Sequences.of(first, second)");
        Arguments.required(y, "Samples.of", "y", "a sequence of targets for each");
        int[] lengths = x.lengths();
        int[] targets = y.lengths();
        int different = Arrays.mismatch(lengths, targets);
        if (different >= 0) {
            throw new ShapeException("Samples.of: " + (lengths.length == targets.length
                    ? "sequence " + different + " (counted from 0) has " + lengths[different]
                            + " steps, its targets have " + targets[different] + "; give a target for each step"
                    : "there are " + lengths.length + " sequences and " + targets.length
                            + " of targets; give one for each"));
        }
        return padded(x, y.padded());
    }

    private static Samples padded(Sequences x, Tensor y) {
        return new Samples(List.of(x.padded()), List.of(y), List.of(), List.of(x.mask()), true);
    }

    /**
     * Data for several inputs or outputs.
     *
     * @param x one tensor for each input, in the model's order
     * @param y one tensor for each output with a loss, in the model's order
     * @return the samples, without weights
     */
    public static Samples of(List<Tensor> x, List<Tensor> y) {
        Arguments.all(x, "Samples.of", "x", "a tensor for each input of the model");
        Arguments.all(y, "Samples.of", "y", "a tensor for each output with a loss");
        return new Samples(x, y, List.of());
    }

    /** Tensors by name, put in order. */
    static Samples byName(List<String> inputs, Map<String, Tensor> x, List<String> outputs, Map<String, Tensor> y) {
        return of(inOrder("input", inputs, x), inOrder("output", outputs, y));
    }

    private static List<Tensor> inOrder(String what, List<String> names, Map<String, Tensor> given) {
        if (!given.keySet().equals(Set.copyOf(names))) {
            throw new IllegalArgumentException("Expected a tensor for each " + what + " " + names + ", got "
                    + given.keySet().stream().sorted().toList());
        }
        return names.stream().map(given::get).toList();
    }

    /**
     * {@return the same data with weights, for all outputs alike}
     * @param sampleWeight [N], or [N,T] for a weight per step
     */
    public Samples weighted(Tensor sampleWeight) {
        Arguments.required(sampleWeight, "Samples.weighted", "sampleWeight", "a tensor [N] or [N,T]");
        return new Samples(x, y, List.of(sampleWeight), masks, padded);
    }

    /**
     * {@return the same data, of whose sequences only some steps count: layers leave the others out, and so do losses and
     * metrics of outputs that still have these steps}
     * @param mask for the model's only input of sequences, for example {@code Mask.lengths(5, 3, 8)}
     */
    public Samples masked(Mask mask) {
        Arguments.required(mask, "Samples.masked", "mask", "a mask, for example Mask.lengths(5, 3, 8)");
        return masked(List.of(mask));
    }

    /**
     * {@return the same data, as {@link #masked(Mask)}, for several inputs}
     * @param all one for each input of the model, {@link Mask#NONE} for an input without
     */
    public Samples masked(List<Mask> all) {
        Arguments.all(all, "Samples.masked", "all", "a mask for each input");
        return new Samples(x, y, weights, all, padded);
    }
}
