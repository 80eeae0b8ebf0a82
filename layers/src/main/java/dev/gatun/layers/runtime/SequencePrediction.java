package dev.gatun.layers.runtime;

import dev.gatun.layers.Mask;
import dev.gatun.layers.Sequences;
import dev.gatun.layers.graph.Graph;
import dev.gatun.memory.DataType;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * Sequences of several lengths through a model: those of like lengths together, each batch as long as its longest, and the
 * results in the user's order. A row's result depends neither on its batch nor on its padding; where a layer ends masks and would
 * read the padding, only those of one length run together.
 */
public final class SequencePrediction {

    /** Sequences that are padded together; a multiple of what runs at a time, so that the copies are worth it. */
    private static final int TOGETHER = 32;

    /** Axes from which data, and results, have one of time. */
    private static final int IDS = 2;
    private static final int RESULT = 3;

    private SequencePrediction() {}

    /**
     * Predicts all.
     *
     * @param x       what goes in
     * @param graph   of the model, for the sizes and the order of axes it declares
     * @param states  of layers that go on from run to run: then all sequences are one run, in their order
     * @param predict predicts padded sequences [N,T,...] of which a mask leaves some steps out
     * @return for each sequence what the model makes of it: [T,...] of its own length, or [...] of an output without steps
     */
    public static List<Tensor> run(
            Sequences x, Graph graph, RunStates states, BiFunction<Tensor, Mask, Tensor> predict) {
        Arguments.required(x, "SequencePrediction.run", "x", "sequences");
        Arguments.required(graph, "SequencePrediction.run", "graph", "that of a model");
        Arguments.required(states, "SequencePrediction.run", "states", "those of what predicts");
        Arguments.required(predict, "SequencePrediction.run", "predict", "what predicts");
        Shape declared = graph.inputShape(0);
        boolean goesOn = states.areKept();
        int some = graph.batch() == Shape.UNKNOWN ? TOGETHER : Math.toIntExact(graph.batch());
        int together = goesOn ? Math.max(1, x.count()) : some;
        boolean isFixed = declared.rank() > 1 && declared.dim(1) != Shape.UNKNOWN;
        int[] lengths = x.lengths();
        int[] order = goesOn || !LengthOrder.isFree(graph)
                ? IntStream.range(0, lengths.length).toArray()
                : LengthOrder.longestFirst(lengths);
        Tensor[] results = new Tensor[order.length];
        boolean needsEqual = !isFixed && LengthOrder.endsMasks(graph);
        int end;
        for (int first = 0; first < order.length; first = end) {
            end = Math.min(order.length, first + together);
            if (needsEqual) {
                end = endOfEqual(graph, order, lengths, first, end, goesOn);
            }
            int[] part = Arrays.copyOfRange(order, first, end);
            Sequences batch = x.chosen(part);
            int longest = IntStream.of(part).map(sequence -> lengths[sequence]).max().orElseThrow();
            int time = isFixed ? Math.max(longest, Math.toIntExact(declared.dim(1))) : longest;
            boolean areEqual = IntStream.of(part).allMatch(sequence -> lengths[sequence] == time);
            Mask mask = areEqual ? Mask.NONE : batch.mask();
            Tensor made = graph.isTimeMajor()
                    ? TimeMajor.exchanged(predict.apply(TimeMajor.exchanged(batch.padded(time), IDS), mask), RESULT)
                    : predict.apply(batch.padded(time), mask);
            boolean hasSteps = made.shape().rank() > (made.type() == DataType.INT32 ? 1 : 2)
                    && made.shape().dim(1) == time && (isFixed || followsSteps(graph, declared, time));
            for (int i = 0; i < part.length; i++) {
                results[part[i]] = own(made, i, hasSteps ? lengths[part[i]] : -1);
            }
        }
        return List.of(results);
    }

    /** Whether one step more makes one more of the output, whose number of steps may be the same by chance. */
    private static boolean followsSteps(Graph graph, Shape declared, int time) {
        Shape longer = declared.with(0, 1).with(1, time + 1);
        return graph.outputShapes(List.of(longer)).getFirst().dim(1) == time + 1;
    }

    /** The sequence behind those as long as the first, of which nothing is padded. */
    private static int endOfEqual(Graph graph, int[] order, int[] lengths, int first, int most, boolean goesOn) {
        int end = first + 1;
        while (end < most && lengths[order[end]] == lengths[order[first]]) {
            end++;
        }
        if (end < most && goesOn) {
            throw new IllegalArgumentException("Model '" + graph.name()
                    + "' has stateful layers, which take all sequences "
                    + "as one batch, and a layer that ends masks, which would read what pads shorter ones; give "
                    + "sequences of one length");
        }
        return end;
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
        int kept = Math.toIntExact(Shape.of(dims).elements());
        if (made.type() == DataType.INT32) {
            return Tensor.ofInts(Arrays.copyOf(made.slice(row, 1).toIntArray(), kept), dims);
        }
        float[] all = made.slice(row, 1).toArray();
        return Tensor.of(kept == whole ? all : Arrays.copyOf(all, kept), dims);
    }
}
