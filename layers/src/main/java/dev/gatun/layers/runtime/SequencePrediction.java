package dev.gatun.layers.runtime;

import dev.gatun.layers.Mask;
import dev.gatun.layers.Sequences;
import dev.gatun.layers.graph.Graph;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * Sequences of several lengths through a model: those of like lengths together, each batch as long as its longest, and the
 * results in the user's order. A row's result depends neither on its batch nor on its padding.
 */
public final class SequencePrediction {

    /** Sequences that are padded together; a multiple of what runs at a time, so that the copies are worth it. */
    private static final int TOGETHER = 32;

    private SequencePrediction() {}

    /**
     * Predicts all.
     *
     * @param x       what goes in
     * @param graph   of the model, for the sizes it declares
     * @param states  of layers that go on from run to run, of which there must be none
     * @param predict predicts padded sequences [N,T,...] of which a mask leaves some steps out
     * @return for each sequence what the model makes of it: [T,...] of its own length, or [...] of an output without steps
     * @throws IllegalArgumentException if the model has stateful layers
     */
    public static List<Tensor> run(
            Sequences x, Graph graph, RunStates states, BiFunction<Tensor, Mask, Tensor> predict) {
        Arguments.required(x, "SequencePrediction.run", "x", "sequences");
        Arguments.required(graph, "SequencePrediction.run", "graph", "that of a model");
        Arguments.required(states, "SequencePrediction.run", "states", "those of the executions");
        Arguments.required(predict, "SequencePrediction.run", "predict", "what predicts");
        if (states.areKept()) {
            throw new IllegalArgumentException("Model '" + graph.name()
                    + "' has stateful layers, which go on from sample "
                    + "i of a batch in sample i of the next, and sequences run in batches of like lengths, which would "
                    + "mix them; predict x.padded() with x.mask(), or make the layers without: stateful(false)");
        }
        Shape declared = graph.inputShape(0);
        int together = graph.batch() == Shape.UNKNOWN ? TOGETHER : Math.toIntExact(graph.batch());
        boolean isFixed = declared.rank() > 1 && declared.dim(1) != Shape.UNKNOWN;
        int[] lengths = x.lengths();
        int[] order = order(lengths, LengthOrder.isFree(graph));
        Tensor[] results = new Tensor[order.length];
        for (int first = 0; first < order.length; first += together) {
            int[] part = Arrays.copyOfRange(order, first, Math.min(order.length, first + together));
            Sequences batch = x.chosen(part);
            int longest = Arrays.stream(part).map(i -> lengths[i]).max().orElseThrow();
            int time = isFixed ? Math.max(longest, Math.toIntExact(declared.dim(1))) : longest;
            boolean areEqual = Arrays.stream(part).allMatch(i -> lengths[i] == time);
            Tensor made = predict.apply(batch.padded(time), areEqual ? Mask.NONE : batch.mask());
            boolean hasSteps = made.shape().rank() > 2 && made.shape().dim(1) == time;
            for (int i = 0; i < part.length; i++) {
                results[part[i]] = own(made, i, hasSteps ? lengths[part[i]] : -1);
            }
        }
        return List.of(results);
    }

    /** The longest first, or as they are given where a layer counts samples. */
    private static int[] order(int[] lengths, boolean isFree) {
        IntStream given = IntStream.range(0, lengths.length);
        return isFree
                ? given.boxed().sorted((one, other) -> Integer.compare(lengths[other], lengths[one]))
                        .mapToInt(i -> i).toArray()
                : given.toArray();
    }

    /** A copy of a row, of as many steps, or all of it if they are none. */
    private static Tensor own(Tensor made, int row, int steps) {
        Shape shape = made.shape();
        long[] dims = new long[shape.rank() - 1];
        for (int axis = 0; axis < dims.length; axis++) {
            dims[axis] = shape.dim(axis + 1);
        }
        int whole = Math.toIntExact(Shape.of(dims).elements());
        if (steps >= 0) {
            dims[0] = steps;
        }
        float[] all = made.slice(row, 1).toArray();
        int kept = Math.toIntExact(Shape.of(dims).elements());
        return Tensor.of(kept == whole ? all : Arrays.copyOf(all, kept), dims);
    }
}
