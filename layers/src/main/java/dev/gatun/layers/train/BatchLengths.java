package dev.gatun.layers.train;

import dev.gatun.layers.runtime.LengthOrder;
import dev.gatun.layers.runtime.Network;

/**
 * How long the sequences of a training are, by the mask that was given with them. Within a batch the longest come first: then the
 * rows of a step that count lie side by side, and those that do not are left out of every product. A batch has the same bits in
 * whichever order its samples of different lengths are given.
 */
final class BatchLengths {

    private final int[] lengths;

    private BatchLengths(int[] lengths) {
        this.lengths = lengths;
    }

    /** @return null if no mask was given */
    static BatchLengths of(CheckedSamples samples) {
        return samples.masked().isEmpty()
                ? null
                : new BatchLengths(
                        LengthOrder.lengths(samples.inputs().get(samples.inputs().size() - samples.masked().size())));
    }

    /** @return null if no mask was given, or a layer goes by the places of samples in their batch */
    static BatchLengths ofFree(Network network, CheckedSamples samples) {
        return network.states().areKept() || !LengthOrder.isFree(network.graph()) ? null : of(samples);
    }

    /** All samples as one batch. */
    int[] order() {
        return LengthOrder.longestFirst(lengths);
    }

    /** Changes each batch of an order. */
    void sortBatches(int[] order, int batch) {
        for (int first = 0; first < order.length; first += batch) {
            longestFirst(order, first, Math.min(order.length, first + batch));
        }
    }

    /** Of equal lengths the one that came first. */
    void longestFirst(int[] order, int first, int end) {
        LengthOrder.longestFirst(lengths, order, first, end);
    }
}
