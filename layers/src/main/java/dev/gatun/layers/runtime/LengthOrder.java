package dev.gatun.layers.runtime;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import dev.gatun.layers.Law;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.SampleRule;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.util.Arrays;

/**
 * The order in which samples of several lengths are predicted: the longest first, equal ones as they were given. Then batches
 * are of like lengths, and the rows of a step that count lie side by side, so that products have whole tiles of them.
 */
public final class LengthOrder {

    private LengthOrder() {}

    /**
     * Whether samples may run in any order: not where a layer's row depends on its place in the batch, as constants with a row for
     * each sample do.
     *
     * @param graph of the model
     * @return true if every layer keeps the law of batches
     */
    public static boolean isFree(Graph graph) {
        Arguments.required(graph, "LengthOrder.isFree", "graph", "that of a model");
        Graph flat = graph.flat();
        for (Graph.Step step : flat.steps()) {
            Layer layer = flat.layerOf(step).layer();
            if (!BuiltInTypes.ALL.of(layer).laws(layer).contains(Law.BATCH)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a layer reads what stands behind the end of a shorter sequence: because it lets go of the mask, or takes all steps
     * together, as a normalization of steps does.
     *
     * @param graph of the model
     * @return true if there is such a layer and it is given a sequence
     */
    static boolean endsMasks(Graph graph) {
        Graph flat = graph.flat();
        for (Graph.Step step : flat.steps()) {
            Layer layer = flat.layerOf(step).layer();
            LayerType<Layer> type = BuiltInTypes.ALL.of(layer);
            MaskRule rule = type.masks(layer);
            boolean reads = rule == MaskRule.DROP
                    || rule == MaskRule.PASS && type.stepping(layer) instanceof Stepping.WholeSequence;
            if (reads && type.samples(layer) == SampleRule.KEEP
                    && flat.shape(step.arguments().input()).rank() > 2) {
                return true;
            }
        }
        return false;
    }

    /** @return null where all are given as long, or there are too many to be counted in an array */
    static int[] of(GivenInputs given) {
        if (given.masked().isEmpty() || !isFree(given.graph()) || given.samples() > Integer.MAX_VALUE - 8) {
            return null;
        }
        return longestFirst(lengths(given.tensors().get(given.tensors().size() - given.masked().size())));
    }

    /**
     * All samples.
     *
     * @param lengths of each
     * @return their numbers, the longest first, of equal lengths the one that stands first
     */
    public static int[] longestFirst(int[] lengths) {
        Arguments.required(lengths, "LengthOrder.longestFirst", "lengths", "that of each sample");
        int[] order = new int[lengths.length];
        for (int sample = 0; sample < order.length; sample++) {
            order[sample] = sample;
        }
        longestFirst(lengths, order, 0, order.length);
        return order;
    }

    /**
     * Changes a part of an order, so that the longest come first, and of equal lengths the one that did.
     *
     * @param lengths of each sample
     * @param order   numbers of samples
     * @param first   place in the order where the part begins
     * @param end     the place behind it
     */
    public static void longestFirst(int[] lengths, int[] order, int first, int end) {
        Arguments.required(lengths, "LengthOrder.longestFirst", "lengths", "that of each sample");
        Arguments.required(order, "LengthOrder.longestFirst", "order", "numbers of samples");
        long[] keys = new long[end - first];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = (long) -lengths[order[first + i]] << Integer.SIZE | i;
        }
        Arrays.sort(keys);
        int[] before = Arrays.copyOfRange(order, first, end);
        for (int i = 0; i < keys.length; i++) {
            order[first + i] = before[(int) keys[i]];
        }
    }

    /**
     * How many steps count.
     *
     * @param mask int32 [N,T], 0 where a step does not count
     * @return a number for each sample
     */
    public static int[] lengths(Tensor mask) {
        Arguments.required(mask, "LengthOrder.lengths", "mask", "a tensor of int32 [N,T]");
        int[] lengths = new int[Math.toIntExact(mask.shape().dim(0))];
        int time = Math.toIntExact(mask.shape().dim(1));
        for (int sample = 0; sample < lengths.length; sample++) {
            lengths[sample] = counted(mask, sample, time);
        }
        return lengths;
    }

    private static int counted(Tensor mask, int sample, int time) {
        int counted = 0;
        for (int t = 0; t < time; t++) {
            long at = mask.baseBytes() + sample * mask.rowBytes() + (long) t * Integer.BYTES;
            counted += mask.segment().get(JAVA_INT_UNALIGNED, at) == 0 ? 0 : 1;
        }
        return counted;
    }
}
